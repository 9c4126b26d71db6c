package conformance_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
)

// partly is a right driver of a chain that offers only some of what there is, and does nothing that it does not offer.
type partly struct {
	driver.Ledger
	abilities []driver.Ability
}

func (p partly) Describe() driver.Description {
	d := p.Ledger.Describe()
	d.Abilities = slices.Clone(p.abilities)
	if !d.Can(driver.AbilityAppend) {
		d.WriteMode = driver.WriteNone
	}
	if !d.Can(driver.AbilityProve) {
		d.ProofTypes = nil
	}
	return d
}

// offers is an error unless an ability is among those that are described.
func (p partly) offers(a driver.Ability) error {
	if slices.Contains(p.abilities, a) {
		return nil
	}
	return driver.Errorf(driver.Unsupported, "%s is not offered", a)
}

// Get of a certain version is part of the ability versions.
func (p partly) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if err := p.offers(driver.AbilityVersions); ref.Version != 0 && ref.Key != "" && err != nil {
		return nil, err
	}
	return p.Ledger.Get(ctx, ref)
}

func (p partly) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if err := p.offers(driver.AbilityVersions); err != nil {
		return nil, err
	}
	return p.Ledger.Versions(ctx, key, after, limit)
}

func (p partly) Find(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error) {
	if err := p.offers(driver.AbilityFind); err != nil {
		return nil, "", err
	}
	return p.Ledger.Find(ctx, l, page, limit)
}

func (p partly) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	if err := p.offers(driver.AbilityChanges); err != nil {
		return nil, err
	}
	return p.Ledger.Changes(ctx, after, limit, wait)
}

func (p partly) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if err := p.offers(driver.AbilityAppend); err != nil {
		return nil, err
	}
	return p.Ledger.Append(ctx, w)
}

func (p partly) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if err := p.offers(driver.AbilityAppend); err != nil {
		return nil, err
	}
	return p.Ledger.Receipt(ctx, tx)
}

func (p partly) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	if err := p.offers(driver.AbilityProve); err != nil {
		return nil, err
	}
	return p.Ledger.Prove(ctx, e)
}

// A ledger is judged by what it offers and by nothing else, whatever that is. What the reading cases read is written
// before, where the ledger itself takes no writes.
func TestALedgerIsJudgedByWhatItOffersOnly(t *testing.T) {
	optional := []driver.Ability{driver.AbilityVersions, driver.AbilityFind, driver.AbilityChanges, driver.AbilityAppend,
		driver.AbilityProve}
	for chosen := range 1 << len(optional) {
		abilities := []driver.Ability{driver.AbilityRead}
		for i, a := range optional {
			if chosen&(1<<i) != 0 {
				abilities = append(abilities, a)
			}
		}
		t.Run(strings.Trim(fmt.Sprint(abilities), "[]"), func(t *testing.T) {
			t.Parallel()
			for _, finalAfter := range []int{0, 2} {
				conformance.Test(t, offering(t, abilities, finalAfter), conformance.Options{Seed: uint64(chosen)})
			}
		})
	}
}

// offering is the harness of a chain that holds three versions of one key and one of another, by a driver that offers
// these abilities.
func offering(t *testing.T, abilities []driver.Ability, finalAfter int) conformance.Harness {
	t.Helper()
	chain := memory.NewChain(memory.Options{ForTesting: true, PageSize: 5, FinalAfter: finalAfter})
	h := full(t, chain)
	writes(t, h, chain, &driver.Write{Key: "standing", Body: []byte("1")}, &driver.Write{Key: "other", Body: []byte("1")},
		&driver.Write{Key: "standing", Expect: 1, Body: []byte("2")}, &driver.Write{Key: "standing", Expect: 2, Body: []byte("3")})
	open := h.Open
	h.Keys = []string{"other", "standing"}
	h.Open = func(ctx context.Context) (driver.Ledger, error) {
		l, err := open(ctx)
		return partly{l, abilities}, err
	}
	h.Reopen = h.Open
	return h
}

// writes writes to a chain, and lets it go on until all is final.
func writes(t *testing.T, h conformance.Harness, chain *memory.Chain, all ...*driver.Write) {
	t.Helper()
	l, err := h.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range all {
		if _, err := l.Append(t.Context(), w); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			chain.Advance()
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}
