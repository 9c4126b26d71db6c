package cachetest

import (
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Random plays questions, batches, new epochs and whatever else befalls a store in any order, on a chain of a few keys,
// and holds after each step that no key's newest is older than the block of the state that it came with.
func Random(t *testing.T, open Open) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &played{t: rt, store: open(t), written: map[string][]uint64{}}
		m.lease, _ = m.store.Lead(t.Context(), cache.Lease{}, leaseTime)
		m.begin(rt)
		rt.Repeat(map[string]func(*rapid.T){
			"": m.hold, "write": m.write, "ask": m.ask, "answer": m.answer, "batch": m.batch, "begin": m.begin, "forget": m.forget,
		})
	})
}

// played is a chain, in the place of the real one, with what was asked of it.
type played struct {
	t     *rapid.T
	store cache.Store
	lease cache.Lease

	blocks  []*driver.Entry     // block n holds the entry n-1
	written map[string][]uint64 // of each key, the block of each version
	at      cache.Progress
	applied int // blocks that the follower has come to
	asked   []question
}

// question is one that was put to a node, with what that answers.
type question struct {
	seen  cache.State
	key   string
	entry *driver.Entry
}

func (m *played) key(t *rapid.T) string {
	return rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "key")
}

func (m *played) head() uint64 { return uint64(len(m.blocks)) }

// versionAt is the newest version of a key in a block, 0 before the first.
func (m *played) versionAt(key string, height uint64) uint64 {
	n := uint64(0)
	for _, block := range m.written[key] {
		if block <= height {
			n++
		}
	}
	return n
}

func (m *played) write(t *rapid.T) {
	key := m.key(t)
	e := entry(key, m.versionAt(key, m.head())+1)
	e.Height = m.head() + 1
	m.blocks = append(m.blocks, e)
	m.written[key] = append(m.written[key], e.Height)
}

// ask puts a question to a node that may lag, though not behind the block that it is pinned to.
func (m *played) ask(t *rapid.T) {
	seen, err := m.store.State(m.t.Context())
	if err != nil || seen.Behind {
		return
	}
	q := question{seen: seen, key: m.key(t)}
	node := rapid.Uint64Range(seen.Block.Height, m.head()).Draw(t, "node")
	if v := m.versionAt(q.key, node); v > 0 {
		q.entry = entry(q.key, v)
		q.entry.Height = m.written[q.key][v-1]
	}
	m.asked = append(m.asked, q)
}

func (m *played) answer(t *rapid.T) {
	if len(m.asked) == 0 {
		return
	}
	i := rapid.IntRange(0, len(m.asked)-1).Draw(t, "question")
	q := m.asked[i]
	m.asked = append(m.asked[:i:i], m.asked[i+1:]...)
	m.must(m.store.Fill(m.t.Context(), q.seen, q.key, q.entry))
}

func (m *played) batch(t *rapid.T) {
	to := rapid.IntRange(m.applied, len(m.blocks)).Draw(t, "up to")
	next := m.at
	next.Cursor = cursor(to)
	if next.Behind = to < len(m.blocks); !next.Behind {
		next.Block, next.At = m.block(), time.Now()
	}
	m.must(m.store.Apply(m.t.Context(), m.lease, m.at.Cursor, m.blocks[m.applied:to], next))
	m.at, m.applied = next, to
}

func (m *played) begin(*rapid.T) {
	m.at, m.applied = cache.Progress{Cursor: cursor(len(m.blocks)), Block: m.block(), At: time.Now()}, len(m.blocks)
	m.must(m.store.Begin(m.t.Context(), m.lease, chain, m.at))
}

func (m *played) forget(t *rapid.T) { m.must(m.store.Forget(m.t.Context(), m.key(t))) }

func (m *played) block() driver.Block { return driver.Block{Height: m.head(), Hash: "hash"} }

func cursor(blocks int) driver.Cursor { return driver.Cursor("after " + strconv.Itoa(blocks)) }

func (m *played) must(err error) {
	if err != nil {
		m.t.Fatal(err)
	}
}

// hold holds what must always be.
func (m *played) hold(t *rapid.T) {
	for _, key := range []string{"a", "b", "c"} {
		p, s, err := m.store.Newest(t.Context(), key)
		m.must(err)
		if !p.Known {
			continue
		}
		version := uint64(0)
		if p.Entry != nil {
			version = p.Entry.Version
		}
		if oldest := m.versionAt(key, s.Block.Height); version < oldest || version > m.versionAt(key, m.head()) {
			t.Fatalf("version %d of %s with block %d, in which version %d stands", version, key, s.Block.Height, oldest)
		}
	}
}
