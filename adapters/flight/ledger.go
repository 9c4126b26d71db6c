package flight

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Ledger is a chain whose questions are shared.
type Ledger struct {
	driver.Ledger
	heads flights[struct{}, driver.Head]
	gets  flights[driver.Ref, *driver.Entry]
}

// New lets equal calls of Head and of Get share a question to inner. shared is told the method of each call that found
// one to share; nil: nobody is told. Close ends what is under way, and closes inner.
func New(inner driver.Ledger, shared func(method string)) *Ledger {
	if shared == nil {
		shared = func(string) {}
	}
	l := &Ledger{Ledger: inner}
	l.heads = flights[struct{}, driver.Head]{
		ask:    func(ctx context.Context, _ struct{}) (driver.Head, error) { return inner.Head(ctx) },
		copied: func(h driver.Head) driver.Head { return h },
		shared: func() { shared("Head") }, lines: map[struct{}]*line[driver.Head]{},
	}
	l.gets = flights[driver.Ref, *driver.Entry]{
		ask: inner.Get, copied: copied,
		shared: func() { shared("Get") }, lines: map[driver.Ref]*line[*driver.Entry]{},
	}
	return l
}

// Head asks inner, or shares what others ask.
func (l *Ledger) Head(ctx context.Context) (driver.Head, error) {
	if alone(ctx) {
		return l.Ledger.Head(ctx)
	}
	return l.heads.do(ctx, struct{}{})
}

// Get asks inner, or shares what others ask.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if alone(ctx) {
		return l.Ledger.Get(ctx, ref)
	}
	return l.gets.do(ctx, ref)
}

// Close ends every question that is shared, and closes inner.
func (l *Ledger) Close() error {
	l.heads.close()
	l.gets.close()
	err := l.Ledger.Close()
	l.heads.running.Wait()
	l.gets.running.Wait()
	return err
}

// copied is an entry that shares nothing with another.
func copied(e *driver.Entry) *driver.Entry {
	if e == nil {
		return nil
	}
	return e.Clone()
}

type aloneKey struct{}

// Alone has the calls of ctx share no question. It is for calls whose answer depends on who asks.
func Alone(ctx context.Context) context.Context { return context.WithValue(ctx, aloneKey{}, true) }

func alone(ctx context.Context) bool { return ctx.Value(aloneKey{}) != nil }
