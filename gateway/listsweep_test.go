package gateway_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
)

// Page sizes times what a ledger does between pages, while somebody writes to every ledger: each version that stood when the
// walk began comes once, none comes twice, and each ledger keeps its order.
func TestAWalkThroughGrowingAndFlappingLedgersIsWhole(t *testing.T) {
	w, f := flappingWithin(t, adapters.Limits{Tries: 1, Failures: 1 << 20}) // each page asks the ledger, and asks it once
	stood := map[string]bool{}
	for _, slug := range []string{"trade", "cbp", "trade", "trade", "cbp"} {
		stood[put(w, slug)] = true
	}
	for _, limit := range []int{1, 2, 3, 7} {
		for _, period := range []int{1, 2, 3} {
			t.Run(fmt.Sprintf("pages of %d, a flap every %d", limit, period), func(t *testing.T) {
				came := walk(t, w, f, limit, period)
				for id := range stood {
					if came[id] != 1 {
						t.Errorf("%s came %d times", id, came[id])
					}
				}
				for id, n := range came {
					if n > 1 {
						t.Errorf("%s came %d times", id, n)
					}
					stood[id] = true
				}
			})
		}
	}
}

// walk pages to the end; the first pages are read while a writer writes, and trade is down in every so manyth page.
func walk(t *testing.T, w *gatewaytest.World, f *flap, limit, period int) map[string]int {
	t.Helper()
	made := []gatewaytest.Filed{certificateFor(w, "trade"), certificateFor(w, "cbp"), certificateFor(w, "trade")}
	var writing sync.WaitGroup
	writing.Go(func() {
		for i, m := range made {
			w.Write([]string{"trade", "cbp", "trade"}[i], m.Record.ID, m.Record)
		}
	})
	defer writing.Wait()
	defer f.state.Store(well)
	came, filter := map[string]int{}, gateway.Filter{Limit: limit}
	for page := range 400 {
		f.state.Store(well)
		if page%(period+1) == period {
			f.state.Store(refusing)
		}
		p, err := w.Gateway.Records(w.Context(), filter, gateway.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range p.Records {
			came[a.ID]++
		}
		if p.Next == "" {
			return came
		}
		filter.After = p.Next
	}
	t.Fatal("the pages do not end")
	return nil
}

// Several ledgers that swallow questions cost a page the time of one.
func TestAPageWaitsForTheSlowestAndNotForEach(t *testing.T) {
	also := map[string]driver.Ledger{}
	for _, slug := range []string{"a", "b", "d"} {
		f := &flap{Ledger: memory.New(memory.Options{ForTesting: true})}
		f.state.Store(swallowing)
		also[slug] = f
	}
	limits := adapters.Limits{Budget: 1500 * time.Millisecond, Attempt: 1500 * time.Millisecond, Concurrency: 64}
	w := gatewaytest.New(t, gatewaytest.Options{Also: also, Limits: limits})
	id := put(w, "cbp")
	begun := time.Now()
	page, err := w.Gateway.Records(w.Context(), gateway.Filter{}, gateway.Options{})
	took := time.Since(begun)
	if err != nil || len(page.Records) != 1 || page.Records[0].ID != id || page.Next == "" {
		t.Fatalf("%+v, %v", page, err)
	}
	if took > 2*limits.Budget {
		t.Errorf("%s, want about the budget of one ledger, %s", took, limits.Budget)
	}
}
