package gateway_test

import (
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
)

// Two hundred who wait cost a ledger little more than one: it is followed once, and what is new is read for all of them.
func TestManyWhoWatchCostALedgerLittle(t *testing.T) {
	w, f := flapping(t)
	put(w, "trade")
	const crowd = 200
	watches := make([]*gateway.Watch, crowd)
	for i := range watches {
		watches[i] = watching(t, w.Gateway, gateway.EventFilter{After: gateway.Now})
	}
	for round := range 3 {
		told := make(chan string, crowd)
		var waiting, done sync.WaitGroup
		for _, watch := range watches {
			waiting.Add(1)
			done.Go(func() {
				next(t, watch, 0)
				waiting.Done()
				p := next(t, watch, time.Minute)
				for _, e := range p.Events {
					told <- e.ID
				}
			})
		}
		waiting.Wait()
		before := f.asked.Load()
		id := put(w, "trade")
		done.Wait()
		close(told)
		n := 0
		for got := range told {
			n++
			if got != id {
				t.Errorf("round %d: told of %s, want %s", round, got, id)
			}
		}
		if cost := f.asked.Load() - before; n != crowd || cost > 20 {
			t.Errorf("round %d: %d were told, by %d questions", round, n, cost)
		}
	}
	if most := f.mostest.Load(); most > 1 {
		t.Errorf("the ledger was followed %d times at once", most)
	}
}

// Where a ledger's cache is followed, one question waits for both. They come together within a few changes, since they may
// have begun at different times, and stay so.
func TestACachedLedgerIsFollowedOnce(t *testing.T) {
	w, f := flappingIn(t, gatewaytest.Options{MaxAge: 5 * time.Second})
	put(w, "trade")
	watch := watching(t, w.Gateway, gateway.EventFilter{After: gateway.Now})
	next(t, watch, 0)
	for round, together := 0, 0; together < 20; round++ {
		f.mostest.Store(0)
		id := put(w, "trade")
		if p := next(t, watch, time.Minute); len(p.Events) != 1 || p.Events[0].ID != id {
			t.Fatalf("round %d: %+v, want %s", round, p, id)
		}
		if together++; f.mostest.Load() > 1 {
			together = 0
		}
		if round > 300 {
			t.Fatal("the ledger is followed twice at once")
		}
	}
}

// Who leaves ends nothing for the others, and the last to leave ends everything; the package's test for leaks sees it.
func TestTheLastWhoLeavesEndsTheTail(t *testing.T) {
	w, f := flapping(t)
	first, err := w.Gateway.Watch(t.Context(), gateway.EventFilter{After: gateway.Now})
	if err != nil {
		t.Fatal(err)
	}
	next(t, first, 0)
	second := watching(t, w.Gateway, gateway.EventFilter{After: gateway.Now})
	first.Close()
	id := put(w, "trade")
	if p := next(t, second, time.Minute); len(p.Events) != 1 || p.Events[0].ID != id {
		t.Errorf("%+v", p)
	}
	second.Close()
	second.Close()
	if n := f.waiting.Load(); n != 0 {
		t.Errorf("%d still wait", n)
	}
	asked := f.asked.Load()
	put(w, "trade")
	if n := f.asked.Load(); n != asked {
		t.Errorf("asked %d times after everybody left", n-asked)
	}
}
