package webledger

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Get answers an older version from the index, as blocks do not change, and asks the node for the newest every time.
// Blocks are final, so that both finalities are the same here.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	if err := checkKey(ref.Key); err != nil {
		return nil, err
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if err := l.pinned(ctx, x, ref); err != nil {
		return nil, err
	}
	if ref.Version > 0 {
		return l.version(ctx, x, ref)
	}
	return l.newest(ctx, x, ref.Key)
}

func (l *Ledger) version(ctx context.Context, x *index, ref driver.Ref) (*driver.Entry, error) {
	if e, err := x.version(ref.Key, ref.Version); e != nil || err != nil {
		return e, err
	}
	at, err := l.catchUp(ctx)
	if err != nil {
		return nil, err
	}
	if e, err := x.version(ref.Key, ref.Version); e != nil || err != nil {
		return e, err
	}
	return nil, driver.Errorf(driver.NotFound, "no version %d under this key up to block %d", ref.Version, at.Height)
}

// pinned brings the index to the block that an answer must have seen. What the node says is then held against the index, so
// that one which lags behind it is not believed.
func (l *Ledger) pinned(ctx context.Context, x *index, ref driver.Ref) error {
	if ref.AtLeast == 0 {
		return nil
	}
	t, err := x.tip()
	if err != nil || t != nil && t.Height >= ref.AtLeast {
		return err
	}
	if t, err = l.catchUp(ctx); err != nil {
		return err
	}
	return ref.Pinned(t.Height)
}
