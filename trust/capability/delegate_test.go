package capability_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/key"
)

func TestDelegateInheritsWhatIsNotSaid(t *testing.T) {
	parent := delegate(t, root(), owner, partner, capability.Grant{Target: collection, Actions: []string{"read"}, Expires: until})
	c := delegate(t, parent, partner, customs, capability.Grant{})
	if c.Target != parent.Target || !c.Expires.Equal(parent.Expires) || !reflect.DeepEqual(c.Actions, parent.Actions) {
		t.Errorf("got %+v", c)
	}
	if c.Parent != parent.ID || c.IsRoot() || c.Root() != capability.RootID(target) || !strings.HasPrefix(c.ID, "urn:uuid:") {
		t.Errorf("got %+v", c)
	}
}

func TestDelegateMakesANewIDEachTime(t *testing.T) {
	if a, b := toPartner(t), toPartner(t); a.ID == b.ID {
		t.Errorf("both are %s", a.ID)
	}
}

// A partner's clock may be behind that of who delegated to it; the chain must not run backwards all the same.
func TestDelegateIsNotOlderThanItsParent(t *testing.T) {
	parent := delegate(t, root(), owner, partner, capability.Grant{Expires: until, Created: start.Add(time.Minute)})
	c := delegate(t, parent, partner, customs, capability.Grant{Created: start})
	if err := verifierAt(now).VerifyDelegation(c); err != nil {
		t.Error(err)
	}
}

func TestDelegateRefusesToWiden(t *testing.T) {
	narrow := delegate(t, root(), owner, partner, capability.Grant{Target: collection, Actions: []string{"read"}, Expires: until})
	query := delegate(t, root(), owner, partner, capability.Grant{Target: target + "?a=1", Expires: until})
	for name, c := range map[string]struct {
		parent  *capability.Capability
		grant   capability.Grant
		pointer string
	}{
		"the target":                  {narrow, capability.Grant{Target: target}, "/invocationTarget"},
		"the target by its letters":   {narrow, capability.Grant{Target: collection + "x"}, "/invocationTarget"},
		"the target's query":          {query, capability.Grant{Target: target + "?a=12"}, "/invocationTarget"},
		"a path behind a query":       {query, capability.Grant{Target: target + "?a=1/b"}, "/invocationTarget"},
		"the actions":                 {narrow, capability.Grant{Actions: []string{"read", "write"}}, "/allowedAction"},
		"the expiry":                  {narrow, capability.Grant{Expires: until.Add(time.Second)}, "/expires"},
		"no expiry at all":            {root(), capability.Grant{}, "/expires"},
		"an expiry before its making": {narrow, capability.Grant{Expires: start.Add(-time.Hour)}, "/expires"},
		"a signer that is another":    {root(), capability.Grant{Expires: until}, "/proof/verificationMethod"},
	} {
		t.Run(name, func(t *testing.T) {
			c.grant.Controller, c.grant.Created = didOf(customs), start
			got, err := capability.Delegate(c.parent, seeded(partner), c.grant)
			var faults schemas.Faults
			if !errors.As(err, &faults) || got != nil {
				t.Fatalf("got %+v, %v", got, err)
			}
			if last := faults[len(faults)-1]; last.Pointer != c.pointer && faults[0].Pointer != c.pointer {
				t.Errorf("got %v, want a fault at %s", faults, c.pointer)
			}
		})
	}
}

func TestDelegateRefusesWhatIsNoCapability(t *testing.T) {
	for name, g := range map[string]capability.Grant{
		"no controller":         {Expires: until},
		"a malformed target":    {Controller: didOf(customs), Expires: until, Target: target + "/../x"},
		"no action in a list":   {Controller: didOf(customs), Expires: until, Actions: []string{}},
		"an action of quotes":   {Controller: didOf(customs), Expires: until, Actions: []string{`"`}},
		"an id that is no name": {Controller: didOf(customs), Expires: until, ID: "x"},
	} {
		g.Created = start
		if got, err := capability.Delegate(root(), seeded(owner), g); err == nil {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestSignRefuses(t *testing.T) {
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		action string
		signer crypto.Signer
	}{
		"no action":           {"", seeded(customs)},
		"an action of quotes": {`read",x="`, seeded(customs)},
		"an ECDSA key":        {"read", p256},
	} {
		req, err := http.NewRequest(http.MethodGet, document, nil)
		if err != nil {
			t.Fatal(err)
		}
		inv := capability.Invocation{Capability: toCustoms(t), Action: c.action, Signer: c.signer}
		if err := capability.Sign(req, nil, inv); err == nil || req.Header.Get("Authorization") != "" {
			t.Errorf("%s: got %v, %v", name, err, req.Header)
		}
		if name == "an ECDSA key" && !errors.Is(capability.Sign(req, nil, inv), key.ErrKind) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// A request that is sent again is signed anew, as a whole.
func TestSignAgainReplacesEveryHeader(t *testing.T) {
	req, err := http.NewRequest(http.MethodPost, document, nil)
	if err != nil {
		t.Fatal(err)
	}
	inv := capability.Invocation{Capability: toCustoms(t), Action: "read", Signer: seeded(customs), Now: func() time.Time { return now }}
	for _, body := range []string{`{"a":1}`, `{"a":2}`} {
		if err := capability.Sign(req, []byte(body), inv); err != nil {
			t.Fatal(err)
		}
		if _, err := verifierAt(now).Verify(req, []byte(body)); err != nil {
			t.Error(err)
		}
	}
	for name, values := range req.Header {
		if len(values) != 1 {
			t.Errorf("%s: %q", name, values)
		}
	}
}

func TestRootIDEscapesAsECMAScriptDoes(t *testing.T) {
	for target, want := range map[string]string{
		"https://h/a?b=c&d":     "urn:zcap:root:https%3A%2F%2Fh%2Fa%3Fb%3Dc%26d",
		"https://h/-_.!~*'()+é": "urn:zcap:root:https%3A%2F%2Fh%2F-_.!~*'()%2B%C3%A9",
		"https://h/ ":           "urn:zcap:root:https%3A%2F%2Fh%2F%20",
	} {
		if got := capability.RootID(target); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
