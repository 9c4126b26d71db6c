package ethereum_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// TestReadsWhileTheChainGoesOn: readers of the newest block and of final ones read while blocks come and become final. None
// is told that logs are missing because the index went on while it read.
func TestReadsWhileTheChainGoesOn(t *testing.T) {
	c, _ := twoVersions(t)
	l := c.reader(via(c.url), c.contract, `, "finality": {"confirmations": 1}`)
	c.grow(1)
	wantBody(t, l, "a", "second", 2)
	var done atomic.Bool
	var readers sync.WaitGroup
	for i := range 8 {
		readers.Go(func() {
			for !done.Load() {
				e, err := l.Get(within(t), driver.Ref{Key: key32("a"), Finality: []driver.Finality{driver.Latest, driver.Final}[i%2]})
				if code := driver.CodeOf(err); code != "" && code != driver.NotReady || err == nil && (e.Version != 2 || e.Contradiction != "") {
					t.Errorf("%+v, %v", e, err)
					return
				}
			}
		})
	}
	for n := range 60 {
		c.send(&c.contract, appended(fmt.Sprint("key ", n), 0, "body"))
	}
	done.Store(true)
	readers.Wait()
	c.grow(1)
	if got := bodies(t, l); len(got) != 62 {
		t.Errorf("%d changes, want 62", len(got))
	}
}
