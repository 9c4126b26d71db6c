package gateway_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// manner is how a ledger takes a question about a record.
type manner string

const (
	shows  manner = "shows it"
	absent manner = "says that there is none"
	away   manner = "cannot be asked"
	unable manner = "has no means to tell"
)

func (m manner) state() gateway.SourceState {
	return map[manner]gateway.SourceState{shows: gateway.Answered, absent: gateway.Absent, away: gateway.Unavailable, unable: gateway.NotGiven}[m]
}

// take has a ledger behave so; where it answers, as it is.
func (m manner) take(b *gatewaytest.Bent) {
	failing := map[manner]error{
		absent: driver.Errorf(driver.NotFound, "no such key"), away: driver.Errorf(driver.Unavailable, "down"),
		unable: driver.Errorf(driver.Unsupported, "no such question"),
	}[m]
	if failing == nil {
		return
	}
	b.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) { return nil, failing }
	b.OnFind = func(context.Context, driver.Lookup, string, int) ([]string, string, error) {
		if m == absent {
			return nil, "", nil
		}
		return nil, "", failing
	}
}

// What is answered across ledgers, for every combination of how the two of them take the question, and of whether the
// witness log knows the record: what any ledger shows is answered; else what is remembered, as stale; else not found only
// where every ledger said so.
func TestWhatIsAnsweredAcrossLedgers(t *testing.T) {
	for _, trade := range []manner{shows, absent, away, unable} {
		for _, cbp := range []manner{absent, away, unable} {
			for _, seen := range []bool{true, false} {
				t.Run(fmt.Sprintf("trade %s, cbp %s, seen before %t", trade, cbp, seen), func(t *testing.T) {
					combination(t, trade, cbp, seen)
				})
			}
		}
	}
}

func combination(t *testing.T, trade, cbp manner, seen bool) {
	bents := map[string]*gatewaytest.Bent{"trade": {}, "cbp": {}}
	w := gatewaytest.New(t, gatewaytest.Options{Wrap: func(slug string, chain driver.Ledger) driver.Ledger {
		bents[slug].Ledger = chain
		return bents[slug]
	}})
	entry := w.File(w.Importer, "trade", unclaimed(), filing.Filing{})
	g := w.Gateway
	if !seen {
		g = w.Afresh()
	}
	trade.take(bents["trade"])
	cbp.take(bents["cbp"])

	record, err := g.Record(w.Context(), entry.Record.ID, gateway.Options{})
	wantAcross(t, "record", trade, cbp, seen, err)
	if err == nil {
		wantStates(t, record.Sources, trade, cbp)
		wantShown(t, record.Answers[0], trade)
	}
	file, err := g.Entry(w.Context(), entry.Record.ID, gateway.Options{})
	wantAcross(t, "entry file", trade, cbp, seen, err)
	if err == nil {
		wantShown(t, *file.Summary, trade)
	}
	found, err := g.Find(w.Context(), sample.EntryUSMCA)
	wantAcross(t, "search", trade, cbp, false, err) // the witness log knows no entry numbers
	if err == nil {
		wantStates(t, found.Sources, trade, cbp)
	}
	_, err = g.Record(w.Context(), model.NewID(), gateway.Options{})
	stranger := trade
	if trade == shows {
		stranger = absent
	}
	wantAcross(t, "a record that never was", stranger, cbp, false, err)
}

// wantAcross expects an answer, or the right problem naming those that may hold it.
func wantAcross(t *testing.T, what string, trade, cbp manner, seen bool, err error) {
	t.Helper()
	switch {
	case trade == shows || seen:
		if err != nil {
			t.Errorf("%s: %v, want an answer", what, err)
		}
	case trade == absent && cbp == absent:
		if p := problemOf(t, err, gateway.NotFound); p.Retryable() {
			t.Errorf("%s: not found, and to be tried again", what)
		}
	default:
		var want []string
		if cbp != absent {
			want = append(want, "cbp")
		}
		if trade != absent {
			want = append(want, "trade")
		}
		if p := problemOf(t, err, gateway.NotFoundSoFar); !p.Retryable() || !slices.Equal(p.Ledgers, want) {
			t.Errorf("%s: names %v, want %v, to be tried again", what, p.Ledgers, want)
		}
	}
}

func wantStates(t *testing.T, sources []gateway.Source, trade, cbp manner) {
	t.Helper()
	for slug, m := range map[string]manner{"trade": trade, "cbp": cbp} {
		if state, _ := stateAmong(sources, slug); state != m.state() {
			t.Errorf("%s is %s among the sources, want %s", slug, state, m.state())
		}
	}
}

func wantShown(t *testing.T, a gateway.Answer, trade manner) {
	t.Helper()
	want := gateway.Stale
	if trade == shows {
		want = gateway.Current
	}
	if a.State != want || (a.Record != nil) != (want == gateway.Current) {
		t.Errorf("%s with %d bytes of content, want %s", a.State, len(a.Record), want)
	}
}
