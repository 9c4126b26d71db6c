package cache

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

func (m *memory) Lead(_ context.Context, held Lease, d time.Duration) (Lease, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	mine := held.Token != 0 && held.Token == m.lease.Token
	switch {
	case mine && d <= 0:
		m.lease.GivenBack, m.until = true, time.Time{}
		return Lease{}, nil
	case d <= 0:
		return Lease{}, ErrLed
	case !mine && now.Before(m.until):
		return Lease{}, ErrLed
	case !mine || m.lease.GivenBack:
		m.lease = Lease{Token: m.lease.Token + 1, GivenBack: m.lease.GivenBack}
	}
	granted := m.lease
	m.lease.GivenBack, m.until = false, now.Add(d)
	return granted, nil
}

func (m *memory) Begin(_ context.Context, by Lease, chainID string, at Progress) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fenced(by) {
		return ErrFenced
	}
	m.state = State{Epoch: m.state.Epoch + 1, ChainID: chainID, Touched: m.state.Touched, Progress: at}
	return nil
}

func (m *memory) Apply(
	_ context.Context, by Lease, from driver.Cursor, entries []*driver.Entry, to Progress,
) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.fenced(by):
		return ErrFenced
	case m.state.Epoch == 0 || from != m.state.Cursor:
		return ErrGap
	}
	for _, e := range entries {
		m.apply(e)
	}
	m.state.Progress = to
	return nil
}

func (m *memory) apply(e *driver.Entry) {
	m.touch(e.Key)
	if Keepable(e) {
		m.note(e.Key, e)
		return
	}
	m.cache.Invalidate(m.pointer(e.Key))
}

// fenced reports whether a lease is not the one that was given last. The caller holds the lock.
func (m *memory) fenced(by Lease) bool { return by.Token == 0 || by.Token != m.lease.Token }
