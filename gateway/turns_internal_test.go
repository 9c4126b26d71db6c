package gateway

import (
	"context"
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

func TestOneAtATimeHasTheTurnOfAName(t *testing.T) {
	var turns turns
	var wg sync.WaitGroup
	inside := 0 // unguarded: the race detector sees two at a time
	for range 50 {
		wg.Go(func() {
			done, err := turns.take(t.Context(), "", "a caller's key", "a record")
			if err != nil {
				t.Error(err)
				return
			}
			inside++
			done()
		})
	}
	wg.Wait()
	if inside != 50 || len(turns.queue) != 0 {
		t.Errorf("%d had their turn, and %d names are kept; want 50 and none", inside, len(turns.queue))
	}
}

func TestOtherNamesAreNotWaitedFor(t *testing.T) {
	var turns turns
	done, _ := turns.take(t.Context(), "one record")
	defer done()
	other, err := turns.take(t.Context(), "another record")
	if err != nil {
		t.Fatal(err)
	}
	other()
}

func TestWhoWaitsMayGoAway(t *testing.T) {
	var turns turns
	done, _ := turns.take(t.Context(), "record")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := turns.take(ctx, "key", "record"); driver.CodeOf(err) != driver.Canceled {
		t.Errorf("%v, want %s", err, driver.Canceled)
	}
	done()
	again, err := turns.take(t.Context(), "key", "record")
	if err != nil {
		t.Fatal(err)
	}
	again()
	if len(turns.queue) != 0 {
		t.Errorf("names are kept that nobody waits for: %v", turns.queue)
	}
}
