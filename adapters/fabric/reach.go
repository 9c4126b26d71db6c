package fabric

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// reach gives the network, and reaches it where that was not done yet, or was done with an identity that the wallet no
// longer holds. The SDK cannot be interrupted while it does: it goes on by itself where ctx ends first, for the next call
// and for Close, which waits for it.
func (l *Ledger) reach(ctx context.Context) (*network, error) {
	if n := l.net.Load(); n != nil && !l.renewed() {
		return n, nil
	}
	if err := l.connecting.take(ctx); err != nil {
		return nil, err
	}
	if n := l.net.Load(); n != nil && !l.renewed() {
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

// renewed reports whether the wallet's file is another than the one that was used last: certificates end within a year,
// and whoever puts a new one in its place does not start the gateway anew.
func (l *Ledger) renewed() bool {
	used := l.used.Load()
	now := l.target.stamp()
	return used == nil || now != walletStamp{} && now != *used
}

// connect reaches the network as whom the wallet says now. Where that fails and it was reached before, the connection
// that there is stays in use until the wallet changes again.
func (l *Ledger) connect() error {
	stamp := l.target.stamp()
	l.used.Store(&stamp)
	before := l.net.Load()
	n, err := l.join(before)
	if err != nil {
		if before == nil {
			return err
		}
		l.log.Warn("Fabric wallet was changed, and the network cannot be reached by it", "channel", l.target.channel, "error", err)
		return nil
	}
	if before != nil {
		l.retired = append(l.retired, before.client)
	}
	l.net.Store(n)
	return nil
}

// join connects. The first block's hash is what the channel is known by ever after.
func (l *Ledger) join(before *network) (*network, error) {
	id, err := l.whoIs()
	if err != nil {
		return nil, err
	}
	client, err := l.dial(l.profile, id, l.target.channel)
	if err != nil {
		return nil, err
	}
	genesis, err := l.firstBlock(client)
	if err == nil && before != nil && before.genesis != hexed(genesis) {
		err = driver.Errorf(driver.Corrupt, "the channel began with block %s, and now with %s", before.genesis, hexed(genesis))
	}
	if err != nil {
		client.close()
		return nil, err
	}
	return &network{client, newIndex(l.store, hexed(genesis), l.target.chaincode, l.native)}, nil
}

func (l *Ledger) firstBlock(client channel) (hash []byte, err error) {
	err = l.anyPeer(l.life, func(ctx context.Context, peer string) error {
		b, err := client.block(ctx, peer, 0)
		if err != nil {
			return err
		}
		if err := checkBlock(b, 0); err != nil {
			return driver.Errorf(driver.Corrupt, "%w", err)
		}
		hash, err = blockHash(b.Header)
		return err
	})
	return hash, err
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
