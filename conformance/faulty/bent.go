package faulty

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// bent is a driver with a hook for each method: where one is set, it answers in the method's place, and asks the
// Ledger inside for what is right.
type bent struct {
	driver.Ledger
	describe func() driver.Description
	head     func(ctx context.Context) (driver.Head, error)
	get      func(ctx context.Context, ref driver.Ref) (*driver.Entry, error)
	versions func(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error)
	find     func(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error)
	changes  func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error)
	write    func(ctx context.Context, w *driver.Write) (*driver.Receipt, error)
	receipt  func(ctx context.Context, tx string) (*driver.Receipt, error)
	prove    func(ctx context.Context, e *driver.Entry) (*driver.Proof, error)
	close    func() error
}

func (b *bent) Describe() driver.Description {
	if b.describe != nil {
		return b.describe()
	}
	return b.Ledger.Describe()
}

func (b *bent) Head(ctx context.Context) (driver.Head, error) {
	if b.head != nil {
		return b.head(ctx)
	}
	return b.Ledger.Head(ctx)
}

func (b *bent) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if b.get != nil {
		return b.get(ctx, ref)
	}
	return b.Ledger.Get(ctx, ref)
}

func (b *bent) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if b.versions != nil {
		return b.versions(ctx, key, after, limit)
	}
	return b.Ledger.Versions(ctx, key, after, limit)
}

func (b *bent) Find(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error) {
	if b.find != nil {
		return b.find(ctx, l, page, limit)
	}
	return b.Ledger.Find(ctx, l, page, limit)
}

func (b *bent) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	if b.changes != nil {
		return b.changes(ctx, after, limit, wait)
	}
	return b.Ledger.Changes(ctx, after, limit, wait)
}

func (b *bent) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if b.write != nil {
		return b.write(ctx, w)
	}
	return b.Ledger.Append(ctx, w)
}

func (b *bent) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if b.receipt != nil {
		return b.receipt(ctx, tx)
	}
	return b.Ledger.Receipt(ctx, tx)
}

func (b *bent) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	if b.prove != nil {
		return b.prove(ctx, e)
	}
	return b.Ledger.Prove(ctx, e)
}

func (b *bent) Close() error {
	if b.close != nil {
		return b.close()
	}
	return b.Ledger.Close()
}

// described changes what the driver says of itself.
func (b *bent) described(change func(d *driver.Description)) {
	b.describe = func() driver.Description {
		d := b.Ledger.Describe()
		change(&d)
		return d
	}
}

// got changes what Get answers.
func (b *bent) got(change func(e *driver.Entry)) {
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		e, err := b.Ledger.Get(ctx, ref)
		if err == nil {
			change(e)
		}
		return e, err
	}
}

// listed changes what Versions answers.
func (b *bent) listed(change func(page []*driver.Entry) []*driver.Entry) {
	b.versions = func(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
		page, err := b.Ledger.Versions(ctx, key, after, limit)
		return change(page), err
	}
}

// batched changes what Changes answers.
func (b *bent) batched(change func(batch *driver.Batch)) {
	b.changes = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
		batch, err := b.Ledger.Changes(ctx, after, limit, wait)
		if err == nil {
			change(batch)
		}
		return batch, err
	}
}

// stands says at which version a key stands, final or not.
func (b *bent) stands(ctx context.Context, key string) uint64 {
	e, err := b.Ledger.Get(ctx, driver.Ref{Key: key, Finality: driver.Latest})
	if err != nil {
		return 0
	}
	return e.Version
}
