package redis

import (
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/sony/gobreaker/v2"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// store is what is kept of one ledger.
type store struct {
	*Redis
	names   names
	breaker *gobreaker.CircuitBreaker[any] // its own: another ledger may stand on another node of a cluster
	clock   clock
	looks   looks
	table   atomic.Pointer[table] // as it was read last

	mu   sync.Mutex
	mine *following // nil unless this one follows
}

var _ cache.Store = (*store)(nil)

// table is a table of touches with its hash.
type table struct {
	touches *touches
	sum     [32]byte
}

func (t *table) id() string {
	if t == nil {
		return ""
	}
	return hex.EncodeToString(t.sum[:8])
}

func (s *store) State(ctx context.Context) (cache.State, error) {
	seen, err := s.look(ctx, "")
	if err != nil {
		return cache.State{}, err
	}
	return s.state(seen), nil
}

func (s *store) Newest(ctx context.Context, key string) (cache.Pointer, cache.State, error) {
	name, bucket := s.names.pointer(key)
	seen, err := s.look(ctx, name)
	if err != nil || seen.view == nil {
		return cache.Pointer{}, cache.State{}, err
	}
	st := s.state(seen)
	p, ok := s.pointer(seen, key, bucket)
	if !ok {
		return cache.Pointer{}, st, nil
	}
	if p.version == 0 {
		return cache.Pointer{Known: true, Absent: true}, st, nil
	}
	e, err := s.entry(ctx, at{s.names.ledger, seen.view.chainID, key, p.version}, &p.entry)
	return cache.Pointer{Known: e != nil, Entry: e}, st, err
}

// pointer opens the pointer that was seen of a key; false where there is none, or none of now.
func (s *store) pointer(seen sight, key string, bucket uint16) (pointer, bool) {
	if seen.pointer == "" {
		return pointer{}, false
	}
	value, ok := s.names.unlock(seen.pointer, "pointer", key)
	p, whole := pointerOf(value)
	if !ok || !whole {
		s.trouble.lie("a pointer")
		return pointer{}, false
	}
	return p, p.era == seen.view.era && seen.view.holds(p, bucket)
}

func (s *store) Version(ctx context.Context, chainID, key string, version uint64) (*driver.Entry, error) {
	return s.entry(ctx, at{s.names.ledger, chainID, key, version}, nil)
}

func (s *store) Keep(ctx context.Context, chainID string, e *driver.Entry) error {
	p := s.put(chainID, e)
	if p.sealed == "" {
		return nil
	}
	_, err := s.soon(ctx, func(ctx context.Context) (any, error) {
		return nil, s.client.Set(ctx, p.name, p.sealed, s.o.Life).Err()
	})
	return err
}

// Fill needs no step of its own with what is applied meanwhile: it notes the count that was seen, and whoever reads it
// holds that against the table.
func (s *store) Fill(ctx context.Context, seen cache.State, key string, e *driver.Entry) error {
	was, ok := s.looks.of(seen.Touched)
	if !ok || was.epoch != seen.Epoch {
		return nil
	}
	p, kept := pointer{era: was.era, count: was.count}, put{}
	if e != nil {
		kept = s.put(seen.ChainID, e)
		p.version, p.entry = e.Version, kept.digest
	}
	name, _ := s.names.pointer(key)
	keys := []string{s.names.state(), name, s.names.entry(seen.ChainID, key, p.version)}
	_, err := s.soon(ctx, func(ctx context.Context) (any, error) {
		return fillScript.Run(ctx, s.client, keys, p.era.text(), p.count, p.version, s.names.lock(p.bytes(), "pointer", key),
			was.forgotten, s.life(), kept.sealed).Result()
	})
	return err
}

// rememberForgotten is for how long a Fill is refused whose reader looked before the key was forgotten: no question to a
// chain takes so long.
const rememberForgotten = 10 * 60 * 1000 // milliseconds

func (s *store) Forget(ctx context.Context, key string) error {
	name, _ := s.names.pointer(key)
	_, err := s.soon(ctx, func(ctx context.Context) (any, error) {
		return forgetScript.Run(ctx, s.client, []string{s.names.state(), name}, rememberForgotten).Result()
	})
	return err
}

func (s *store) life() int64 { return s.o.Life.Milliseconds() }

// sight is what Redis showed at a moment.
type sight struct {
	moment
	view    *view // nil where nobody has begun
	pointer string
	token   uint64 // of the lease
}

// look reads the place, and a pointer unless it has no name, both of one moment.
func (s *store) look(ctx context.Context, pointer string) (sight, error) {
	keys := []string{s.names.state()}
	if pointer != "" {
		keys = append(keys, pointer)
	}
	have, asked := s.table.Load(), s.o.Now()
	answer, err := s.soon(ctx, func(ctx context.Context) (any, error) {
		return lookScript.Run(ctx, s.client, keys, have.id()).Result()
	})
	if err != nil {
		return sight{}, err
	}
	parts, err := list(answer, 7)
	if err != nil {
		return sight{}, err
	}
	m, ok := s.heard(asked, parts[0], parts[1])
	if !ok {
		return sight{}, fmt.Errorf("%w: the time", wrongAnswer)
	}
	token, _ := strconv.ParseUint(text(parts[5]), 10, 64)
	return sight{m, s.opens(text(parts[2]), text(parts[3]), text(parts[4]), have), text(parts[6]), token}, nil
}

// opens opens the place; nil where there is none that a gateway put there.
func (s *store) opens(sealed, touched, forgotten string, have *table) *view {
	if sealed == "" {
		return nil
	}
	value, ok := s.names.unlock(sealed, "place")
	if !ok {
		s.trouble.lie("a place")
		return nil
	}
	p, ok := placeOf(value)
	if ok && (have == nil || have.sum != p.touches) {
		have = s.touched(touched, p.touches)
	}
	if !ok || have == nil {
		s.trouble.lie("a place or its table")
		return nil
	}
	if n, err := strconv.ParseUint(forgotten, 10, 53); err != nil || strconv.FormatUint(n, 10) != forgotten {
		forgotten = "0"
	}
	return &view{p, have.touches, forgotten}
}

func (s *store) touched(value string, sum [32]byte) *table {
	t, ok := touchesOf(value, sum)
	if !ok {
		return nil
	}
	read := &table{t, sum}
	s.table.Store(read)
	return read
}

// state says what was seen, by the clock here.
func (s *store) state(seen sight) cache.State {
	v := seen.view
	if v == nil {
		return cache.State{}
	}
	st := cache.State{Epoch: v.epoch, ChainID: v.chainID, Progress: v.to}
	st.At = s.when(v.place, seen.moment)
	st.Touched = s.looks.note(look{v.era, v.epoch, v.count, v.forgotten})
	return st
}
