package gateway

import (
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/trust"
)

// heads remembers the newest final block of each ledger that any answer showed, and when it did. An age is measured
// against it, on the chain's own clock. The zero value is ready.
type heads struct {
	mu sync.RWMutex
	by map[string]head
}

// head is a block, and when this gateway first saw it. Only the time that has passed since is ever taken from at.
type head struct {
	block trust.AsOf
	at    time.Time
}

// age is how old an older state of the ledger is: on the chain's own clock up to the block, and from then on by the time
// that has passed here, for a ledger that is silent tells no time.
func (h head) age(at trust.AsOf, now time.Time) trust.AsOf {
	return at.Aged(h.block.ChainTime, now.Sub(h.at))
}

// see notes a block of a ledger. One that may still go away is none to measure by.
func (h *heads) see(slug string, block trust.AsOf, now time.Time) {
	if newest, known := h.newest(slug); !block.Final || known && block.Height <= newest.block.Height {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.by == nil {
		h.by = map[string]head{}
	}
	if newest, known := h.by[slug]; !known || block.Height > newest.block.Height {
		h.by[slug] = head{block, now}
	}
}

func (h *heads) newest(slug string) (newest head, known bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	newest, known = h.by[slug]
	return newest, known
}

// of answers the newest block known of a ledger with its age, nil if none is.
func (h *heads) of(slug string, now time.Time) *trust.AsOf {
	newest, known := h.newest(slug)
	if !known {
		return nil
	}
	at := newest.age(newest.block, now)
	return &at
}

// aged says how old the state of its ledger is that an answer speaks of. It was read now, so that its age is no more than
// what the chain is known to have gone on since.
func (h *heads) aged(slug string, at trust.AsOf, now time.Time) trust.AsOf {
	h.see(slug, at, now)
	newest, _ := h.newest(slug)
	return at.Aged(newest.block.ChainTime, 0)
}

// remembered says how old something is that was witnessed at a block, and that its ledger does not show now.
func (h *heads) remembered(slug string, at trust.AsOf, witnessed, now time.Time) trust.AsOf {
	newest, known := h.newest(slug)
	if !known || newest.block.Height < at.Height {
		newest = head{at, witnessed}
	}
	return newest.age(at, now)
}
