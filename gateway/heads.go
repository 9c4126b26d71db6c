package gateway

import (
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/trust"
)

// heads remembers the newest block of each ledger that any answer showed. An age is measured against it, on the chain's
// own clock. The zero value is ready.
type heads struct {
	mu sync.RWMutex
	by map[string]trust.AsOf
}

// see notes a block of a ledger.
func (h *heads) see(slug string, block trust.AsOf) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.by == nil {
		h.by = map[string]trust.AsOf{}
	}
	if old, ok := h.by[slug]; !ok || block.Height > old.Height {
		h.by[slug] = block
	}
}

// of answers the newest block known of a ledger, nil if none is.
func (h *heads) of(slug string) *trust.AsOf {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if newest, ok := h.by[slug]; ok {
		return &newest
	}
	return nil
}

// aged says how old the state of its ledger is that an answer speaks of.
func (h *heads) aged(slug string, at trust.AsOf, now time.Time) trust.AsOf {
	h.mu.RLock()
	newest := h.by[slug]
	h.mu.RUnlock()
	if at.Height > newest.Height {
		h.see(slug, at)
	}
	return at.Aged(newest.ChainTime, now)
}
