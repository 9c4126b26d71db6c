package cache

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// askNewest asks the chain for the newest of a key. Who has read it is not given an older one from the store afterwards,
// which may be of before: what is answered need not be filled in.
func (l *Ledger) askNewest(ctx context.Context, ref driver.Ref, seen State) (*driver.Entry, error) {
	e, err := l.askAndFill(ctx, ref, seen)
	if err == nil && e.Height > seen.Block.Height {
		l.answered.note(ref.Key, e.Height)
	}
	return e, err
}

// askAndFill asks the chain, which must have seen what was applied already, and notes what it answers. seen is from before
// the question.
func (l *Ledger) askAndFill(ctx context.Context, ref driver.Ref, seen State) (*driver.Entry, error) {
	if !l.live(seen) || !l.Describe().Can(driver.AbilityPin) {
		return l.Ledger.Get(ctx, ref)
	}
	ref.AtLeast = max(seen.Block.Height, l.written.height(ref.Key))
	e, err := l.Ledger.Get(ctx, ref)
	switch {
	case seen.Behind:
	case err == nil && Keepable(e) && e.Key == ref.Key:
		l.fill(ctx, seen, ref.Key, kept(e))
	case driver.CodeOf(err) == driver.NotFound:
		l.fill(ctx, seen, ref.Key, nil)
	}
	return e, err
}

// askVersion asks the chain for one version, and keeps it.
func (l *Ledger) askVersion(ctx context.Context, ref driver.Ref, seen State) (*driver.Entry, error) {
	e, err := l.Ledger.Get(ctx, ref)
	if err == nil && l.live(seen) && Keepable(e) && e.Key == ref.Key && e.Version == ref.Version {
		ctx, cancel := l.patience(ctx)
		defer cancel()
		_ = l.store.Keep(ctx, seen.ChainID, kept(e)) // it is asked for again, then
	}
	return e, err
}

func (l *Ledger) fill(ctx context.Context, seen State, key string, e *driver.Entry) {
	ctx, cancel := l.patience(ctx)
	defer cancel()
	_ = l.store.Fill(ctx, seen, key, e) // it is asked for again, then
}

// Forget has the chain asked for what is the newest of a key: what the store says of it does not hold.
func (l *Ledger) Forget(ctx context.Context, key string) {
	ctx, cancel := l.patience(context.WithoutCancel(ctx))
	defer cancel()
	_ = l.store.Forget(ctx, key) // what could not be forgotten is given up when the follower gets on
}
