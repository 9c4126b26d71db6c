package breaker

import (
	"context"
	"log/slog"
	"time"

	"github.com/sony/gobreaker/v2"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Ledger is a chain behind a breaker.
type Ledger struct {
	driver.Ledger
	o       Options
	circuit *gobreaker.CircuitBreaker[struct{}]
	record  record
}

// New lets calls through to inner as Options say. It must stand above what bounds an attempt.
func New(inner driver.Ledger, o Options) *Ledger {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Changed == nil {
		o.Changed = func(string, string) {}
	}
	l := &Ledger{Ledger: inner, o: o, record: record{state: Closed, since: time.Now()}}
	l.circuit = gobreaker.NewCircuitBreaker[struct{}](l.settings())
	o.Changed("", Closed)
	return l
}

// Head asks inner.
func (l *Ledger) Head(ctx context.Context) (head driver.Head, err error) {
	err = l.read(ctx, func() (err error) {
		head, err = l.Ledger.Head(ctx)
		return err
	})
	return head, err
}

// Get asks inner.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (entry *driver.Entry, err error) {
	err = l.read(ctx, func() (err error) {
		entry, err = l.Ledger.Get(ctx, ref)
		return err
	})
	return entry, err
}

// Versions asks inner.
func (l *Ledger) Versions(
	ctx context.Context, key string, after uint64, limit int,
) (entries []*driver.Entry, err error) {
	err = l.read(ctx, func() (err error) {
		entries, err = l.Ledger.Versions(ctx, key, after, limit)
		return err
	})
	return entries, err
}

// Find asks inner.
func (l *Ledger) Find(
	ctx context.Context, lookup driver.Lookup, page string, limit int,
) (keys []string, next string, err error) {
	err = l.read(ctx, func() (err error) {
		keys, next, err = l.Ledger.Find(ctx, lookup, page, limit)
		return err
	})
	return keys, next, err
}

// probe asks for the head where the breaker is not closed: what may take long is no probe, since nobody else gets through
// meanwhile.
func (l *Ledger) probe(ctx context.Context) error {
	if l.circuit.State() == gobreaker.StateClosed {
		return nil
	}
	_, err := l.Head(ctx)
	return err
}

// Changes asks inner.
func (l *Ledger) Changes(
	ctx context.Context, after driver.Cursor, limit int, wait time.Duration,
) (batch *driver.Batch, err error) {
	if wait > 0 {
		if err := l.probe(ctx); err != nil {
			return nil, err
		}
	}
	err = l.read(ctx, func() (err error) {
		batch, err = l.Ledger.Changes(ctx, after, limit, wait)
		return err
	})
	return batch, err
}

// Append asks inner.
func (l *Ledger) Append(ctx context.Context, w *driver.Write) (receipt *driver.Receipt, err error) {
	if err := l.probe(ctx); err != nil {
		return nil, err
	}
	err = l.do(ctx, func() (counts error, err error) {
		receipt, err = l.Ledger.Append(ctx, w)
		return written(ctx, receipt, err), err
	})
	return receipt, err
}

// Receipt asks inner.
func (l *Ledger) Receipt(ctx context.Context, tx string) (receipt *driver.Receipt, err error) {
	err = l.do(ctx, func() (counts error, err error) {
		receipt, err = l.Ledger.Receipt(ctx, tx)
		return written(ctx, receipt, err), err
	})
	return receipt, err
}

// Prove asks inner.
func (l *Ledger) Prove(ctx context.Context, e *driver.Entry) (proof *driver.Proof, err error) {
	err = l.read(ctx, func() (err error) {
		proof, err = l.Ledger.Prove(ctx, e)
		return err
	})
	return proof, err
}

// written is weigh for a receipt.
func written(ctx context.Context, r *driver.Receipt, err error) error {
	if err == nil && r != nil && r.State == driver.Pending {
		return errNeither
	}
	return weigh(ctx, err)
}
