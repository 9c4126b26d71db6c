package adapters

import (
	"context"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/flight"
	"github.com/ftagateway/ftagateway/adapters/retry"
)

// Native is the ledger below translation: the chain's own keys and bytes, for whoever translates and judges for itself,
// such as another gateway that reads through this one. Metrics, budget, bulkhead, deadline, health and disclosure stand
// in its calls as in those of the Ledger, and the breaker too; of its answers nothing is checked. None comes from the cache,
// and nothing is asked again: who reads here does that himself, and in a row of gateways it would multiply. Nor is a question
// shared: what the next gateway says to it depends on the gateways that it came by.
//
// It is read only. What comes in here is seen by disclosure and by nothing else, neither by the checks of a record nor by
// those of its authority and life cycle: so Append is offered only where the configuration says so (NativeWrites) and the
// chain itself is marked for testing. Closing it closes nothing: the Ledger is whose it was.
func (l *Ledger) Native() driver.Ledger { return native{l} }

type native struct{ ledger *Ledger }

var _ driver.Ledger = native{}

func (n native) Describe() driver.Description {
	d := n.ledger.Describe().Description
	if !n.writes(d) {
		d.Abilities = slices.DeleteFunc(d.Abilities, func(a driver.Ability) bool { return a == driver.AbilityAppend })
		d.WriteMode = driver.WriteNone
	}
	return d
}

func (n native) writes(d driver.Description) bool {
	return n.ledger.config.NativeWrites && d.ForTesting
}

// writable refuses what belongs to writing where that is not offered.
func (n native) writable() error {
	if n.writes(n.ledger.chain.Describe()) {
		return nil
	}
	return driver.Errorf(driver.Unsupported, "ledger %s takes no writes below its records", n.ledger.config.Slug)
}

// ask runs the work of one method in a context whose questions are the caller's alone.
func ask[T any](
	ctx context.Context, n native, method string, wait time.Duration, work func(context.Context) (T, error),
) (T, error) {
	return call(ctx, n.ledger, method, wait, func(ctx context.Context) (T, error) {
		return work(retry.Once(flight.Alone(Asking(ctx))))
	})
}

func (n native) Head(ctx context.Context) (driver.Head, error) {
	return ask(ctx, n, "NativeHead", 0, n.ledger.chain.Head)
}

func (n native) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	return ask(ctx, n, "NativeGet", 0, func(ctx context.Context) (*driver.Entry, error) {
		return n.ledger.chain.Get(ctx, ref)
	})
}

func (n native) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	return ask(ctx, n, "NativeVersions", 0, func(ctx context.Context) ([]*driver.Entry, error) {
		return n.ledger.chain.Versions(ctx, key, after, limit)
	})
}

func (n native) Find(
	ctx context.Context, lookup driver.Lookup, page string, limit int,
) (keys []string, next string, err error) {
	keys, err = ask(ctx, n, "NativeFind", 0, func(ctx context.Context) (found []string, err error) {
		found, next, err = n.ledger.chain.Find(ctx, lookup, page, limit)
		return found, err
	})
	return keys, next, err
}

func (n native) Changes(
	ctx context.Context, after driver.Cursor, limit int, wait time.Duration,
) (*driver.Batch, error) {
	return ask(ctx, n, "NativeChanges", wait, func(ctx context.Context) (*driver.Batch, error) {
		return n.ledger.chain.Changes(ctx, after, limit, wait)
	})
}

func (n native) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if err := n.writable(); err != nil {
		return nil, err
	}
	return ask(ctx, n, "NativeAppend", 0, func(ctx context.Context) (*driver.Receipt, error) {
		return n.ledger.chain.Append(ctx, w)
	})
}

func (n native) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if err := n.writable(); err != nil {
		return nil, err
	}
	return ask(ctx, n, "NativeReceipt", 0, func(ctx context.Context) (*driver.Receipt, error) {
		return n.ledger.chain.Receipt(ctx, tx)
	})
}

func (n native) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	return ask(ctx, n, "NativeProve", 0, func(ctx context.Context) (*driver.Proof, error) {
		return n.ledger.chain.Prove(ctx, e)
	})
}

func (native) Close() error { return nil }
