package cache

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// mostBeyond is how many keys are remembered whose newest the follower has not come to yet.
const mostBeyond = 4096

// beyond remembers the blocks of what is known of keys already, by a write or a read through this gateway, until the
// follower has come to them: until then a pointer may be of before.
type beyond struct {
	some atomic.Bool // saves readers the lock
	mu   sync.Mutex
	at   map[string]uint64
}

func (b *beyond) note(key string, height uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.at == nil || len(b.at) >= mostBeyond {
		b.at = map[string]uint64{}
	}
	b.at[strings.Clone(key)] = max(b.at[key], height) // key may be a part of a whole request
	b.some.Store(true)
}

// height answers the block of what is known of a key, 0 where none is remembered.
func (b *beyond) height(key string) uint64 {
	if !b.some.Load() {
		return 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.at[key]
}

// hides reports whether a key is known to stand above a block that the follower has come to, and above an entry that is
// noted as its newest, nil for none. What the follower has come to is remembered no longer.
func (b *beyond) hides(key string, followed uint64, newest *driver.Entry) bool {
	if !b.some.Load() {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	height, ok := b.at[key]
	if ok && height <= followed {
		delete(b.at, key)
		b.some.Store(len(b.at) > 0)
	}
	return height > followed && (newest == nil || newest.Height < height)
}
