package gateway_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

// stubborn has every method of a driver never return, whatever becomes of its context, until the test ends. It answers how
// many calls it holds.
func stubborn(t *testing.T, b *gatewaytest.Bent) (held func() int) {
	t.Helper()
	calls, release := make(chan struct{}, 1000), make(chan struct{})
	hold := func() error {
		calls <- struct{}{}
		<-release
		return driver.Errorf(driver.Unavailable, "too late")
	}
	b.OnHead = func(context.Context) (driver.Head, error) { return driver.Head{}, hold() }
	b.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) { return nil, hold() }
	b.OnVersions = func(context.Context, string, uint64, int) ([]*driver.Entry, error) { return nil, hold() }
	b.OnFind = func(context.Context, driver.Lookup, string, int) ([]string, string, error) { return nil, "", hold() }
	b.OnChanges = func(context.Context, driver.Cursor, int, time.Duration) (*driver.Batch, error) { return nil, hold() }
	t.Cleanup(func() { close(release) })
	return func() int { return len(calls) }
}

// hurried is a gateway over the ledgers of a world, with little time for each request.
func hurried(t *testing.T, w *gatewaytest.World, budget time.Duration) *gateway.Gateway {
	t.Helper()
	c := w.Config
	c.Budget = budget
	g, err := gateway.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

const little = 300 * time.Millisecond

// prompt fails the test unless work comes to its end not much later than its deadline.
func prompt(t *testing.T, what string, work func()) {
	t.Helper()
	began := time.Now()
	work()
	if took := time.Since(began); took > 10*little {
		t.Errorf("%s took %s, and has %s", what, took, little)
	}
}

// stateAmong is what became of asking a ledger.
func stateAmong(sources []gateway.Source, slug string) (gateway.SourceState, string) {
	i := slices.IndexFunc(sources, func(s gateway.Source) bool { return s.Ledger == slug })
	if i < 0 {
		return "missing", ""
	}
	return sources[i].State, sources[i].Error
}

func wantLate(t *testing.T, what string, sources []gateway.Source) {
	t.Helper()
	if state, code := stateAmong(sources, "trade"); state != gateway.Unavailable || code != string(driver.DeadlineExceeded) {
		t.Errorf("%s: trade is %s %s, want unavailable, deadline-exceeded", what, state, code)
	}
	if state, _ := stateAmong(sources, "cbp"); state != gateway.Answered && state != gateway.Absent {
		t.Errorf("%s: cbp is %s, and was well", what, state)
	}
}

// A driver that never returns takes no answer with it: what the others have is answered when the time is over, and it is
// named.
func TestADriverThatNeverReturnsIsLeftBehind(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	_, entry := fileIn(w)
	id := entry.Record.ID
	w.Decide(entry, "accept", "")
	g := hurried(t, w, little)
	stubborn(t, b)
	prompt(t, "a record", func() {
		answer, err := g.Record(w.Context(), id, gateway.Options{})
		if err != nil || len(answer.Answers) != 1 || answer.Answers[0].State != gateway.Stale {
			t.Fatalf("%+v, %v", answer, err)
		}
		wantLate(t, "a record", answer.Sources)
	})
	prompt(t, "an entry file", func() {
		file, err := g.Entry(w.Context(), id, withDocuments)
		if err != nil || file.Outcome != trust.Undetermined {
			t.Fatalf("%+v, %v", file, err)
		}
		wantLate(t, "an entry file", file.Sources)
	})
	prompt(t, "a search", func() {
		_, err := g.Find(w.Context(), sample.EntryUSMCA)
		if p := problemOf(t, err, gateway.NotFoundSoFar); !slices.Equal(p.Ledgers, []string{"trade"}) {
			t.Errorf("%v", p.Ledgers)
		}
	})
	prompt(t, "a list", func() {
		page, err := g.Records(w.Context(), gateway.Filter{}, gateway.Options{})
		if err != nil || len(page.Records) != 1 || page.Next == "" {
			t.Fatalf("%+v, %v", page, err)
		}
		wantLate(t, "a list", page.Sources)
	})
	prompt(t, "one ledger", func() {
		_, err := g.LedgerRecord(w.Context(), "trade", id, 0, gateway.Options{})
		problemOf(t, err, gateway.Code(driver.DeadlineExceeded))
		_, err = g.LedgerVersions(w.Context(), "trade", id, 0, 0, gateway.Options{})
		problemOf(t, err, gateway.Code(driver.DeadlineExceeded))
	})
	prompt(t, "the ledger's state", func() {
		if _, err := g.Ledger(w.Context(), "trade"); err != nil {
			t.Error(err)
		}
	})
}

// All that a driver which never returns can hold is its own places.
func TestWhatNeverReturnsHoldsNoMoreThanItsPlaces(t *testing.T) {
	const places = 3
	w, b := bent(t, gatewaytest.Options{Limits: adapters.Limits{Concurrency: places, Attempt: little / 3}})
	_, entry := fileIn(w)
	g := hurried(t, w, little)
	held := stubborn(t, b)
	for range 4 * places {
		prompt(t, "a record", func() {
			if _, err := g.Record(w.Context(), entry.Record.ID, gateway.Options{}); err != nil {
				t.Error(err)
			}
		})
	}
	if held() > places {
		t.Errorf("the driver holds %d calls, and has %d places", held(), places)
	}
}

// What a ledger answered in one round says nothing of the next: where it falls silent half way, it is named, and the entry
// is undetermined.
func TestALedgerThatFallsSilentHalfWayIsNamed(t *testing.T) {
	for name, silence := range map[string]func(b *gatewaytest.Bent, summary string, hang func() error){
		"before the linked records": func(b *gatewaytest.Bent, summary string, hang func() error) {
			b.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
				if ref.Key == summary {
					return b.Ledger.Get(ctx, ref)
				}
				return nil, hang()
			}
		},
		"before the older versions": func(b *gatewaytest.Bent, _ string, hang func() error) {
			b.OnVersions = func(context.Context, string, uint64, int) ([]*driver.Entry, error) { return nil, hang() }
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, b := bent(t, gatewaytest.Options{})
			_, entry := fileIn(w)
			g := hurried(t, w, little)
			if _, err := g.Entry(w.Context(), entry.Record.ID, withDocuments); err != nil {
				t.Fatal(err) // its chain of versions is known from now on
			}
			release := make(chan struct{})
			t.Cleanup(func() { close(release) })
			silence(b, entry.Record.ID, func() error {
				<-release
				return driver.Errorf(driver.Unavailable, "too late")
			})
			prompt(t, "an entry file", func() {
				file, err := g.Entry(w.Context(), entry.Record.ID, withDocuments)
				if err != nil || file.Outcome != trust.Undetermined || file.Summary == nil {
					t.Fatalf("%+v, %v", file, err)
				}
				wantLate(t, "an entry file", file.Sources)
			})
		})
	}
}
