package gateway

import (
	"context"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// tails are the ledgers that somebody waits for. Each is followed once, from the first who waits to the last. The zero
// value is ready.
type tails struct {
	mu sync.Mutex
	by map[string]*tail
}

// tail is the end of one ledger, shared by all who wait for its news: who is told of them, and what was read lately.
type tail struct {
	*Gateway
	member Member
	ctx    context.Context
	end    context.CancelFunc
	work   sync.WaitGroup
	users  int // guarded by tails.mu

	mu    sync.Mutex
	bells map[chan struct{}]bool
	place *driver.Cursor // up to where everything was told; nil until the ledger was reached
	sick  error          // why it cannot be followed now
	round uint64         // grows with every news: a read that found nothing before it is worth nothing after
	reads map[driver.Cursor]*read
}

// join has a bell rung at every news of a ledger. What ctx holds goes along when the ledger is asked, its end does not.
func (g *Gateway) join(ctx context.Context, m Member, bell chan struct{}) *tail {
	g.tails.mu.Lock()
	defer g.tails.mu.Unlock()
	t := g.tails.by[m.Slug()]
	if t == nil {
		t = &tail{Gateway: g, member: m, bells: map[chan struct{}]bool{}, reads: map[driver.Cursor]*read{}}
		t.ctx, t.end = context.WithCancel(context.WithoutCancel(ctx))
		if g.tails.by == nil {
			g.tails.by = map[string]*tail{}
		}
		g.tails.by[m.Slug()] = t
		t.work.Go(func() { followLedger(t.ctx, m, t) })
	}
	t.users++
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bells[bell] = true
	return t
}

// leave ends that. The last to leave waits until nothing is asked any more.
func (g *Gateway) leave(t *tail, bell chan struct{}) {
	t.mu.Lock()
	delete(t.bells, bell)
	t.mu.Unlock()
	g.tails.mu.Lock()
	t.users--
	last := t.users == 0
	if last {
		delete(g.tails.by, t.member.Slug())
	}
	g.tails.mu.Unlock()
	if last {
		t.end()
		t.work.Wait()
	}
}

// begun notes where the ledger stands. Who read before does not know what came in between, and reads again.
func (t *tail) begun(at driver.Cursor) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.place, t.sick = &at, nil
	t.stir()
}

// moved keeps what came for those who wait at the same place, and tells everybody.
func (t *tail) moved(after driver.Cursor, batch *adapters.Batch) {
	t.mu.Lock()
	defer t.mu.Unlock()
	well := t.sick == nil
	t.place, t.sick = &batch.Next, nil
	t.forget()
	if batch.Next == after && well {
		return
	}
	t.stir()
	r := &read{done: make(chan struct{}), round: t.round, since: time.Now()}
	r.run, r.next, r.err = t.runOf(batch)
	close(r.done)
	t.reads[after] = r
}

func (t *tail) failed(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sick = err
	t.ring()
}

// stir makes what was found empty be read again. The caller holds mu.
func (t *tail) stir() {
	t.round++
	t.ring()
}

// ring wakes everybody. The caller holds mu.
func (t *tail) ring() {
	for bell := range t.bells {
		select {
		case bell <- struct{}{}:
		default: // is awake already
		}
	}
}

// stands says up to where everything was told, nil where that is not known; and why the ledger cannot be followed now.
func (t *tail) stands() (*driver.Cursor, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.place, t.sick
}
