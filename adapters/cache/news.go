package cache

import (
	"context"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// news lets whoever stands where the follower stands wait for what the follower is told next, in the place of a question of
// his own. It is the chain's answer to that very question, or none: then he asks for himself, and misses nothing.
type news struct {
	mu   sync.Mutex
	next *telling // nil: the follower asks nothing
}

// telling is what comes after one place of the chain.
type telling struct {
	after driver.Cursor
	done  chan struct{} // closed when it is known whether there is a batch
	batch *driver.Batch // nil: there is none to be had here
}

// asks notes from where the follower goes on. Those who wait elsewhere have waited in vain.
func (n *news) asks(after driver.Cursor) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.next == nil || n.next.after != after {
		n.end(nil, &telling{after: after, done: make(chan struct{})})
	}
}

// told gives a batch, which was applied, to those who wait for it. The follower goes on right behind it: nobody may come
// too early. With nothing new they wait on.
func (n *news) told(b *driver.Batch) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.next != nil && b.Next != n.next.after {
		n.end(b, &telling{after: b.Next, done: make(chan struct{})})
	}
}

// none has nobody wait any more: the follower cannot go on now, or has ended.
func (n *news) none() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.end(nil, nil)
}

// end tells those who wait, and begins anew. The caller holds mu.
func (n *news) end(b *driver.Batch, next *telling) {
	if n.next != nil {
		n.next.batch = b
		close(n.next.done)
	}
	n.next = next
}

// after waits for what comes after a place. It is nil where the follower does not stand there, or is told nothing in time.
func (n *news) after(ctx context.Context, at driver.Cursor, wait time.Duration) *driver.Batch {
	n.mu.Lock()
	next := n.next
	n.mu.Unlock()
	if wait <= 0 || next == nil || next.after != at {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-next.done:
		return copied(next.batch)
	case <-timer.C:
	case <-ctx.Done():
	}
	return nil
}

// copied is a batch whose entries belong to the caller.
func copied(b *driver.Batch) *driver.Batch {
	if b == nil {
		return nil
	}
	c := *b
	c.Entries = make([]*driver.Entry, len(b.Entries))
	for i, e := range b.Entries {
		c.Entries[i] = e.Clone()
	}
	return &c
}
