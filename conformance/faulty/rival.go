package faulty

import (
	"context"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var rivalFaults = []Fault{{
	Name: "checks-then-writes", Breaks: "Promises cas, looks at the version, and then writes whatever it is by then.",
	Caught: "write/one-of-many-writers-wins",
	bend:   checksThenWrites,
}, {
	Name: "one-writer-at-a-time", Breaks: "Refuses whoever writes while another does, be it to another key.",
	Caught: "write/many-writers-of-many-keys",
	bend:   oneWriterAtATime,
}}

// crowd is where writers meet.
type crowd chan struct{}

// meet waits for another one, or for a moment.
func (c crowd) meet() {
	moment := time.NewTimer(20 * time.Millisecond)
	defer moment.Stop()
	select {
	case c <- struct{}{}:
	case <-c:
	case <-moment.C:
	}
}

func checksThenWrites(b *bent) {
	c := make(crowd)
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		if w.Key == "" || len(w.Body) == 0 || b.stands(ctx, w.Key) != w.Expect {
			return b.Ledger.Append(ctx, w)
		}
		c.meet()
		return b.push(ctx, w)
	}
}

// push writes on top of what stands there, until that succeeds.
func (b *bent) push(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	other := *w
	for {
		r, err := b.Ledger.Append(ctx, &other)
		if driver.CodeOf(err) != driver.Conflict {
			return r, err
		}
		other.Expect = b.stands(ctx, w.Key)
	}
}

func oneWriterAtATime(b *bent) {
	var busy sync.Mutex
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		if !busy.TryLock() {
			return nil, driver.Errorf(driver.Conflict, "another write is under way")
		}
		defer busy.Unlock()
		moment := time.NewTimer(5 * time.Millisecond)
		defer moment.Stop()
		<-moment.C // as a slow chain does
		return b.Ledger.Append(ctx, w)
	}
}
