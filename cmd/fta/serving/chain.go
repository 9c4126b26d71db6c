package serving

import (
	"context"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// chain is a driver that is open, with those who use it: a ledger whose limits change stands on the driver that it stood on
// before, and the index that the driver keeps is never written by two.
type chain struct {
	driver.Ledger
	is    identity
	users int // guarded by base.mu
}

// identity is what cannot change while a chain is open: how it is reached, and how the driver reads it.
type identity struct{ url, mapping, secret string }

// lease is one use of a chain. Closing it ends the use, and the last one closes the driver.
type lease struct {
	driver.Ledger
	release func() error
}

// Close ends the use.
func (l *lease) Close() error { return l.release() }

// lease opens a chain, or takes the one that is open by that name.
func (b *base) lease(ctx context.Context, is identity, c adapters.Config, e adapters.Env) (*lease, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	open := b.chains[c.Slug]
	if open != nil && open.is != is {
		return nil, fmt.Errorf("ledgers.%s: url, mapping and keySecret cannot change while the gateway runs: start it anew, or give the ledger another name", c.Slug)
	}
	if open == nil {
		opened, err := adapters.OpenDriver(ctx, c, e)
		if err != nil {
			return nil, err
		}
		open = &chain{Ledger: opened, is: is}
		b.chains[c.Slug] = open
	}
	open.users++
	return &lease{open.Ledger, func() error { return b.leave(c.Slug, open) }}, nil
}

func (b *base) leave(slug string, open *chain) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if open.users--; open.users > 0 {
		return nil
	}
	delete(b.chains, slug)
	return open.Ledger.Close()
}
