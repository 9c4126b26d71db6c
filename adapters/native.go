package adapters

import (
	"context"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Native is the ledger below translation: the chain's own keys and bytes, for whoever translates and judges for itself,
// such as another gateway that reads through this one. Metrics, budget, bulkhead, deadline, health and disclosure stand
// in its calls as in those of the Ledger; of its answers nothing is checked, and none comes from the cache: who reads here
// has one of his own.
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

func (n native) Head(ctx context.Context) (driver.Head, error) {
	return call(ctx, n.ledger, "NativeHead", 0, n.ledger.chain.Head)
}

func (n native) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	return call(ctx, n.ledger, "NativeGet", 0, func(ctx context.Context) (*driver.Entry, error) {
		return n.ledger.chain.Get(Asking(ctx), ref)
	})
}

func (n native) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	return call(ctx, n.ledger, "NativeVersions", 0, func(ctx context.Context) ([]*driver.Entry, error) {
		return n.ledger.chain.Versions(ctx, key, after, limit)
	})
}

func (n native) Find(
	ctx context.Context, lookup driver.Lookup, page string, limit int,
) (keys []string, next string, err error) {
	keys, err = call(ctx, n.ledger, "NativeFind", 0, func(ctx context.Context) (found []string, err error) {
		found, next, err = n.ledger.chain.Find(ctx, lookup, page, limit)
		return found, err
	})
	return keys, next, err
}

func (n native) Changes(
	ctx context.Context, after driver.Cursor, limit int, wait time.Duration,
) (*driver.Batch, error) {
	return call(ctx, n.ledger, "NativeChanges", wait, func(ctx context.Context) (*driver.Batch, error) {
		return n.ledger.chain.Changes(ctx, after, limit, wait)
	})
}

func (n native) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if err := n.writable(); err != nil {
		return nil, err
	}
	return call(ctx, n.ledger, "NativeAppend", 0, func(ctx context.Context) (*driver.Receipt, error) {
		return n.ledger.chain.Append(ctx, w)
	})
}

func (n native) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if err := n.writable(); err != nil {
		return nil, err
	}
	return call(ctx, n.ledger, "NativeReceipt", 0, func(ctx context.Context) (*driver.Receipt, error) {
		return n.ledger.chain.Receipt(ctx, tx)
	})
}

func (n native) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	return call(ctx, n.ledger, "NativeProve", 0, func(ctx context.Context) (*driver.Proof, error) {
		return n.ledger.chain.Prove(ctx, e)
	})
}

func (native) Close() error { return nil }
