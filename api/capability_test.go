package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/key"
)

// newcomer is a partner whose evidence CBP has no key to.
func (s *site) newcomer() *filing.Partner {
	p := s.Stranger()
	s.Vouch("newcomer", p, roleOf("NEW"))
	return p
}

func (s *site) held() []client.Held {
	s.t.Helper()
	var all struct{ Capabilities []client.Held }
	s.do(get("/v1/capabilities")).want(http.StatusOK, &all)
	return all.Capabilities
}

func handOver(c *capability.Capability) call { return post("/v1/capabilities", c.Object()) }

func TestAKeyToEvidenceIsHandedOverRenewedAndGivenUp(t *testing.T) {
	s := newSite(t, options{})
	p := s.newcomer()
	entry := s.File(p, "trade", summaryOf("NEW"), filing.Filing{})
	look := func() trust.Check {
		return check(s.open("/v1/entries/"+entry.Record.ID).Summary.Verdict, trust.Evidence)
	}
	if c := look(); c.Outcome != trust.Undetermined || !strings.Contains(c.Reason, "no-capability") {
		t.Errorf("%+v before a key was handed over", c)
	}
	before := len(s.held())

	var first, second client.Held
	s.do(handOver(s.Admission(p, s.Deadline().Add(-time.Hour)))).want(http.StatusCreated, &first)
	if c := look(); c.Outcome != trust.Valid {
		t.Errorf("%+v with the key", c)
	}
	s.do(handOver(s.Admission(p, s.Deadline()))).want(http.StatusCreated, &second)
	if all := s.held(); len(all) != before+1 || second.ID == first.ID || !second.Expires.After(first.Expires) {
		t.Errorf("%d held, want the newer in the place of the older", len(all)-before)
	}

	s.do(call{method: http.MethodDelete, path: "/v1/capabilities/" + url.PathEscape(second.ID)}).want(http.StatusNoContent, nil)
	s.do(call{method: http.MethodDelete, path: "/v1/capabilities/" + second.ID}).problem(http.StatusNotFound, gateway.NotFound)
	if c := look(); c.Outcome != trust.Undetermined || len(s.held()) != before {
		t.Errorf("%+v, %d held after it was given up", c, len(s.held()))
	}
}

func TestAKeyThatWasGivenUpIsNotTakenAgain(t *testing.T) {
	s := newSite(t, options{})
	c := s.Admission(s.newcomer(), s.Deadline())
	s.do(handOver(c)).want(http.StatusCreated, nil)
	s.do(call{method: http.MethodDelete, path: "/v1/capabilities/" + c.ID}).want(http.StatusNoContent, nil)
	s.do(handOver(c)).problem(http.StatusConflict, gateway.Conflict)
}

func TestAKeyThatOpensNothingHereIsRefused(t *testing.T) {
	s := newSite(t, options{})
	p := s.newcomer()
	other, _ := key.NewSigner()
	otherDID, _ := key.DID(other)
	for name, c := range map[string]struct {
		object  func() any
		pointer string
	}{
		"for another controller": {func() any { return must(p.Admit(otherDID, s.Deadline()))(t).Object() }, "/controller"},
		"that expired":           {func() any { return expired(t, s, p).Object() }, "/expires"},
		"that was widened": {func() any {
			o := s.Admission(p, s.Deadline()).Object()
			o["invocationTarget"] = evidence.Target(s.Evidence.URL, "")
			return o
		}, "/proof"},
		"whose actions were widened": {func() any {
			o := s.Admission(p, s.Deadline()).Object()
			o["allowedAction"] = []any{evidence.Read, evidence.Write}
			return o
		}, "/proof"},
		"that lasts longer than signed": {func() any {
			o := s.Admission(p, s.Deadline()).Object()
			o["expires"] = "2099-01-01T00:00:00Z"
			return o
		}, "/proof"},
		"that does not allow to read": {func() any {
			c := must(capability.Delegate(p.Collection, p.Issuer, capability.Grant{Controller: s.Reader(), Actions: []string{evidence.Write}}))(t)
			return c.Object()
		}, "/allowedAction"},
		"to a root": {func() any { return capability.Root(p.Collection.Target, s.Reader()).Object() }, "/parentCapability"},
		"with a member that means nothing": {func() any {
			o := s.Admission(p, s.Deadline()).Object()
			o["caveat"] = "weekdays only"
			return o
		}, "/caveat"},
		"that is none": {func() any { return map[string]any{} }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(s.held())
			problem := s.do(post("/v1/capabilities", c.object())).problem(http.StatusUnprocessableEntity, gateway.BadInput)
			if !problem.points(c.pointer) || len(s.held()) != before {
				t.Errorf("%+v, want %s to be named, and nothing kept", problem, c.pointer)
			}
		})
	}
}

// expired is a capability that was right until a second ago.
func expired(t *testing.T, s *site, p *filing.Partner) *capability.Capability {
	t.Helper()
	past := time.Now().Add(-time.Hour)
	controller := must(key.DID(p.Issuer))(t)
	root := must(key.DID(s.Evidence.Root))(t)
	whole := capability.Root(evidence.Target(s.Evidence.URL, ""), root)
	collection := must(capability.Delegate(whole, s.Evidence.Root, capability.Grant{
		Controller: controller, Target: evidence.Target(s.Evidence.URL, evidence.NewCollection()), Actions: []string{evidence.Read},
		Expires: past.Add(time.Minute), Created: past}))(t)
	return must(capability.Delegate(collection, p.Issuer, capability.Grant{Controller: s.Reader(), Created: past}))(t)
}

func TestWithoutACapabilityKeyNothingIsHeld(t *testing.T) {
	s := newSite(t, options{Change: func(c *gateway.Config) { c.Holdings, c.Evidence = nil, nil }})
	s.do(get("/v1/capabilities")).problem(http.StatusNotImplemented, gateway.NotConfigured)
	s.do(handOver(s.Admission(s.Importer, s.Deadline()))).problem(http.StatusNotImplemented, gateway.NotConfigured)
	s.do(call{method: http.MethodDelete, path: "/v1/capabilities/urn:uuid:1"}).problem(http.StatusNotImplemented, gateway.NotConfigured)
}

// must gives a value, or ends the test.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
