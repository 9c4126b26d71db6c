package adapters_test

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/model"
)

// saying is a chain that says something else of itself when it is told to.
type saying struct {
	driver.Ledger
	uri     atomic.Pointer[string]
	without atomic.Pointer[driver.Ability]
}

func (s *saying) Describe() driver.Description {
	d := s.Ledger.Describe()
	if uri := s.uri.Load(); uri != nil {
		d.URI = *uri
	}
	if a := s.without.Load(); a != nil {
		d.Abilities = slices.DeleteFunc(d.Abilities, func(has driver.Ability) bool { return has == *a })
	}
	return d
}

// What was read holds while the chain says the same of itself (described, in Holds), and only where what is final was asked
// for.
func TestWhatWasReadHoldsWhileTheChainIsTheSame(t *testing.T) {
	chain := &saying{Ledger: memory.New(memory.Options{ForTesting: true})}
	l, err := adapters.New(chain, adapters.Config{Slug: "trade", MaxAge: 10 * time.Minute}, adapters.Env{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	id := model.NewID()
	if _, err := chain.Append(t.Context(), &driver.Write{Key: id, Body: []byte(`{}`)}); err != nil {
		t.Fatal(err)
	}
	var held adapters.Held
	var basis *adapters.Basis
	holds := func() (ok bool) { held, ok = l.Holds(t.Context(), basis); return ok }
	for until := time.Now().Add(20 * time.Second); basis == nil || !holds(); time.Sleep(time.Millisecond) {
		r, err := l.Read(t.Context(), id, 0)
		if err != nil || time.Now().After(until) {
			t.Fatal("it never holds: ", err)
		}
		basis = r.Basis()
	}
	if held.AsOf.Ledger != chain.Describe().URI || held.AsOf.Height == 0 || held.Confirmed.IsZero() {
		t.Errorf("%+v", held)
	}
	other, prove := "urn:other", driver.AbilityProve
	for name, say := range map[string]func(on bool){
		"another URI": func(on bool) { chain.uri.Store(map[bool]*string{true: &other}[on]) },
		"no proofs":   func(on bool) { chain.without.Store(map[bool]*driver.Ability{true: &prove}[on]) },
	} {
		if say(true); holds() {
			t.Errorf("%s: it holds", name)
		}
		if say(false); !holds() {
			t.Errorf("%s no more: it does not hold", name)
		}
	}
	if _, ok := l.Holds(adapters.WithFinality(t.Context(), driver.Latest), basis); ok {
		t.Error("what may go away was asked for, and it holds")
	}
}
