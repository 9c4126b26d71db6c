package client_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
)

func TestFetchGetsWhatMatches(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep(certificate)
	c := newClient(t, h.Customs, nil, h.Reading)
	got, err := c.Fetch(t.Context(), h.Filer.DID, refTo(kept.ID, certificate))
	if err != nil {
		t.Fatal(err)
	}
	if string(got.Content) != certificate || got.Digest != kept.Digest || got.MediaType != "text/plain" || got.Capability != h.Reading.ID {
		t.Errorf("got %+v", got)
	}
}

func TestEvidenceAlteredOnTheServerIsAMismatch(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep(certificate)
	name := fmt.Sprintf("%x", kept.Digest[:])
	must(t, os.WriteFile(filepath.Join(h.Config.Dir, "evidence", "content", name[:2], name), []byte("altered"), 0o600))

	got, err := newClient(t, h.Customs, nil, h.Reading).Fetch(t.Context(), h.Filer.DID, refTo(kept.ID, certificate))
	var m *client.Mismatch
	if !errors.As(err, &m) || got != nil {
		t.Fatalf("fetched %v, error %v; want a Mismatch", got, err)
	}
	if m.Expected != kept.Digest || m.Got != ld.Sum([]byte("altered")) || m.Size != len("altered") {
		t.Errorf("the mismatch says %+v", m)
	}
}

func TestWhatTheServerRefusesCouldNotBeAsked(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep(certificate)
	c := newClient(t, h.Customs, nil, h.Reading)

	got, err := c.Fetch(t.Context(), h.Filer.DID, refTo("urn:uuid:"+uuid.NewString(), certificate))
	if r := reasonOf(t, got, err); r != client.Refused {
		t.Errorf("absent: %s", r)
	}
	must(t, c.Revoke(t.Context(), h.Reading, h.Filer.Signer))
	got, err = c.Fetch(t.Context(), h.Filer.DID, refTo(kept.ID, certificate))
	if r := reasonOf(t, got, err); r != client.Refused {
		t.Errorf("revoked: %s", r)
	}
}

// A capability is used for the records of the key that delegated it, and for nobody else's: the issuer of one record
// could otherwise have CBP read, with its own rights, what another issuer's record names.
func TestACapabilityIsUsedOnlyForItsOwnIssuersRecords(t *testing.T) {
	a, b := evidencetest.Open(t, nil), evidencetest.Open(t, nil)
	kept := a.Keep(certificate)
	c := newClient(t, a.Customs, nil, a.Reading)
	for name, issuer := range map[string]string{
		"another filer": b.Filer.DID, "the owner above": a.Owner.DID, "CBP itself": a.Customs.DID, "nobody": "",
		"a longer name": a.Filer.DID + "x", "a shorter name": a.Filer.DID[:len(a.Filer.DID)-1],
	} {
		got, err := c.Fetch(t.Context(), issuer, refTo(kept.ID, certificate))
		if r := reasonOf(t, got, err); r != client.NoCapability {
			t.Errorf("%s: %s", name, r)
		}
	}
	if log := a.Accesses(); len(log) != 1 {
		t.Errorf("the server was asked %d times", len(log)-1)
	}
}

func TestWithoutACapabilityNothingIsAsked(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep(certificate)
	onePiece := evidencetest.Delegate(t, h.Filing, h.Filer, capability.Grant{
		Controller: h.Customs.DID, Target: h.Filing.Target + "/" + uuid.NewString(),
	})
	for name, c := range map[string]struct {
		client *client.Client
		ref    evidence.Ref
		want   client.Reason
	}{
		"none":                    {newClient(t, h.Customs, nil), refTo(kept.ID, certificate), client.NoCapability},
		"no holdings":             {newClient(t, h.Customs, func(c *client.Config) { c.Holdings = nil }), refTo(kept.ID, certificate), client.NoCapability},
		"one for another piece":   {newClient(t, h.Customs, nil, onePiece), refTo(kept.ID, certificate), client.NoCapability},
		"an id that is none":      {newClient(t, h.Customs, nil, h.Reading), refTo("../lock", certificate), client.BadReference},
		"one that has expired":    {newClient(t, h.Customs, tomorrow, h.Reading), refTo(kept.ID, certificate), client.CapabilityExpired},
		"a store that is failing": {newClient(t, h.Customs, failing(t, h)), refTo(kept.ID, certificate), client.HoldingsFailed},
	} {
		got, err := c.client.Fetch(t.Context(), h.Filer.DID, c.ref)
		if r := reasonOf(t, got, err); r != c.want {
			t.Errorf("%s: %s, want %s", name, r, c.want)
		}
	}
}

func tomorrow(c *client.Config) { c.Now = func() time.Time { return time.Now().Add(25 * time.Hour) } }

// failing puts holdings into a configuration whose store fails from now on.
func failing(t *testing.T, h *evidencetest.House) func(*client.Config) {
	store := &evidencetest.KV{}
	holdings := holdingsOf(t, h.Customs, store, h.Reading)
	store.Err = errors.New("disk")
	return func(c *client.Config) { c.Holdings = holdings }
}

func TestACapabilityForOnePieceLeadsToIt(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept, other := h.Keep(certificate), h.Keep("another")
	one := evidencetest.Delegate(t, h.Filing, h.Filer, capability.Grant{
		Controller: h.Customs.DID, Target: h.Base + h.Read(kept.ID).Path, Actions: []string{evidence.Read},
	})
	c := newClient(t, h.Customs, nil, one)
	if got, err := c.Fetch(t.Context(), h.Filer.DID, refTo(kept.ID, certificate)); err != nil || got.Capability != one.ID {
		t.Errorf("got %v, %v", got, err)
	}
	got, err := c.Fetch(t.Context(), h.Filer.DID, refTo(other.ID, "another"))
	if r := reasonOf(t, got, err); r != client.NoCapability {
		t.Errorf("another piece: %s", r)
	}
	both := newClient(t, h.Customs, nil, one, h.Reading)
	if got, err := both.Fetch(t.Context(), h.Filer.DID, refTo(kept.ID, certificate)); err != nil || got.Capability != one.ID {
		t.Errorf("of two, %v was used: %v", got, err)
	}
}

// moved is a partner whose key has collections on two servers.
func moved(t *testing.T) (from, to *evidencetest.House, both []*capability.Capability) {
	t.Helper()
	from, to = evidencetest.Open(t, nil), evidencetest.Open(t, nil)
	there := evidencetest.Delegate(t, to.Root, to.Owner, capability.Grant{
		Controller: from.Filer.DID, Target: evidence.Target(to.Base, from.Collection),
	})
	return from, to, []*capability.Capability{
		from.Reading,
		evidencetest.Delegate(t, there, from.Filer, capability.Grant{Controller: from.Customs.DID, Actions: []string{evidence.Read}}),
	}
}

func TestAnIssuersServersAreAskedInTurn(t *testing.T) {
	from, _, both := moved(t)
	kept := from.Keep(certificate)
	got, err := newClient(t, from.Customs, nil, both...).Fetch(t.Context(), from.Filer.DID, refTo(kept.ID, certificate))
	if err != nil || got.Capability != both[0].ID {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestAMismatchCountsMoreThanAServerThatRefuses(t *testing.T) {
	from, _, both := moved(t)
	kept := from.Keep(certificate)
	for _, order := range [][]*capability.Capability{{both[0], both[1]}, {both[1], both[0]}} {
		_, err := newClient(t, from.Customs, nil, order...).Fetch(t.Context(), from.Filer.DID, refTo(kept.ID, "what the record says"))
		var m *client.Mismatch
		if !errors.As(err, &m) {
			t.Errorf("got %v, want a Mismatch", err)
		}
	}
}

func TestWhoAskedMayGoAway(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep(certificate)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got, err := newClient(t, h.Customs, nil, h.Reading).Fetch(ctx, h.Filer.DID, refTo(kept.ID, certificate))
	if r := reasonOf(t, got, err); r != client.Canceled {
		t.Errorf("reason %s", r)
	}
}

func TestAClientNeedsTheKeyOfItsHoldings(t *testing.T) {
	customs, other := evidencetest.NewParty(t), evidencetest.NewParty(t)
	h := holdingsOf(t, customs, &evidencetest.KV{})
	for name, cfg := range map[string]client.Config{
		"none": {Holdings: h}, "another": {Holdings: h, Signer: other.Signer},
	} {
		if _, err := client.New(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
