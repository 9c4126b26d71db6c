// Package journal is a driver that lives outside the gateway's repository, as a vendor's would: it imports public
// packages only. Its chain is a file of signed blocks, a line each, every line holding the hash of the line before.
//
// Read it in this order:
//
//	journal.go  what the driver says of itself, and how it ends
//	open.go     how a URL becomes a Ledger, and why a file that cannot be opened now is no error
//	file.go     the chain: lines that are on the disk before anybody hears of them
//	index.go    what is kept in memory of the lines
//	read.go     Head, Get, Versions, Find
//	changes.go  Changes: cursors that know their chain
//	write.go    Append and Receipt
package journal

import (
	"context"
	"crypto"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// The bounds that the chain sets, in bytes and entries.
const (
	maxKey   = 1024
	maxBody  = 64 << 10
	pageSize = 50
)

// Ledger is the driver over one journal. It starts no goroutine.
type Ledger struct {
	path    string
	testing bool
	signer  crypto.Signer // nil: read only
	author  string        // the signer's did:key

	ctx context.Context // ends with Close
	end context.CancelFunc

	mu    sync.Mutex
	chain *chain // nil until the file could be opened once
}

var _ driver.Ledger = (*Ledger)(nil)

// Describe says what this chain can do.
func (l *Ledger) Describe() driver.Description {
	d := driver.Description{
		Kind: "journal",
		Abilities: []driver.Ability{driver.AbilityRead, driver.AbilityVersions, driver.AbilityFind,
			driver.AbilityChanges, driver.AbilityPin},
		MaxBody: maxBody, PageSize: pageSize, ForTesting: l.testing, WriteMode: driver.WriteNone,
		Finality: "a block is final when its line is on the disk",
	}
	if l.signer != nil {
		d.Abilities, d.WriteMode = append(d.Abilities, driver.AbilityAppend), driver.WriteCAS
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.chain != nil {
		d.URI = l.chain.uri
	}
	return d
}

// Close lets go of the file and ends whoever waits.
func (l *Ledger) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	closed := l.ctx.Err() != nil
	l.end()
	if closed || l.chain == nil {
		return nil
	}
	return l.chain.close()
}

// reach answers the chain, opening its file where it could not be opened before. Every call begins here.
func (l *Ledger) reach(ctx context.Context) (*chain, error) {
	if err := driver.FromContext(ctx); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ctx.Err() != nil {
		return nil, errClosed()
	}
	if l.chain != nil {
		return l.chain, nil
	}
	chain, err := openChain(l.path)
	if err != nil {
		return nil, err
	}
	l.chain = chain
	return chain, nil
}

// reachKey is reach for a method that takes a key.
func (l *Ledger) reachKey(ctx context.Context, key string) (*chain, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	return l.reach(ctx)
}

func errClosed() error { return driver.Errorf(driver.Canceled, "journal: the ledger is closed") }
