package server_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/accesslog"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// revocationOf is somebody's request to revoke a capability.
func revocationOf(t *testing.T, h *evidencetest.House, c *capability.Capability, by evidencetest.Party) evidencetest.Request {
	t.Helper()
	body, err := ld.JCS(c.Object())
	evidencetest.Must(t, err)
	path := evidence.RevocationPath + url.QueryEscape(c.ID)
	return evidencetest.Request{
		Method: http.MethodPost, Path: path, Body: body, MediaType: "application/json",
		Capability: capability.Root(h.Base+path, by.DID), Action: evidence.Write, By: by,
	}
}

func assertStatus(t *testing.T, got evidencetest.Answer, want int) {
	t.Helper()
	if got.Status != want {
		t.Errorf("answered %d %s, want %d", got.Status, got.Body, want)
	}
}

func TestWhoDelegatedARevocableCapability(t *testing.T) {
	for name, by := range map[string]func(h *evidencetest.House) evidencetest.Party{
		"the delegator":                 func(h *evidencetest.House) evidencetest.Party { return h.Filer },
		"the one above it in the chain": func(h *evidencetest.House) evidencetest.Party { return h.Owner },
	} {
		t.Run(name, func(t *testing.T) {
			h := evidencetest.Open(t, nil)
			kept := h.Keep("a certificate")
			assertStatus(t, h.Ask(revocationOf(t, h, h.Reading, by(h))), http.StatusNoContent)
			assertRefused(t, h.Ask(h.Read(kept.ID)))
			h.Keep("the filer still files")

			h.Restart()
			assertRefused(t, h.Ask(h.Read(kept.ID)))
			assertStatus(t, h.Ask(revocationOf(t, h, h.Reading, by(h))), http.StatusNoContent)
		})
	}
}

func TestARevokedParentTakesItsChildrenWithIt(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep("a certificate")
	agency := evidencetest.NewParty(t)
	r := h.Read(kept.ID)
	r.Capability, r.By = evidencetest.Delegate(t, h.Reading, h.Customs, capability.Grant{Controller: agency.DID}), agency
	assertStatus(t, h.Ask(r), http.StatusOK)

	assertStatus(t, h.Ask(revocationOf(t, h, h.Filing, h.Owner)), http.StatusNoContent)
	assertRefused(t, h.Ask(r))
	assertRefused(t, h.Ask(h.Read(kept.ID)))
	assertRefused(t, h.Ask(h.Upload("x")))
}

func TestAnotherCapabilityOfTheSameKeyStays(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep("a certificate")
	assertStatus(t, h.Ask(revocationOf(t, h, h.Reading, h.Filer)), http.StatusNoContent)
	r := h.Read(kept.ID)
	r.Capability = evidencetest.Delegate(t, h.Filing, h.Filer, capability.Grant{Controller: h.Customs.DID})
	assertStatus(t, h.Ask(r), http.StatusOK)
}

// An id is chosen freely. A holder who delegates something of its own under somebody else's id, and takes that back, has
// taken back its own and nothing else.
func TestNobodyRevokesAnothersCapabilityByItsID(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep("a certificate")
	agency := evidencetest.NewParty(t)
	others := evidencetest.Delegate(t, h.Filing, h.Filer, capability.Grant{Controller: agency.DID})
	squatted := evidencetest.Delegate(t, h.Reading, h.Customs, capability.Grant{ID: others.ID, Controller: h.Customs.DID})
	assertStatus(t, h.Ask(revocationOf(t, h, squatted, h.Customs)), http.StatusNoContent)
	r := h.Read(kept.ID)
	r.Capability, r.By = others, agency
	assertStatus(t, h.Ask(r), http.StatusOK)
}

func TestRevocationsAreRefusedAlike(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep("a certificate")
	other := stranger(t, h)
	foreign := evidencetest.NewPartner(t, "https://evidence.example", h.Customs)
	for name, r := range map[string]evidencetest.Request{
		"by its holder":              revocationOf(t, h, h.Reading, h.Customs),
		"by a stranger":              revocationOf(t, h, h.Reading, evidencetest.NewParty(t)),
		"by another filer":           revocationOf(t, h, h.Reading, other.Filer),
		"of the one above":           revocationOf(t, h, h.Filing, h.Filer),
		"of a root":                  revocationOf(t, h, h.Root, h.Owner),
		"of another server":          revocationOf(t, h, foreign.Reading, foreign.Filer),
		"of one that is not genuine": revocationOf(t, h, forged(t, h.Reading, func(o ld.Object) { o["controller"] = h.Filer.DID }), h.Filer),
	} {
		t.Run(name, func(t *testing.T) { assertRefused(t, h.Ask(r)) })
	}
	t.Run("of another than the URL says, by who may revoke both", func(t *testing.T) {
		r := revocationOf(t, h, h.Reading, h.Owner)
		r.Body = revocationOf(t, h, other.Reading, h.Owner).Body
		assertRefused(t, h.Ask(r))
	})
	for name, change := range map[string]func(*evidencetest.Request){
		"with another body":        func(r *evidencetest.Request) { r.Body = revocationOf(t, h, other.Reading, other.Filer).Body },
		"with a body that is none": func(r *evidencetest.Request) { r.Body = []byte("{") },
		"without a body":           func(r *evidencetest.Request) { r.Body = []byte{} },
		"without a capability":     func(r *evidencetest.Request) { r.Capability = nil },
		"with the root of all":     func(r *evidencetest.Request) { r.Capability, r.By = h.Root, h.Owner },
		"with the action read":     func(r *evidencetest.Request) { r.Action = evidence.Read },
	} {
		t.Run(name, func(t *testing.T) {
			r := revocationOf(t, h, h.Reading, h.Filer)
			change(&r)
			assertRefused(t, h.Ask(r))
		})
	}
	assertStatus(t, h.Ask(h.Read(kept.ID)), http.StatusOK)
}

func TestRevocationsTakeABoundedPlace(t *testing.T) {
	h := evidencetest.Open(t, func(c *server.Config) { c.MaxRevoked = 2 })
	for range 2 {
		c := evidencetest.Delegate(t, h.Filing, h.Filer, capability.Grant{Controller: h.Customs.DID})
		assertStatus(t, h.Ask(revocationOf(t, h, c, h.Filer)), http.StatusNoContent)
	}
	assertStatus(t, h.Ask(revocationOf(t, h, h.Reading, h.Filer)), http.StatusServiceUnavailable)

	h.Clock.Advance(72 * time.Hour) // all have expired
	h.Restart()
	fresh := evidencetest.Delegate(t, h.Root, h.Owner, capability.Grant{Controller: h.Filer.DID, Expires: h.Clock.Now().Add(time.Hour)})
	assertStatus(t, h.Ask(revocationOf(t, h, fresh, h.Owner)), http.StatusNoContent)
}

// What stands on a revoked capability is dead already: revoking it succeeds and takes no place.
func TestRevokingBelowARevokedOneTakesNoPlace(t *testing.T) {
	h := evidencetest.Open(t, func(c *server.Config) { c.MaxRevoked = 1 })
	assertStatus(t, h.Ask(revocationOf(t, h, h.Filing, h.Owner)), http.StatusNoContent)
	assertStatus(t, h.Ask(revocationOf(t, h, h.Reading, h.Filer)), http.StatusNoContent)
}

func TestTheAccessLogSaysWhoRevokedWhat(t *testing.T) {
	h := evidencetest.Open(t, nil)
	assertStatus(t, h.Ask(revocationOf(t, h, h.Reading, h.Owner)), http.StatusNoContent)
	log := h.Accesses()
	if len(log) != 1 || log[0].Outcome != accesslog.Revoked || log[0].Invoker != h.Owner.DID || log[0].Capability != h.Reading.ID {
		t.Errorf("the access log has %+v", log)
	}
}
