package cache

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// memory is what Memory knows of one chain. The state, and every pointer with it, changes under the lock.
type memory struct {
	cache *otter.Cache[place, item]

	mu      sync.RWMutex
	state   State
	touched touched
	lease   Lease
	until   time.Time // when the lease runs out
}

var _ Store = (*memory)(nil)

func (m *memory) State(context.Context) (State, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.state, nil
}

func (m *memory) Newest(_ context.Context, key string) (Pointer, State, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	noted, ok := m.cache.GetIfPresent(m.pointer(key))
	if !ok || noted.epoch != m.state.Epoch {
		return Pointer{}, m.state, nil
	}
	if noted.version == 0 {
		return Pointer{Known: true, Absent: true}, m.state, nil
	}
	e := m.version(m.state.ChainID, key, noted.version)
	return Pointer{Known: e != nil, Entry: e}, m.state, nil
}

func (m *memory) Version(_ context.Context, chainID, key string, version uint64) (*driver.Entry, error) {
	return m.version(chainID, key, version), nil
}

func (m *memory) version(chainID, key string, version uint64) *driver.Entry {
	at, _ := m.cache.GetIfPresent(place{m, chainID, key, version})
	return at.entry
}

func (m *memory) Keep(_ context.Context, chainID string, e *driver.Entry) error {
	m.keep(chainID, e)
	return nil
}

func (m *memory) keep(chainID string, e *driver.Entry) {
	m.cache.Set(place{m, chainID, e.Key, e.Version}, item{entry: e})
}

func (m *memory) Fill(_ context.Context, seen State, key string, e *driver.Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if seen.Epoch != m.state.Epoch || m.touched.since(seen.Touched, key) {
		return nil
	}
	m.note(key, e)
	return nil
}

// note points to e as the newest of a key, or to its absence where e is nil, unless a newer one is noted. The caller
// holds the lock.
func (m *memory) note(key string, e *driver.Entry) {
	var version uint64
	if e != nil {
		version = e.Version
	}
	if noted, ok := m.cache.GetIfPresent(m.pointer(key)); ok && noted.epoch == m.state.Epoch && noted.version > version {
		return
	}
	if e != nil {
		m.keep(m.state.ChainID, e)
		key = e.Key
	} else {
		key = strings.Clone(key) // which may be a part of a whole request
	}
	m.cache.Set(m.pointer(key), item{version: version, epoch: m.state.Epoch})
}

func (m *memory) Forget(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.touch(key)
	m.cache.Invalidate(m.pointer(key))
	return nil
}

// touch keeps from Fill what was asked of the chain before. The caller holds the lock.
func (m *memory) touch(key string) {
	m.touched.touch(key)
	m.state.Touched = m.touched.count
}

func (m *memory) pointer(key string) place { return place{ledger: m, key: key} }
