package fabric

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// reach gives the network, and reaches it where that was not done yet. The SDK cannot be interrupted while it does: it
// goes on by itself where ctx ends first, for the next call and for Close, which waits for it.
func (l *Ledger) reach(ctx context.Context) (*network, error) {
	if n := l.net.Load(); n != nil {
		return n, nil
	}
	if err := l.connecting.take(ctx); err != nil {
		return nil, err
	}
	if n := l.net.Load(); n != nil {
		l.connecting.give()
		return n, nil
	}
	failed := make(chan error, 1)
	l.calls.Go(func() {
		defer l.connecting.give()
		failed <- l.connect()
	})
	select {
	case err := <-failed:
		return l.net.Load(), err
	case <-ctx.Done():
		return nil, driver.FromContext(ctx)
	}
}

// connect reaches the network. The first block's hash is what the channel is known by ever after.
func (l *Ledger) connect() error {
	client, err := connect(l.profile, l.identity, l.target.channel)
	if err != nil {
		return err
	}
	var genesis []byte
	err = l.anyPeer(l.life, func(ctx context.Context, peer string) error {
		b, err := client.block(ctx, peer, 0)
		if err != nil {
			return err
		}
		if err := checkBlock(b, 0); err != nil {
			return driver.Errorf(driver.Corrupt, "%w", err)
		}
		genesis, err = blockHash(b.Header)
		return err
	})
	if err != nil {
		client.close()
		return err
	}
	l.net.Store(&network{client, newIndex(l.store, hexed(genesis), l.target.chaincode, l.native)})
	return nil
}

// patience is how long one peer is waited for while there is another.
const patience = 3 * time.Second

// anyPeer asks the peer that answered last, and the others where that one does not answer.
func (l *Ledger) anyPeer(ctx context.Context, ask func(ctx context.Context, peer string) error) error {
	var err error
	first := int(l.preferred.Load())
	for i := range l.profile.peers {
		at := (first + i) % len(l.profile.peers)
		err = l.onePeer(ctx, at, i < len(l.profile.peers)-1, ask)
		if err == nil {
			l.preferred.Store(int32(at))
			return nil
		}
		if ended := driver.FromContext(ctx); ended != nil || !driver.IsOutage(err) {
			return err
		}
	}
	return err
}

func (l *Ledger) onePeer(ctx context.Context, at int, others bool, ask func(ctx context.Context, peer string) error) error {
	if others {
		limited, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		ctx = limited
	}
	err := ask(ctx, l.profile.peers[at])
	if driver.CodeOf(err) == driver.DeadlineExceeded && others {
		return driver.Errorf(driver.Unavailable, "a peer does not answer: %w", err)
	}
	return err
}
