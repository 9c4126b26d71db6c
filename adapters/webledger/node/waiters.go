package node

import (
	"errors"
	"sync"
)

// outcome is what became of a message. The zero value means: in a block, on disk.
type outcome struct {
	code   uint32
	reason string
}

// The codes of transactions. They are part of consensus (of each block's results hash): never renumber them.
const (
	codeTaken     uint32 = 0
	codeMalformed uint32 = 1
	codeRefused   uint32 = 2
	codeDuplicate uint32 = 3
	codeFull      uint32 = 4
)

// waiters are the requests that wait for a message to stand in a block.
type waiters struct {
	mu     sync.Mutex
	byName map[string][]chan outcome
	count  int
}

// maxWaiters bounds what is under way at once; more are told to come back.
const maxWaiters = 4096

var errBusy = errors.New("too many operations are under way")

func newWaiters() *waiters { return &waiters{byName: map[string][]chan outcome{}} }

// wait answers a channel that gets one outcome. Whoever waits calls leave in the end.
func (w *waiters) wait(name string) (<-chan outcome, func(), error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.count >= maxWaiters {
		return nil, nil, errBusy
	}
	ch := make(chan outcome, 1)
	w.byName[name] = append(w.byName[name], ch)
	w.count++
	return ch, func() { w.leave(name, ch) }, nil
}

func (w *waiters) leave(name string, ch chan outcome) {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.byName[name]
	for i, one := range all {
		if one == ch {
			w.byName[name] = append(all[:i:i], all[i+1:]...)
			w.count--
		}
	}
	if len(w.byName[name]) == 0 {
		delete(w.byName, name)
	}
}

// tell hands an outcome to everybody who waits for a message.
func (w *waiters) tell(name string, o outcome) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, ch := range w.byName[name] {
		ch <- o
	}
	w.count -= len(w.byName[name])
	delete(w.byName, name)
}
