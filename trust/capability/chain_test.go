package capability_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
)

func nothing(ld.Object) {}

// Every delegation here is signed, by whoever; each is wrong in one way.
func TestVerifyDelegationRefuses(t *testing.T) {
	narrow := delegate(t, root(), owner, partner, capability.Grant{Target: collection, Actions: []string{"read"}, Expires: until})
	for name, c := range map[string]struct {
		c   *capability.Capability
		why string
	}{
		"one signed by a stranger":      {forge(t, root(), stranger, start, nothing), "delegation is not signed by the controller above"},
		"one signed by whom it is for":  {forge(t, root(), customs, start, nothing), "delegation is not signed by the controller above"},
		"a second signed by the owner":  {forge(t, narrow, owner, start, func(o ld.Object) { o["allowedAction"] = "read" }), "not signed by the controller above"},
		"a wider target":                {forge(t, narrow, partner, start, func(o ld.Object) { o["invocationTarget"] = target }), "delegation widens the target"},
		"a target beside":               {forge(t, narrow, partner, start, func(o ld.Object) { o["invocationTarget"] = collection + "x" }), "delegation widens the target"},
		"a target of another scheme":    {forge(t, narrow, partner, start, func(o ld.Object) { o["invocationTarget"] = strings.Replace(collection, "http", "https", 1) }), "delegation widens the target"},
		"another action":                {forge(t, narrow, partner, start, func(o ld.Object) { o["allowedAction"] = []any{"read", "write"} }), "delegation widens the actions"},
		"every action":                  {forge(t, narrow, partner, start, nothing), "delegation widens the actions"},
		"a longer life":                 {forge(t, narrow, partner, start, func(o ld.Object) { o["expires"], o["allowedAction"] = "2027-01-01T00:00:00Z", "read" }), "delegation outlives the one above"},
		"a date before its parent's":    {forge(t, narrow, partner, start.Add(-time.Second), func(o ld.Object) { o["allowedAction"] = "read" }), "delegation is older than the one above"},
		"an expired one":                {forge(t, root(), owner, start, func(o ld.Object) { o["expires"] = now.Add(-300 * time.Second).Format(time.RFC3339) }), "delegation has expired"},
		"a target that was altered":     {altered(t, toPartner(t), "invocationTarget", target), "proof is invalid"},
		"a controller that was altered": {altered(t, toPartner(t), "controller", didOf(stranger)), "proof is invalid"},
		"actions that were added":       {altered(t, toPartner(t), "allowedAction", []any{"read"}), "proof is invalid"},
		"an expiry that was altered":    {altered(t, toPartner(t), "expires", "2027-01-01T00:00:00Z"), "proof is invalid"},
		"another root":                  {delegate(t, capability.Root("http://"+server+"/admin", didOf(owner)), owner, partner, capability.Grant{Expires: until}), "root capability is not known here"},
		"a root of another controller":  {capability.Root(target, didOf(stranger)), "root capability is not the one known here"},
		"a fourth delegation": {delegate(t, delegate(t, toCustoms(t), customs, agency, capability.Grant{}), agency, stranger,
			capability.Grant{}), "chain has more than 3 delegations"},
	} {
		t.Run(name, func(t *testing.T) {
			wantRefusal(t, verifierAt(now).VerifyDelegation(c.c), c.why)
		})
	}
}

func TestVerifyDelegationAccepts(t *testing.T) {
	for name, c := range map[string]*capability.Capability{
		"the root":    root(),
		"one":         toPartner(t),
		"two":         toCustoms(t),
		"three":       delegate(t, toCustoms(t), customs, agency, capability.Grant{Target: document}),
		"one's query": delegate(t, toPartner(t), partner, customs, capability.Grant{Target: collection + "?list"}),
		"more query":  delegate(t, delegate(t, root(), owner, partner, capability.Grant{Target: target + "?a=1", Expires: until}), partner, customs, capability.Grant{Target: target + "?a=1&b=2"}),
	} {
		t.Run(name, func(t *testing.T) {
			if err := verifierAt(now).VerifyDelegation(c); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestMaxChain(t *testing.T) {
	v := verifierAt(now)
	v.MaxChain = 1
	if err := v.VerifyDelegation(toPartner(t)); err != nil {
		t.Error(err)
	}
	if err := v.VerifyDelegation(toCustoms(t)); !errors.Is(err, capability.ErrRefused) {
		t.Errorf("got %v", err)
	}
}

// Whoever revokes it, or lets it expire, takes what stands on it away too.
func TestAChildDiesWithItsParent(t *testing.T) {
	if err := verifierAt(until.Add(time.Hour)).VerifyDelegation(toCustoms(t)); !errors.Is(err, capability.ErrRefused) {
		t.Errorf("got %v", err)
	}
}
