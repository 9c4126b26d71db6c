package main

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// tally counts what became of requests, by what was asked. It is safe for concurrent use.
type tally struct {
	mu     sync.Mutex
	by     map[string]*count
	wrongs []string // the first few answers that were wrong, in words
	wrong  int
}

// count is what became of one kind of question.
type count struct {
	right, away, cut int             // cut: while the gateway was killed
	took             []time.Duration // of what was right
}

// keptWrongs bounds what is printed.
const keptWrongs = 20

func newTally() *tally { return &tally{by: map[string]*count{}} }

func (t *tally) of(kind string) *count {
	if t.by[kind] == nil {
		t.by[kind] = &count{}
	}
	return t.by[kind]
}

func (t *tally) right(kind string, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.of(kind)
	c.right++
	c.took = append(c.took, took)
}

func (t *tally) away(kind string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.of(kind).away++
}

func (t *tally) cut(kind string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.of(kind).cut++
}

// isWrong notes an answer that must not be.
func (t *tally) isWrong(kind, format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wrong++
	if len(t.wrongs) < keptWrongs {
		t.wrongs = append(t.wrongs, kind+": "+fmt.Sprintf(format, args...))
	}
}

// quantile of times, in place.
func quantile(took []time.Duration, q float64) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[min(len(took)-1, int(q*float64(len(took))))]
}
