package witness_test

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway/witness"
)

// TestConcurrentSee: whoever reads at the same time, each version is first seen once, and the chain is whole.
func TestConcurrentSee(t *testing.T) {
	l := open(t, memory(t), newClock())
	const readers, records, versions = 8, 5, 6
	var firsts sync.Map
	var all sync.WaitGroup
	for range readers {
		all.Go(func() {
			for v := uint64(1); v <= versions; v++ {
				for r := range records {
					readOnce(t, l, fmt.Sprint("urn:uuid:", r), v, &firsts)
				}
			}
		})
	}
	all.Wait()
	checkWhole(t, l, records*versions)
}

// readOnce shows a version that all readers show in the same order, so that none may be a fork, and none first twice.
func readOnce(t *testing.T, l *witness.Log, id string, version uint64, firsts *sync.Map) {
	seen, err := l.See(named(id, shown(version, fmt.Sprint(version))))
	if err != nil || seen.Forked || seen.Relation == witness.Differs {
		t.Errorf("%s version %d: %+v, %v", id, version, seen, err)
	}
	if seen.Relation != witness.First && seen.Relation != witness.Newer {
		return
	}
	if _, twice := firsts.LoadOrStore(fmt.Sprint(id, version), true); twice {
		t.Errorf("%s version %d was new twice", id, version)
	}
}

// TestAcknowledgedIsNeverForgotten: once somebody was told of a version, nobody is told that an older one is the newest.
func TestAcknowledgedIsNeverForgotten(t *testing.T) {
	l := open(t, memory(t), newClock())
	var writer, readers sync.WaitGroup
	told := make(chan uint64, 1)
	writer.Go(func() {
		for v := uint64(1); v <= 200; v++ {
			mustSee(t, l, shown(v, fmt.Sprint(v)))
			select {
			case told <- v:
			default:
			}
		}
		close(told)
	})
	for range 4 {
		readers.Go(func() {
			for v := range told {
				if seen, err := l.See(shown(v, fmt.Sprint(v))); err != nil || seen.Newest.Version < v {
					t.Errorf("after version %d was known the newest is %d, %v", v, seen.Newest.Version, err)
				}
			}
		})
	}
	writer.Wait()
	readers.Wait()
}

// gated is a store whose writes wait until they are let through.
type gated struct {
	driver.KV
	begun, pass chan struct{}
	mu          sync.Mutex
	writes      int
}

func (g *gated) Apply(changes ...driver.Change) error {
	g.mu.Lock()
	g.writes++
	g.mu.Unlock()
	g.begun <- struct{}{}
	<-g.pass
	return g.KV.Apply(changes...)
}

// TestWritersShareTheDisk: those who come while a write is under way all go with the next one; and who shows what is
// known waits for nobody.
func TestWritersShareTheDisk(t *testing.T) {
	kv := &gated{KV: memory(t), begun: make(chan struct{}, 100), pass: make(chan struct{})}
	l := open(t, kv, newClock())
	var all sync.WaitGroup
	all.Go(func() { mustSee(t, l, shown(1, "a")) })
	<-kv.begun
	kv.pass <- struct{}{}
	all.Wait()

	all.Go(func() { mustSee(t, l, named("urn:uuid:first", shown(1, "a"))) })
	<-kv.begun
	const others = 20
	for n := range others {
		all.Go(func() { mustSee(t, l, named(fmt.Sprint("urn:uuid:", n), shown(1, "a"))) })
	}
	for deadline := time.Now().Add(10 * time.Second); l.Waiting() < others && time.Now().Before(deadline); {
		runtime.Gosched()
	}
	if seen := mustSee(t, l, shown(1, "a")); seen.Relation != witness.Same {
		t.Errorf("known while a write is under way: %s", seen.Relation)
	}
	close(kv.pass)
	all.Wait()
	if kv.writes != 3 {
		t.Errorf("%d writes, want one for the first, one for the second and one for the rest", kv.writes)
	}
	checkWhole(t, l, others+2)
}
