package cache

import "sync"

// moved tells whoever waits that something changed.
type moved struct {
	mu sync.Mutex
	ch chan struct{}
}

func (m *moved) wait() <-chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ch == nil {
		m.ch = make(chan struct{})
	}
	return m.ch
}

func (m *moved) tell() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ch != nil {
		close(m.ch)
		m.ch = nil
	}
}

// Moved answers a channel that is closed when the follower next learns of a change: take it, look at what there is, and
// wait for it.
func (l *Ledger) Moved() <-chan struct{} { return l.follower.moved.wait() }
