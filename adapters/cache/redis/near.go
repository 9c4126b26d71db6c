package redis

import (
	"context"

	"github.com/maypok86/otter/v2"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// near keeps entries in this process, so that a pointer is all that is asked of Redis. It decides nothing: what it holds is
// used where a pointer, or a chain's id with a version, says so.
type near struct {
	cache *otter.Cache[at, held]
}

// at is a version of a key of a chain, of one ledger.
type at struct {
	ledger, chain, key string
	version            uint64
}

type held struct {
	entry  *driver.Entry
	digest digest
}

func newNear(bytes uint64) *near {
	return &near{otter.Must(&otter.Options[at, held]{MaximumWeight: bytes, Weigher: weigh})}
}

// itemSize is the size in memory of what is kept beside the bytes of its strings, about.
const itemSize = 700

func weigh(p at, h held) uint32 {
	e := h.entry
	size := itemSize + len(p.key) + len(e.Body) + len(e.Author.Evidence) + len(e.Author.ID) + len(e.Tx) + len(e.Cursor)
	return uint32(min(size, 1<<31))
}

// entry answers a version, from here or from Redis; nil where it is in neither. A digest that is not nil is the one that it
// must have.
func (s *store) entry(ctx context.Context, p at, want *digest) (*driver.Entry, error) {
	h, ok := s.near.cache.GetIfPresent(p)
	if ok && (want == nil || h.digest == *want) {
		return h.entry, nil
	}
	sealed, found, err := s.value(ctx, s.breaker, s.names.entry(p.chain, p.key, p.version))
	if err != nil || !found {
		return nil, err
	}
	return s.opened(p, sealed, want), nil
}

// opened reads an entry from Redis, and keeps it near.
func (s *store) opened(p at, sealed string, want *digest) *driver.Entry {
	value, ok := s.names.unlock(sealed, "entry", p.chain, p.key, number(p.version))
	if !ok {
		s.trouble.lie("an entry")
		return nil
	}
	got := digestOf(value)
	if want != nil && got != *want {
		return nil // it was kept again since, in another form
	}
	e, ok := entryOf(value)
	if !ok || e.Key != p.key || e.Version != p.version {
		s.trouble.lie("an entry")
		return nil
	}
	s.near.cache.Set(p, held{e, got})
	return e
}

// put is an entry on its way to Redis. One that is too large for that has no value.
type put struct {
	at     at
	digest digest
	name   string
	sealed string
}

// put keeps an entry near, and gives what Redis is to keep.
func (s *store) put(chainID string, e *driver.Entry) put {
	value := entryBytes(e)
	p := put{at: at{s.names.ledger, chainID, e.Key, e.Version}, digest: digestOf(value)}
	p.name = s.names.entry(chainID, e.Key, e.Version)
	s.near.cache.Set(p.at, held{e, p.digest})
	if len(value) <= maxValue {
		p.sealed = s.names.lock(value, "entry", chainID, e.Key, number(e.Version))
	}
	return p
}
