package cache

import (
	"sync"

	"github.com/maypok86/otter/v2"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Memory keeps what is known of chains in this process. All that it keeps is bounded by bytes together, and dropped as
// room is needed. It is safe for concurrent use, and ends by itself: it has no goroutine that outlives a call.
type Memory struct {
	cache *otter.Cache[place, item]

	mu      sync.Mutex
	ledgers map[string]*memory
}

// place is where an item is kept: a version of a key of a chain, or, at version 0 and under no chain, what is noted as
// the newest of a key.
type place struct {
	ledger  *memory
	chain   string
	key     string
	version uint64
}

// item is an entry, or a pointer: the version that is the newest, 0 for absence, and the epoch in which that was noted.
type item struct {
	entry   *driver.Entry
	version uint64
	epoch   uint64
}

// NewMemory makes a store of at most about bytes.
func NewMemory(bytes uint64) *Memory {
	return &Memory{
		cache:   otter.Must(&otter.Options[place, item]{MaximumWeight: bytes, Weigher: weigh}),
		ledgers: map[string]*memory{},
	}
}

// For answers the Store of the ledger of a name, the same one for the same name.
func (m *Memory) For(name string) Store {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.ledgers[name]
	if !ok {
		s = &memory{cache: m.cache}
		m.ledgers[name] = s
	}
	return s
}

// Bytes answers about how much is kept.
func (m *Memory) Bytes() uint64 { return m.cache.WeightedSize() }

// The sizes in memory beside the bytes of its strings, measured: an item with its place in otter, and an entry.
const (
	itemSize  = 200
	entrySize = 220
)

// weigh counts the key where it is kept for this item alone: a pointer to an entry shares the entry's.
func weigh(p place, i item) uint32 {
	size := itemSize
	if i.version == 0 {
		size += len(p.key)
	}
	if e := i.entry; e != nil {
		size += entrySize + len(e.Body) + len(e.Author.Evidence) + len(e.Author.ID) + len(e.Tx) + len(e.Cursor)
	}
	return uint32(min(size, 1<<31))
}
