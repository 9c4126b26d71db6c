// Package memory is the embedded chain: it lives in this process, needs no configuration, and forgets everything when
// the process ends. Tests and tutorials stand on it.
//
// It is also the simplest correct driver, and the one to copy from. Chain is what a node and its network are to you;
// Ledger is the driver, and what you write. Read it in this order:
//
//	memory.go   what the driver says of itself, and how it ends
//	open.go     how a URL becomes a Ledger
//	read.go     Head, Get, Versions: absence, finality, whose slices they are
//	write.go    Append and Receipt: the order of the checks, and what makes a repeat safe
//	find.go     pages whose order stays while the chain grows
//	changes.go  cursors that know their chain, and waiting without a goroutine
//	proof.go    a proof that is checked without this driver
//
// Then run the conformance suite against your own: conformance_test.go shows how little that takes.
package memory

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust/did"
)

// Ledger is a driver's view of a Chain, and writes to it with one key. It starts no goroutine, so Close has only to
// wake whoever waits.
type Ledger struct {
	chain  *Chain
	signer crypto.Signer // nil: read only
	author driver.Author
	closed chan struct{}
	once   sync.Once
}

var _ driver.Ledger = (*Ledger)(nil)

// New makes a chain and a Ledger that writes to it with a new key. It is for tests and examples; a driver of your own
// needs only an OpenFunc.
func New(o Options) *Ledger {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err) // crypto/rand never fails on a system that Go supports
	}
	l, err := NewChain(o).Connect(key)
	if err != nil {
		panic(err) // Connect refuses no Ed25519 key
	}
	return l
}

// Connect gives a Ledger over the chain, which writes with the signer's key; without one it only reads. The chain
// authenticates writers by Ed25519, so that another kind of key can never work. Many Ledgers may share a Chain, and
// Close of one leaves the others and the chain alone.
func (c *Chain) Connect(signer crypto.Signer) (*Ledger, error) {
	l := &Ledger{chain: c, closed: make(chan struct{})}
	if signer == nil {
		return l, nil
	}
	public, ok := signer.Public().(ed25519.PublicKey)
	if !ok {
		return nil, driver.Errorf(driver.Invalid, "memory: signer has a key of type %T, the chain takes ed25519.PublicKey",
			signer.Public())
	}
	l.signer, l.author = signer, driver.Author{Kind: "did", ID: did.FromEd25519(public)}
	return l, nil
}

// Chain gives the chain that the Ledger reads, with the anchors for its proofs.
func (l *Ledger) Chain() *Chain { return l.chain }

// Author is whom the chain will name as the author of what this Ledger appends. It is empty when the Ledger only reads.
func (l *Ledger) Author() driver.Author { return l.author }

// Describe says what this chain can do. The slices are made anew: a caller may change what it is given.
func (l *Ledger) Describe() driver.Description {
	d := driver.Description{
		URI:  l.chain.uri,
		Kind: "memory",
		Abilities: []driver.Ability{driver.AbilityRead, driver.AbilityVersions, driver.AbilityFind,
			driver.AbilityChanges, driver.AbilityProve, driver.AbilityPin},
		MaxBody:    l.chain.o.MaxBody,
		PageSize:   l.chain.o.PageSize,
		Finality:   l.chain.finality(),
		ProofTypes: []string{ProofType},
		WriteMode:  driver.WriteNone,
		ForTesting: l.chain.o.ForTesting,
	}
	if l.signer != nil {
		d.Abilities = append(d.Abilities, driver.AbilityAppend)
		d.WriteMode = driver.WriteCAS
	}
	return d
}

// Close ends the Ledger and whoever waits in it. The chain stays.
func (l *Ledger) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// ready answers why a call cannot go on: the Ledger was closed, the caller went away, or the chain is down. Every
// method asks first, because an answer given after that would be one that nobody may rely on.
func (l *Ledger) ready(ctx context.Context) error {
	select {
	case <-l.closed:
		return errClosed()
	default:
	}
	if err := driver.FromContext(ctx); err != nil {
		return err
	}
	if l.chain.isDown() {
		return driver.Errorf(driver.Unavailable, "memory: the chain is stopped")
	}
	return nil
}

// errClosed is made anew each time: an error that callers share is one that they could change for each other.
func errClosed() error { return driver.Errorf(driver.Canceled, "memory: the ledger is closed") }

// finality says in words what makes a block final on this chain.
func (c *Chain) finality() string {
	if c.o.FinalAfter == 0 {
		return "a block is final when it is made"
	}
	return fmt.Sprintf("a block is final when %d more stand on it", c.o.FinalAfter)
}
