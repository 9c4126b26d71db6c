package client_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/capability"
)

const base = "https://evidence.example"

func list(t *testing.T, h *client.Holdings) []client.Held {
	t.Helper()
	all, err := h.List()
	must(t, err)
	return all
}

func TestWhatWasHandedOverIsListedAndLasts(t *testing.T) {
	customs, store := evidencetest.NewParty(t), &evidencetest.KV{}
	p := evidencetest.NewPartner(t, base, customs)
	held, err := holdingsOf(t, customs, store).Add(p.Reading)
	must(t, err)
	if held.ID != p.Reading.ID || held.Issuer != p.Filer.DID ||
		held.Host != "evidence.example" || !held.Expires.Equal(p.Reading.Expires) || held.Expired {
		t.Errorf("Add answered %+v", held)
	}
	if got := list(t, holdingsOf(t, customs, store)); len(got) != 1 || got[0] != held {
		t.Errorf("the list has %+v, want %+v", got, held)
	}
}

func TestTheSameAgainChangesNothing(t *testing.T) {
	customs := evidencetest.NewParty(t)
	p := evidencetest.NewPartner(t, base, customs)
	h := holdingsOf(t, customs, &evidencetest.KV{}, p.Reading, p.Reading)
	if got := list(t, h); len(got) != 1 {
		t.Errorf("%d capabilities are held", len(got))
	}
}

// faultAt answers the rules that were broken, by pointer.
func faultAt(t *testing.T, err error, pointer string) {
	t.Helper()
	var faults schemas.Faults
	if !errors.As(err, &faults) || !slices.ContainsFunc(faults, func(f schemas.Fault) bool { return f.Pointer == pointer }) {
		t.Errorf("got %v, want a fault at %s", err, pointer)
	}
}

func TestCapabilitiesThatAreNotTaken(t *testing.T) {
	customs, other := evidencetest.NewParty(t), evidencetest.NewParty(t)
	p := evidencetest.NewPartner(t, base, customs)
	grant := func(g capability.Grant) *capability.Capability {
		if g.Controller == "" {
			g.Controller = customs.DID
		}
		return evidencetest.Delegate(t, p.Filing, p.Filer, g)
	}
	changed := func(name string, value any) *capability.Capability {
		object := ld.Object{}
		for k, v := range p.Reading.Object() {
			object[k] = v
		}
		object[name] = value
		data, err := ld.JCS(object)
		must(t, err)
		c, err := capability.Parse(data)
		must(t, err)
		return c
	}
	for name, c := range map[string]struct {
		capability *capability.Capability
		pointer    string
	}{
		"a root":                {p.Root, "/parentCapability"},
		"another's":             {grant(capability.Grant{Controller: other.DID}), "/controller"},
		"not for reading":       {grant(capability.Grant{Actions: []string{evidence.Write}}), "/allowedAction"},
		"with a query":          {grant(capability.Grant{Target: p.Filing.Target + "?x=1"}), "/invocationTarget"},
		"one that lasts longer": {changed("expires", "2099-01-01T00:00:00Z"), "/proof"},
		"one with another path": {changed("invocationTarget", base+"/evidence"), "/proof"},
		"one that was stolen":   {changed("id", "urn:uuid:3f2c9a1e-5b7d-4c8e-9f10-2a3b4c5d6e7f"), "/proof"},
	} {
		t.Run(name, func(t *testing.T) {
			h := holdingsOf(t, customs, &evidencetest.KV{})
			_, err := h.Add(c.capability)
			faultAt(t, err, c.pointer)
			if got := list(t, h); len(got) != 0 {
				t.Errorf("and yet %d are held", len(got))
			}
		})
	}
}

func TestAnExpiredCapabilityIsNotTakenAndOneThatExpiresIsShown(t *testing.T) {
	customs, clock := evidencetest.NewParty(t), &evidencetest.Clock{}
	p := evidencetest.NewPartner(t, base, customs)
	h, err := client.OpenHoldings(client.HoldingsConfig{Store: &evidencetest.KV{}, Controller: customs.DID, Now: clock.Now})
	must(t, err)
	_, err = h.Add(p.Reading)
	must(t, err)
	clock.Advance(48 * time.Hour)
	if got := list(t, h); len(got) != 1 || !got[0].Expired {
		t.Errorf("the list has %+v", got)
	}
	_, err = h.Add(p.Reading)
	faultAt(t, err, "/expires")
}

func TestTheRootIsHeldAgainstWhatIsKnownOfIt(t *testing.T) {
	customs := evidencetest.NewParty(t)
	p := evidencetest.NewPartner(t, base, customs)
	for name, c := range map[string]struct {
		root  func(string) (string, bool)
		taken bool
	}{
		"nothing is known":        {nil, true},
		"the owner is known":      {func(target string) (string, bool) { return p.Owner.DID, target == base+"/evidence" }, true},
		"another owner is known":  {func(string) (string, bool) { return customs.DID, true }, false},
		"the server is not known": {func(string) (string, bool) { return "", false }, false},
	} {
		h, err := client.OpenHoldings(client.HoldingsConfig{Store: &evidencetest.KV{}, Controller: customs.DID, RootController: c.root})
		must(t, err)
		if _, err := h.Add(p.Reading); (err == nil) != c.taken {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestANewerCapabilityTakesTheOldersPlace(t *testing.T) {
	customs := evidencetest.NewParty(t)
	p := evidencetest.NewPartner(t, base, customs)
	short := evidencetest.Delegate(t, p.Filing, p.Filer, capability.Grant{
		Controller: customs.DID, Expires: time.Now().Add(time.Hour), Actions: []string{evidence.Read},
	})
	h := holdingsOf(t, customs, &evidencetest.KV{}, short, p.Reading)
	if got := list(t, h); len(got) != 1 || got[0].ID != p.Reading.ID {
		t.Errorf("the list has %+v, want %s alone", got, p.Reading.ID)
	}
	_, err := h.Add(short)
	faultAt(t, err, "/expires")
}

func TestAForgottenCapabilityStaysForgotten(t *testing.T) {
	customs, store := evidencetest.NewParty(t), &evidencetest.KV{}
	p, other := evidencetest.NewPartner(t, base, customs), evidencetest.NewPartner(t, base, customs)
	h := holdingsOf(t, customs, store, p.Reading, other.Reading)
	if found, err := h.Forget(p.Reading.ID); !found || err != nil {
		t.Fatalf("found %v, %v", found, err)
	}
	if found, err := h.Forget(p.Reading.ID); found || err != nil {
		t.Errorf("twice: found %v, %v", found, err)
	}
	h = holdingsOf(t, customs, store)
	if got := list(t, h); len(got) != 1 || got[0].Issuer != other.Filer.DID {
		t.Errorf("the list has %+v", got)
	}
	if _, err := h.Add(p.Reading); !errors.Is(err, client.ErrForgotten) {
		t.Errorf("handed over again: %v, want ErrForgotten", err)
	}
	again := evidencetest.Delegate(t, p.Filing, p.Filer, capability.Grant{Controller: customs.DID})
	if _, err := h.Add(again); err != nil {
		t.Errorf("a new one: %v", err)
	}
}

func TestMarksOfForgottenCapabilitiesGoWhenTheyExpire(t *testing.T) {
	customs, store := evidencetest.NewParty(t), &evidencetest.KV{}
	p := evidencetest.NewPartner(t, base, customs)
	_, err := holdingsOf(t, customs, store, p.Reading).Forget(p.Reading.ID)
	must(t, err)
	open := func(ahead time.Duration) {
		_, err := client.OpenHoldings(client.HoldingsConfig{
			Store: store, Controller: customs.DID, Now: func() time.Time { return time.Now().Add(ahead) },
		})
		must(t, err)
	}
	if open(0); store.Len() != 1 {
		t.Errorf("%d marks before it expires, want 1", store.Len())
	}
	if open(25 * time.Hour); store.Len() != 0 {
		t.Errorf("%d marks afterwards", store.Len())
	}
}

func TestOneIssuerHandsOverABoundedNumber(t *testing.T) {
	customs, clock := evidencetest.NewParty(t), &evidencetest.Clock{}
	p, other := evidencetest.NewPartner(t, base, customs), evidencetest.NewPartner(t, base, customs)
	h, err := client.OpenHoldings(client.HoldingsConfig{Store: &evidencetest.KV{}, Controller: customs.DID, Now: clock.Now})
	must(t, err)
	next := func(expires time.Duration) error {
		c, err := capability.Delegate(p.Root, p.Owner.Signer, capability.Grant{
			Controller: customs.DID, Target: evidence.Target(base, evidence.NewCollection()), Expires: clock.Now().Add(expires),
		})
		must(t, err)
		_, err = h.Add(c)
		return err
	}
	for range 32 {
		must(t, next(time.Hour))
	}
	if err := next(time.Hour); !errors.Is(err, client.ErrTooMany) {
		t.Errorf("got %v, want ErrTooMany", err)
	}
	if _, err := h.Add(other.Reading); err != nil {
		t.Errorf("another issuer's: %v", err)
	}
	clock.Advance(2 * time.Hour)
	must(t, next(time.Hour))
	if got := list(t, h); len(got) != 2 {
		t.Errorf("%d are held after the expired ones made room, want 2", len(got))
	}
}

func TestManyHandOverAtOnce(t *testing.T) {
	customs := evidencetest.NewParty(t)
	h := holdingsOf(t, customs, &evidencetest.KV{})
	var all sync.WaitGroup
	for range 8 {
		p := evidencetest.NewPartner(t, base, customs)
		all.Go(func() {
			if _, err := h.Add(p.Reading); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := list(t, h); len(got) != 8 {
		t.Errorf("%d are held, want 8", len(got))
	}
}

func TestAFailingStoreIsTold(t *testing.T) {
	customs, store := evidencetest.NewParty(t), &evidencetest.KV{}
	p := evidencetest.NewPartner(t, base, customs)
	h := holdingsOf(t, customs, store)
	store.Err = errors.New("disk")
	_, add := h.Add(p.Reading)
	_, lists := h.List()
	_, forget := h.Forget(p.Reading.ID)
	_, open := client.OpenHoldings(client.HoldingsConfig{Store: store, Controller: customs.DID})
	for name, err := range map[string]error{"add": add, "list": lists, "forget": forget, "open": open} {
		if err == nil || !strings.Contains(err.Error(), "disk") || errors.Is(err, client.ErrForgotten) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzHandOver hands over foreign bytes: nothing is held but what a true chain delegates.
func FuzzHandOver(f *testing.F) {
	customs := evidencetest.NewParty(f)
	p := evidencetest.NewPartner(f, base, customs)
	for _, c := range []*capability.Capability{p.Root, p.Filing, p.Reading} {
		data, err := ld.JCS(c.Object())
		must(f, err)
		f.Add(data)
		f.Add(data[:len(data)-1])
	}
	f.Add([]byte(`{"proof":{"capabilityChain":[]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := capability.Parse(data)
		if err != nil {
			return
		}
		store := &evidencetest.KV{}
		held, err := holdingsOf(t, customs, store).Add(c)
		if err != nil && store.Len() > 0 {
			t.Errorf("refused, and yet kept: %v", err)
		}
		if err == nil && (held.Issuer != p.Filer.DID || held.ID != p.Reading.ID) {
			t.Errorf("held %+v", held)
		}
	})
}
