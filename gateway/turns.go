package gateway

import (
	"context"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// turns lets one at a time do something with a name. The zero value is ready.
type turns struct {
	mu    sync.Mutex
	queue map[string]*turn
}

type turn struct {
	taken   chan struct{} // holds one, while somebody has the turn
	waiting int           // with whoever has it; guarded by turns.mu
}

// take waits for the turns of all names, in their order, until ctx ends; the function that it answers ends them. Who takes
// several must always take them in one order. The empty name has no turn.
func (t *turns) take(ctx context.Context, names ...string) (done func(), err error) {
	var ends []func()
	done = func() {
		for _, end := range ends {
			end()
		}
	}
	for _, name := range names {
		if name == "" {
			continue
		}
		end, err := t.one(ctx, name)
		if err != nil {
			done()
			return nil, err
		}
		ends = append(ends, end)
	}
	return done, nil
}

func (t *turns) one(ctx context.Context, name string) (end func(), err error) {
	mine := t.join(name)
	select {
	case mine.taken <- struct{}{}:
		return func() {
			<-mine.taken
			t.leave(name, mine)
		}, nil
	case <-ctx.Done():
		t.leave(name, mine)
		return nil, driver.FromContext(ctx)
	}
}

func (t *turns) join(name string) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.queue == nil {
		t.queue = map[string]*turn{}
	}
	mine := t.queue[name]
	if mine == nil {
		mine = &turn{taken: make(chan struct{}, 1)}
		t.queue[name] = mine
	}
	mine.waiting++
	return mine
}

func (t *turns) leave(name string, mine *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if mine.waiting--; mine.waiting == 0 {
		delete(t.queue, name)
	}
}
