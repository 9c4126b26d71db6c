package capability_test

import (
	"bytes"
	"crypto/ed25519"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// The keys of the tests: who runs the server delegates to a partner, the partner to customs, customs to an agency.
const (
	owner byte = iota + 1
	partner
	customs
	agency
	stranger
)

const (
	collection = target + "/a2b3"
	document   = collection + "/4c5d"
)

var (
	start = time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	now   = start.Add(time.Hour)
	until = start.AddDate(0, 0, 30)
)

func delegate(t testing.TB, parent *capability.Capability, by, to byte, g capability.Grant) *capability.Capability {
	t.Helper()
	g.Controller = didOf(to)
	if g.Created.IsZero() {
		g.Created = start
	}
	c, err := capability.Delegate(parent, seeded(by), g)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func root() *capability.Capability { return capability.Root(target, didOf(owner)) }

// toPartner and toCustoms are the chain that most tests use.
func toPartner(t testing.TB) *capability.Capability {
	t.Helper()
	return delegate(t, root(), owner, partner, capability.Grant{Target: collection, Expires: until})
}

func toCustoms(t testing.TB) *capability.Capability {
	t.Helper()
	return delegate(t, toPartner(t), partner, customs, capability.Grant{Actions: []string{"read"}})
}

// forge delegates without any of the checks of Delegate: alter changes the capability before it is signed.
func forge(t testing.TB, parent *capability.Capability, by byte, created time.Time, alter func(ld.Object)) *capability.Capability {
	t.Helper()
	c, err := capability.Parse(forged(t, parent, by, created, alter))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func forged(t testing.TB, parent *capability.Capability, by byte, created time.Time, alter func(ld.Object)) []byte {
	t.Helper()
	o := ld.Object{
		"@context": []any{"https://w3id.org/zcap/v1", "https://w3id.org/security/suites/ed25519-2020/v1"},
		"id":       "urn:uuid:0f2a7c5e-3a52-4e62-8f0b-0c5a4f6f9a09", "controller": didOf(customs),
		"parentCapability": parent.ID, "invocationTarget": parent.Target, "expires": "2026-12-01T00:00:00Z",
	}
	alter(o)
	signed, err := proof.Sign(o, seeded(by), proof.Options{Suite: proof.Ed25519Signature2020,
		Purpose: proof.CapabilityDelegation, Created: created, Chain: chainOf(parent)})
	if err != nil {
		t.Fatal(err)
	}
	return jcs(t, signed)
}

func chainOf(parent *capability.Capability) []any {
	ids := parent.Chain()
	chain := make([]any, len(ids))
	for i, id := range ids {
		chain[i] = id
	}
	if !parent.IsRoot() {
		chain[len(chain)-1] = parent.Object()
	}
	return chain
}

func jcs(t testing.TB, o ld.Object) []byte {
	t.Helper()
	data, err := ld.JCS(o)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// altered changes a capability after it was signed.
func altered(t testing.TB, c *capability.Capability, name string, value any) *capability.Capability {
	t.Helper()
	o := maps.Clone(c.Object())
	o[name] = value
	return parse(t, jcs(t, o))
}

// call is a request as a client means it. What is zero takes the place of a read of document by customs.
type call struct {
	method, url string
	body        string
	c           *capability.Capability
	action      string
	by          ed25519.PrivateKey
	at          time.Time
	header      http.Header
}

func (c call) orDefault(t testing.TB) call {
	t.Helper()
	if c.method == "" {
		c.method = http.MethodGet
	}
	if c.url == "" {
		c.url = document
	}
	if c.c == nil {
		c.c = toCustoms(t)
	}
	if c.action == "" {
		c.action = "read"
	}
	if c.by == nil {
		c.by = seeded(customs)
	}
	if c.at.IsZero() {
		c.at = now
	}
	return c
}

// send signs a call and answers the request as a server sees it.
func send(t testing.TB, c call) *http.Request {
	t.Helper()
	c = c.orDefault(t)
	req, err := http.NewRequest(c.method, c.url, bytes.NewReader([]byte(c.body)))
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(req.Header, c.header)
	err = capability.Sign(req, []byte(c.body), capability.Invocation{
		Capability: c.c, Action: c.action, Signer: c.by, Now: func() time.Time { return c.at }})
	if err != nil {
		t.Fatal(err)
	}
	seen := httptest.NewRequest(c.method, c.url, nil)
	seen.RequestURI = req.URL.RequestURI()
	seen.Header = req.Header
	return seen
}
