package cache

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// begin opens a new epoch where the chain is final now, or goes on from where another follower left off.
func (f *follower) begin(ctx context.Context) error {
	asked := f.o.Now()
	head, err := f.chain.Head(ctx)
	if err != nil {
		return err
	}
	if head.ChainID == "" || head.Cursor == "" {
		return driver.Errorf(driver.Corrupt, "the chain's head names no chain or no place")
	}
	if head.ChainID == f.chainID && head.Final.Height < f.at.Block.Height {
		return driver.Errorf(driver.NotReady, "block %d is final, and block %d was before", head.Final.Height, f.at.Block.Height)
	}
	resumed, err := f.resume(ctx, head)
	if err != nil || resumed {
		return err
	}
	at := Progress{Cursor: head.Cursor, Block: head.Final, At: asked}
	if err := f.store.Begin(ctx, f.lease, head.ChainID, at); err != nil {
		return err
	}
	f.chainID, f.begun = head.ChainID, true
	f.reach(at)
	return nil
}

// resume goes on from what another follower left in good order, of the same chain and not long ago.
func (f *follower) resume(ctx context.Context, head driver.Head) (bool, error) {
	if !f.lease.GivenBack {
		return false, nil
	}
	f.lease.GivenBack = false // once: what is lost from here on is lost
	s, err := f.store.State(ctx)
	if err != nil {
		return false, err
	}
	if s.Epoch == 0 || s.ChainID != head.ChainID || f.o.Now().Sub(s.At) > resumable {
		return false, nil
	}
	f.chainID, f.at, f.begun = s.ChainID, s.Progress, true
	return true, nil
}

// apply takes over what the chain told when it was asked.
func (f *follower) apply(ctx context.Context, b *driver.Batch, asked time.Time) error {
	if err := sound(b, f.at.Cursor); err != nil {
		return err
	}
	to := f.progress(b, asked)
	entries := make([]*driver.Entry, len(b.Entries))
	for i, e := range b.Entries {
		entries[i] = kept(e)
	}
	if err := f.store.Apply(ctx, f.lease, f.at.Cursor, entries, to); err != nil {
		return err
	}
	f.reach(to)
	f.news.told(b)
	return nil
}

// reach notes where the store stands now.
func (f *follower) reach(at Progress) {
	f.at = at
	f.o.Metrics.Heard.Set(float64(at.At.UnixMilli()) / 1000)
	f.o.Metrics.Height.Set(float64(at.Block.Height))
}

// progress is where a batch leads to. Only one that has caught up says anything of the time, unless it comes from a node
// that lags behind what was told before.
func (f *follower) progress(b *driver.Batch, asked time.Time) Progress {
	to := f.at
	to.Cursor = b.Next
	switch {
	case b.Head != (driver.Block{}) && b.Head.Height >= f.at.Block.Height:
		to.Block, to.At, to.Behind = b.Head, asked, false
	case len(b.Entries) > 0 || b.Next != f.at.Cursor:
		to.Behind = true
	}
	return to
}

// sound reports what no batch after a cursor may be.
func sound(b *driver.Batch, from driver.Cursor) error {
	switch {
	case b == nil:
		return driver.Errorf(driver.Corrupt, "the driver answered neither a batch nor an error")
	case b.Next == "":
		return driver.Errorf(driver.Corrupt, "a batch without a cursor to go on from")
	case b.Next == from && len(b.Entries) > 0:
		return driver.Errorf(driver.Corrupt, "a batch of entries that does not get on")
	}
	for _, e := range b.Entries {
		if e == nil || e.Key == "" {
			return driver.Errorf(driver.Corrupt, "a batch with an entry that is nil or has no key")
		}
	}
	return nil
}
