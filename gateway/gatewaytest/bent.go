package gatewaytest

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Bent is a driver with a hook for some of its methods: where one is set, it answers in the method's place, and asks the
// Ledger inside for what is right. Hooks may be changed while no call is under way.
type Bent struct {
	driver.Ledger
	OnHead     func(ctx context.Context) (driver.Head, error)
	OnGet      func(ctx context.Context, ref driver.Ref) (*driver.Entry, error)
	OnVersions func(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error)
	OnFind     func(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error)
	OnChanges  func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error)
	OnAppend   func(ctx context.Context, w *driver.Write) (*driver.Receipt, error)
}

// Head answers by its hook.
func (b *Bent) Head(ctx context.Context) (driver.Head, error) {
	if b.OnHead != nil {
		return b.OnHead(ctx)
	}
	return b.Ledger.Head(ctx)
}

// Get answers by its hook.
func (b *Bent) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if b.OnGet != nil {
		return b.OnGet(ctx, ref)
	}
	return b.Ledger.Get(ctx, ref)
}

// Versions answers by its hook.
func (b *Bent) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	if b.OnVersions != nil {
		return b.OnVersions(ctx, key, after, limit)
	}
	return b.Ledger.Versions(ctx, key, after, limit)
}

// Find answers by its hook.
func (b *Bent) Find(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error) {
	if b.OnFind != nil {
		return b.OnFind(ctx, l, page, limit)
	}
	return b.Ledger.Find(ctx, l, page, limit)
}

// Changes answers by its hook.
func (b *Bent) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	if b.OnChanges != nil {
		return b.OnChanges(ctx, after, limit, wait)
	}
	return b.Ledger.Changes(ctx, after, limit, wait)
}

// Append answers by its hook.
func (b *Bent) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if b.OnAppend != nil {
		return b.OnAppend(ctx, w)
	}
	return b.Ledger.Append(ctx, w)
}

// Fail makes every method with a hook fail.
func (b *Bent) Fail(err error) {
	b.OnHead = func(context.Context) (driver.Head, error) { return driver.Head{}, err }
	b.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) { return nil, err }
	b.OnVersions = func(context.Context, string, uint64, int) ([]*driver.Entry, error) { return nil, err }
	b.OnFind = func(context.Context, driver.Lookup, string, int) ([]string, string, error) { return nil, "", err }
	b.OnChanges = func(context.Context, driver.Cursor, int, time.Duration) (*driver.Batch, error) { return nil, err }
	b.OnAppend = func(context.Context, *driver.Write) (*driver.Receipt, error) { return nil, err }
}

// Heal takes all hooks away.
func (b *Bent) Heal() { *b = Bent{Ledger: b.Ledger} }
