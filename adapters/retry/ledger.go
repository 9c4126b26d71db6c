package retry

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

type ledger struct {
	driver.Ledger
	o     Options
	storm *storm
}

// New asks inner, and asks it again as Options say.
func New(inner driver.Ledger, o Options) driver.Ledger {
	return &ledger{inner, o, newStorm()}
}

func (l *ledger) Head(ctx context.Context) (head driver.Head, err error) {
	err = l.do(ctx, "Head", 0, func(ctx context.Context, _ time.Duration) (err error) {
		head, err = l.Ledger.Head(ctx)
		return err
	})
	return head, err
}

func (l *ledger) Get(ctx context.Context, ref driver.Ref) (entry *driver.Entry, err error) {
	err = l.do(ctx, "Get", 0, func(ctx context.Context, _ time.Duration) (err error) {
		entry, err = l.Ledger.Get(ctx, ref)
		return err
	})
	return entry, err
}

func (l *ledger) Versions(
	ctx context.Context, key string, after uint64, limit int,
) (entries []*driver.Entry, err error) {
	err = l.do(ctx, "Versions", 0, func(ctx context.Context, _ time.Duration) (err error) {
		entries, err = l.Ledger.Versions(ctx, key, after, limit)
		return err
	})
	return entries, err
}

func (l *ledger) Find(
	ctx context.Context, lookup driver.Lookup, page string, limit int,
) (keys []string, next string, err error) {
	err = l.do(ctx, "Find", 0, func(ctx context.Context, _ time.Duration) (err error) {
		keys, next, err = l.Ledger.Find(ctx, lookup, page, limit)
		return err
	})
	return keys, next, err
}

// Changes waits for news as long as it was asked to in all, however many attempts that takes.
func (l *ledger) Changes(
	ctx context.Context, after driver.Cursor, limit int, wait time.Duration,
) (batch *driver.Batch, err error) {
	err = l.do(ctx, "Changes", wait, func(ctx context.Context, wait time.Duration) (err error) {
		batch, err = l.Ledger.Changes(ctx, after, limit, wait)
		return err
	})
	return batch, err
}

func (l *ledger) Receipt(ctx context.Context, tx string) (receipt *driver.Receipt, err error) {
	err = l.do(ctx, "Receipt", 0, func(ctx context.Context, _ time.Duration) (err error) {
		receipt, err = l.Ledger.Receipt(ctx, tx)
		return err
	})
	return receipt, err
}

func (l *ledger) Prove(ctx context.Context, e *driver.Entry) (proof *driver.Proof, err error) {
	err = l.do(ctx, "Prove", 0, func(ctx context.Context, _ time.Duration) (err error) {
		proof, err = l.Ledger.Prove(ctx, e)
		return err
	})
	return proof, err
}
