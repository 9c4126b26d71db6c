package gateway

import "sync"

// turns lets one at a time do something with a name. The zero value is ready. What is waited for is bounded by the
// budget of the ledger that the one before is asking.
type turns struct {
	mu    sync.Mutex
	queue map[string]*turn
}

type turn struct {
	sync.Mutex
	waiting int
}

// take waits for the turn; the function that it answers ends it.
func (t *turns) take(name string) (done func()) {
	t.mu.Lock()
	if t.queue == nil {
		t.queue = map[string]*turn{}
	}
	mine := t.queue[name]
	if mine == nil {
		mine = &turn{}
		t.queue[name] = mine
	}
	mine.waiting++
	t.mu.Unlock()
	mine.Lock()
	return func() { t.end(name, mine) }
}

func (t *turns) end(name string, mine *turn) {
	mine.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	if mine.waiting--; mine.waiting == 0 {
		delete(t.queue, name)
	}
}
