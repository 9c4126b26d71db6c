package server_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
)

const second = time.Second

const refusal = `{"type":"https://w3id.org/fta/problems/not-available","title":"There is nothing here for you","status":404}`

// stranger is a partner of the same server, with a collection of its own and a reader of its own.
func stranger(t *testing.T, h *evidencetest.House) evidencetest.Partner {
	t.Helper()
	p := evidencetest.Partner{
		Owner: h.Owner, Filer: evidencetest.NewParty(t), Customs: evidencetest.NewParty(t),
		Collection: evidence.NewCollection(), Root: h.Root,
	}
	p.Filing = evidencetest.Delegate(t, p.Root, p.Owner, capability.Grant{
		Controller: p.Filer.DID, Target: evidence.Target(h.Base, p.Collection), Actions: []string{evidence.Read, evidence.Write},
	})
	p.Reading = evidencetest.Delegate(t, p.Filing, p.Filer, capability.Grant{Controller: p.Customs.DID, Actions: []string{evidence.Read}})
	return p
}

// forged makes a capability that was signed for something narrower say something wider.
func forged(t *testing.T, c *capability.Capability, change func(ld.Object)) *capability.Capability {
	t.Helper()
	wider := ld.Object{}
	for name, value := range c.Object() {
		wider[name] = value
	}
	change(wider)
	data, err := ld.JCS(wider)
	evidencetest.Must(t, err)
	made, err := capability.Parse(data)
	evidencetest.Must(t, err)
	return made
}

// refused is one request that gets nothing, made for evidence that is there.
type refused struct {
	name string
	make func(t *testing.T, h *evidencetest.House, r evidencetest.Request) *http.Request
	// noRoute marks what leads to no handler, whatever the server has.
	noRoute bool
}

// with changes the request before it is signed.
func with(
	change func(t *testing.T, h *evidencetest.House, r *evidencetest.Request),
) func(*testing.T, *evidencetest.House, evidencetest.Request) *http.Request {
	return func(t *testing.T, h *evidencetest.House, r evidencetest.Request) *http.Request {
		change(t, h, &r)
		return h.New(r)
	}
}

var readsRefused = []refused{
	{name: "evidence that is absent", make: with(func(_ *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		r.Path = evidence.Target("", h.Collection) + "/" + uuid.NewString()
	})},
	{name: "no capability", make: with(func(_ *testing.T, _ *evidencetest.House, r *evidencetest.Request) { r.Capability = nil })},
	{name: "the capability of another collection", make: with(func(t *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		other := stranger(t, h)
		r.Capability, r.By = other.Reading, other.Customs
	})},
	{name: "another collection's name before the id", make: with(func(t *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		other := stranger(t, h)
		r.Capability, r.By = other.Reading, other.Customs
		r.Path = strings.Replace(r.Path, h.Collection, other.Collection, 1)
	})},
	{name: "signed by another key", make: with(func(t *testing.T, _ *evidencetest.House, r *evidencetest.Request) { r.By = evidencetest.NewParty(t) })},
	{name: "another action", make: with(func(_ *testing.T, _ *evidencetest.House, r *evidencetest.Request) { r.Action = evidence.Write })},
	{name: "an action that the method does not do", make: with(func(_ *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		r.Capability, r.By, r.Action = h.Filing, h.Filer, evidence.Write
	})},
	{name: "a capability for one other piece", make: with(func(t *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		r.Capability = evidencetest.Delegate(t, h.Filing, h.Filer, capability.Grant{
			Controller: h.Customs.DID, Target: h.Filing.Target + "/" + uuid.NewString(),
		})
	})},
	{name: "a capability narrowed by a query", make: with(func(t *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		r.Path += "?page=1"
		r.Capability = evidencetest.Delegate(t, h.Filing, h.Filer, capability.Grant{
			Controller: h.Customs.DID, Target: h.Base + r.Path,
		})
	})},
	{name: "widened to another target", make: with(func(t *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		other := stranger(t, h)
		r.Capability = forged(t, other.Reading, func(o ld.Object) { o["invocationTarget"] = h.Base + r.Path })
		r.By = other.Customs
	})},
	{name: "handed on without a signature", make: with(func(t *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		r.By = evidencetest.NewParty(t)
		r.Capability = forged(t, h.Reading, func(o ld.Object) { o["controller"] = r.By.DID })
	})},
	{name: "of another server's root", make: with(func(t *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		thief := evidencetest.NewParty(t)
		root := capability.Root(evidence.Target(h.Base, ""), thief.DID)
		r.Capability = evidencetest.Delegate(t, root, thief, capability.Grant{Controller: h.Customs.DID})
	})},
	{name: "of a root below the server's", make: with(func(_ *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		r.Capability = capability.Root(evidence.Target(h.Base, h.Collection), h.Customs.DID)
	})},
	{name: "replayed for another path", make: func(t *testing.T, h *evidencetest.House, r evidencetest.Request) *http.Request {
		mine := r
		mine.Path = evidence.Target("", h.Collection) + "/" + uuid.NewString()
		req := h.New(r)
		req.Header = h.New(mine).Header
		return req
	}},
	{name: "another spelling of the path", make: with(func(_ *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		r.Path = strings.Replace(r.Path, h.Collection, "%"+hexByte(h.Collection[0])+h.Collection[1:], 1)
	})},
	{noRoute: true, name: "a way round by ..", make: with(func(t *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		other := stranger(t, h)
		r.Capability, r.By = other.Reading, other.Customs
		r.Path = "/evidence/" + other.Collection + "/.." + strings.TrimPrefix(r.Path, "/evidence")
	})},
	{name: "an id that is none", make: with(func(_ *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		r.Path = evidence.Target("", h.Collection) + "/lock"
	})},
	{noRoute: true, name: "no such route", make: with(func(_ *testing.T, h *evidencetest.House, r *evidencetest.Request) {
		r.Path = evidence.Target("", h.Collection)
	})},
	{noRoute: true, name: "no such method", make: with(func(_ *testing.T, _ *evidencetest.House, r *evidencetest.Request) { r.Method = http.MethodDelete })},
}

func hexByte(b byte) string {
	return string("0123456789abcdef"[b>>4]) + string("0123456789abcdef"[b&15])
}

// Broken object level authorisation is the first of the OWASP API risks: whatever is wrong with a request, and whether
// or not there is something, the answer is the same to the byte.
func TestOWASPObjectAuthorisation(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep("a certificate")
	if got := h.Ask(h.Read(kept.ID)); got.Status != http.StatusOK {
		t.Fatalf("the right request answers %d", got.Status)
	}
	for _, c := range readsRefused {
		t.Run(c.name, func(t *testing.T) { assertRefused(t, h.Send(c.make(t, h, h.Read(kept.ID)))) })
	}
	t.Run("expired", func(t *testing.T) {
		h.Clock.Advance(48 * time.Hour)
		assertRefused(t, h.Ask(h.Read(kept.ID)))
	})
}

var firstRefusal http.Header

// assertRefused holds an answer against the common refusal, with all its headers but the date.
func assertRefused(t *testing.T, got evidencetest.Answer) {
	t.Helper()
	if got.Status != http.StatusNotFound || got.Body != refusal {
		t.Errorf("answered %d %s", got.Status, got.Body)
	}
	got.Header.Del("Date")
	if firstRefusal == nil {
		firstRefusal = got.Header
	}
	if !reflect.DeepEqual(got.Header, firstRefusal) {
		t.Errorf("the headers are %v, and were %v", got.Header, firstRefusal)
	}
}

func TestUploadsAreRefusedAlike(t *testing.T) {
	h := evidencetest.Open(t, nil)
	other := stranger(t, h)
	for name, change := range map[string]func(*evidencetest.Request){
		"no capability":     func(r *evidencetest.Request) { r.Capability = nil },
		"only for reading":  func(r *evidencetest.Request) { r.Capability, r.By = h.Reading, h.Customs },
		"the action read":   func(r *evidencetest.Request) { r.Action = evidence.Read },
		"another's":         func(r *evidencetest.Request) { r.Capability, r.By = other.Filing, other.Filer },
		"into another's":    func(r *evidencetest.Request) { r.Path = evidence.Target("", other.Collection) },
		"not a collection":  func(r *evidencetest.Request) { r.Path, r.Capability, r.By = "/evidence/acme", h.Root, h.Owner },
		"to a piece itself": func(r *evidencetest.Request) { r.Path += "/" + uuid.NewString() },
	} {
		t.Run(name, func(t *testing.T) {
			up := h.Upload("x")
			change(&up)
			assertRefused(t, h.Ask(up))
		})
	}
	t.Run("another body", func(t *testing.T) {
		req := h.New(h.Upload("another body"))
		req.Header = h.New(h.Upload("signed bodies")).Header
		assertRefused(t, h.Send(req))
	})
}

func TestTheOwnerReachesEveryCollection(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep("a certificate")
	r := h.Read(kept.ID)
	r.Capability, r.By = h.Root, h.Owner
	if got := h.Ask(r); got.Status != http.StatusOK {
		t.Errorf("answered %d", got.Status)
	}
}

// What is there and what is not must not be told apart by how much the server does. The calls are counted, not timed.
func TestARefusalReadsTheStoresAsOftenWhateverItsReason(t *testing.T) {
	h := evidencetest.Open(t, nil)
	count := server.CountReads(h.Server)
	kept := h.Keep("a certificate")
	revokedReading := h.Reading
	want := server.Reads{Revoked: 1, Find: 1}
	for _, c := range readsRefused {
		if c.noRoute {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			req := c.make(t, h, h.Read(kept.ID))
			count.Reset()
			assertRefused(t, h.Send(req))
			if got := count.Reads(); got != want {
				t.Errorf("reads %+v, want %+v", got, want)
			}
		})
	}
	t.Run("revoked", func(t *testing.T) {
		if got := h.Ask(revocationOf(t, h, revokedReading, h.Filer)); got.Status != http.StatusNoContent {
			t.Fatalf("revoking answered %d", got.Status)
		}
		count.Reset()
		assertRefused(t, h.Ask(h.Read(kept.ID)))
		if got := count.Reads(); got != want {
			t.Errorf("reads %+v, want %+v", got, want)
		}
	})
}
