package cache

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// follower applies a chain's changes to a store. Of all that follow one store only the one with the lease does so; the
// others look now and then how far it came.
type follower struct {
	chain  driver.Ledger
	store  Store
	o      Options
	cancel context.CancelFunc
	ended  chan struct{} // closed when it has ended
	news   news

	lease   Lease
	renew   time.Time // when the lease is to be renewed
	chainID string
	at      Progress // as the store has it; what is followed on from
	begun   bool
	failing int // steps that failed in a row
	told    error
}

const (
	shortestPause = 100 * time.Millisecond
	longestPause  = 5 * time.Second
	leaseFor      = 15 * time.Second
	// resumable is how old what another follower left behind may be, to be gone on from.
	resumable = 10 * time.Minute
)

func follow(chain driver.Ledger, store Store, o Options) *follower {
	ctx, cancel := context.WithCancel(context.Background())
	f := &follower{chain: chain, store: store, o: o, cancel: cancel, ended: make(chan struct{})}
	go f.run(ctx)
	return f
}

// run takes step after step until ctx ends or the chain turns out to tell no changes.
func (f *follower) run(ctx context.Context) {
	defer close(f.ended)
	defer f.news.none()
	defer f.giveBack()
	for f.offered() && ctx.Err() == nil {
		err := f.step(ctx)
		if ctx.Err() != nil {
			return
		}
		f.tell(err)
		if err != nil {
			f.news.none()
			pause(ctx, f.patience(err))
		}
	}
}

func (f *follower) offered() bool {
	d := f.chain.Describe()
	return d.Unreached || d.Can(driver.AbilityChanges)
}

// step asks once for what is new, and applies it.
func (f *follower) step(ctx context.Context) error {
	if err := f.lead(ctx); err != nil {
		f.watch(ctx, err)
		return err
	}
	if !f.begun {
		if err := f.begin(ctx); err != nil {
			return err
		}
	}
	f.news.asks(f.at.Cursor)
	asked := f.o.Now()
	batch, err := f.chain.Changes(ctx, f.at.Cursor, 0, f.poll())
	if err == nil {
		err = f.apply(ctx, batch, asked)
	}
	if lost(err) {
		f.begun = false
	}
	return err
}

// lost reports whether it cannot be gone on from where the follower stands.
func lost(err error) bool {
	return driver.CodeOf(err) == driver.CursorInvalid || errors.Is(err, ErrGap) || errors.Is(err, ErrFenced)
}

// poll is how long the chain is to wait for news. What it says is taken to be of the time when it was asked, and must not
// be too old before it says the next.
func (f *follower) poll() time.Duration { return f.o.Bound / 4 }

// lead makes sure of the lease.
func (f *follower) lead(ctx context.Context) error {
	if f.lease.Token != 0 && f.o.Now().Before(f.renew) {
		return nil
	}
	lease, err := f.store.Lead(ctx, f.lease, leaseFor)
	if err != nil {
		f.begun = false
		if errors.Is(err, ErrLed) {
			f.lease = Lease{}
		}
		return err // where the store did not answer, the lease may still be held, and is asked for by its token
	}
	if lease.Token != f.lease.Token {
		f.begun = false
	}
	f.lease, f.renew = lease, f.o.Now().Add(leaseFor/3)
	return nil
}

// watch looks how far the follower that has the lease came.
func (f *follower) watch(ctx context.Context, why error) {
	if !errors.Is(why, ErrLed) {
		return
	}
	s, err := f.store.State(ctx)
	if err != nil || s.Cursor == f.at.Cursor {
		return
	}
	f.chainID = s.ChainID
	f.reach(s.Progress)
}

// gone reports whether it has ended: nothing is followed.
func (f *follower) gone() bool {
	select {
	case <-f.ended:
		return true
	default:
		return false
	}
}

// giveBack lets another follower go on at once. Where the store does not answer, the token is kept: without it, its own
// lease would keep the follower out until it runs out.
func (f *follower) giveBack() {
	if f.lease.Token == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	f.begun, f.renew = false, time.Time{}
	if _, err := f.store.Lead(ctx, f.lease, 0); err == nil || errors.Is(err, ErrLed) {
		f.lease = Lease{}
	} // else it runs out, unless it is taken up again before
}

// tell says in the log once that it does not get on, and once that it does again.
func (f *follower) tell(err error) {
	led := errors.Is(err, ErrLed)
	if err == nil || led {
		f.failing = 0
	} else {
		f.failing++
	}
	switch {
	case f.failing == 3:
		f.o.Log.Warn("the ledger's changes cannot be followed, so that it is asked every time", "error", err)
		f.told = err
	case f.failing == 0 && f.told != nil:
		f.o.Log.Info("the ledger's changes are followed again")
		f.told = nil
	}
}

// patience is how long to wait after an error: for a while that grows, with a part that is left to chance, so that many
// do not come back at once. Who follows another's lead looks for news as often as that one does.
func (f *follower) patience(err error) time.Duration {
	if errors.Is(err, ErrLed) {
		return f.poll()
	}
	if f.failing >= 3 {
		f.giveBack() // another may reach the chain
	}
	d := min(shortestPause<<min(f.failing, 10), longestPause)
	return d/2 + rand.N(d/2)
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
