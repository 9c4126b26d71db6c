package redis

import "sync"

// mostLooks is how many of the last looks are remembered that a Fill may come back with.
const mostLooks = 1024

// look is what a reader saw before he asked the chain.
type look struct {
	era       era
	epoch     uint64
	count     uint64
	forgotten string
}

// looks gives each look a number, which travels in State.Touched.
type looks struct {
	mu   sync.Mutex
	last uint64
	ring [mostLooks]look
}

func (l *looks) note(seen look) uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last > 0 && l.ring[l.last%mostLooks] == seen {
		return l.last
	}
	l.last++
	l.ring[l.last%mostLooks] = seen
	return l.last
}

func (l *looks) of(n uint64) (look, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n == 0 || n > l.last || l.last-n >= mostLooks {
		return look{}, false
	}
	return l.ring[n%mostLooks], true
}
