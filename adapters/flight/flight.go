// Package flight lets those who ask a chain the same at the same time share one question.
//
// Nobody is given an answer whose question began before he asked: it could be older than what he knows already, and an
// honest chain would look as if it had taken something back. So those who come while a question is under way share the
// next one, which begins when that one has ended. Of each question there is one under way at most, and one that waits.
//
// What went wrong is another matter: an outage says nothing about the chain, so that nothing in it can be too old. Those who
// wait for the next question are answered by it too, instead of waiting for a sick chain once more.
//
// A question that several share belongs to none of them. It goes on while anybody waits for it, has the time of the most
// patient one, and ends when all have gone or the Ledger is closed. Who finds nobody asking asks by himself: nobody can join
// him, and a goroutine of its own, with its stack to grow, would take a third of the time of a read.
package flight

import (
	"context"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// flights are the questions of one kind that are under way.
type flights[K comparable, A any] struct {
	ask    func(context.Context, K) (A, error)
	copied func(A) A
	shared func() // is told of each caller who found a question to share

	mu      sync.Mutex
	closed  bool
	lines   map[K]*line[A]
	running sync.WaitGroup
}

// line is who asks one question: those whose question is under way, and those who wait for the next.
type line[A any] struct{ now, next *group[A] }

// group is those who share a question.
type group[A any] struct {
	ctx     context.Context // what it was asked with: of who wants the newest, and of those the first who came
	patient time.Time       // when the last of them goes; zero: never
	endless bool
	many    bool // it was shared at some time, so that each is given a copy
	own     bool // it is asked by its one caller himself
	waiting int  // who has not gone
	end     context.CancelFunc
	done    chan struct{}
	answer  A
	err     error
}

// do answers the question k.
func (f *flights[K, A]) do(ctx context.Context, k K) (none A, err error) {
	if err := driver.FromContext(ctx); err != nil {
		return none, err
	}
	g, err := f.join(ctx, k)
	switch {
	case err != nil:
		return none, err
	case g.own:
		return f.byHimself(ctx, k, g)
	}
	select {
	case <-g.done:
		return f.given(g)
	case <-ctx.Done():
		f.leave(k, g)
		return none, driver.FromContext(ctx)
	}
}

// given is the answer of a question that has ended. What a method returns belongs to the caller.
func (f *flights[K, A]) given(g *group[A]) (A, error) {
	if g.many && g.err == nil {
		return f.copied(g.answer), nil
	}
	return g.answer, g.err
}

// join adds a caller to those who wait for the question that begins next. If none is under way it is his own, and to be
// asked by him at once.
func (f *flights[K, A]) join(ctx context.Context, k K) (*group[A], error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil, errClosed
	}
	l := f.lines[k]
	if l == nil {
		l = &line[A]{}
		f.lines[k] = l
	}
	if l.next == nil {
		l.next = &group[A]{ctx: ctx, done: make(chan struct{})}
	} else {
		f.shared()
	}
	g := l.next
	g.add(ctx)
	if l.now == nil {
		g.own = true
		g.ctx, g.end = context.WithCancel(ctx)
		l.now, l.next = g, nil
		f.running.Add(1)
	}
	return g, nil
}

// byHimself asks the question of one caller as he does. When his time ends, those who wait for the next question do not
// wait for a chain that does not heed that.
func (f *flights[K, A]) byHimself(ctx context.Context, k K, g *group[A]) (A, error) {
	defer f.running.Done()
	defer g.end()
	stop := context.AfterFunc(ctx, func() { f.leave(k, g) })
	defer stop()
	g.answer, g.err = contained(func() (A, error) { return f.ask(g.ctx, k) })
	f.ended(k, g, driver.IsOutage(g.err) && g.ctx.Err() == nil)
	return g.answer, g.err
}

// errClosed answers who asks after Close, or waits then.
var errClosed = driver.Errorf(driver.Canceled, "the ledger was closed")

// add counts a caller in.
func (g *group[A]) add(ctx context.Context) {
	g.waiting++
	g.many = g.waiting > 1 || g.many
	g.ctx = newer(g.ctx, ctx)
	ends, bounded := ctx.Deadline()
	g.endless = g.endless || !bounded
	if ends.After(g.patient) {
		g.patient = ends
	}
}

// newer is the one of two callers' contexts that wants the newer answer (driver.WithSince).
func newer(a, b context.Context) context.Context {
	one, ok := driver.Since(a)
	if !ok {
		return a
	}
	if other, ok := driver.Since(b); ok && !other.After(one) {
		return a
	}
	return b
}

// begin asks the question of those who wait. f.mu is held.
func (f *flights[K, A]) begin(k K, l *line[A]) {
	g := l.next
	l.now, l.next = g, nil
	ctx := context.WithoutCancel(g.ctx)
	if g.endless {
		ctx, g.end = context.WithCancel(ctx)
	} else {
		ctx, g.end = context.WithDeadline(ctx, g.patient)
	}
	f.running.Go(func() {
		defer g.end()
		g.answer, g.err = contained(func() (A, error) { return f.ask(ctx, k) })
		f.ended(k, g, driver.IsOutage(g.err) && ctx.Err() == nil)
	})
}

// ended gives a group its answer, and begins the next question. For those who wait for that one an outage will do.
func (f *flights[K, A]) ended(k K, g *group[A], outage bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(g.done)
	l := f.lines[k]
	if l == nil || l.now != g {
		return
	}
	if outage && l.next != nil {
		l.next.err = g.err
		close(l.next.done)
		l.next = nil
	}
	f.follow(k, l)
}

// follow begins the next question where there is one. f.mu is held.
func (f *flights[K, A]) follow(k K, l *line[A]) {
	l.now = nil
	if l.next == nil {
		delete(f.lines, k)
		return
	}
	f.begin(k, l)
}

// leave counts a caller out. Where he was the last, his question ends; those who wait need not wait for that.
func (f *flights[K, A]) leave(k K, g *group[A]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if g.waiting--; g.waiting > 0 {
		return
	}
	l := f.lines[k]
	switch {
	case l == nil:
	case l.next == g:
		l.next = nil
	case l.now == g:
		g.end()
		f.follow(k, l)
	}
}

// close ends every question, and does not wait for that. Those who wait for the next one are answered Canceled.
func (f *flights[K, A]) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	for k, l := range f.lines {
		delete(f.lines, k)
		l.now.end()
		if l.next != nil {
			l.next.err = errClosed
			close(l.next.done)
		}
	}
}
