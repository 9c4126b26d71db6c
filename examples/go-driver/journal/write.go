package journal

import (
	"context"
	"crypto"
	"crypto/rand"
	"encoding/json"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Append signs a write and puts it on the chain. It is on the disk when Append returns, so that nothing is ever pending.
func (l *Ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if l.signer == nil {
		return nil, errReadOnly()
	}
	if err := check(w); err != nil {
		return nil, err
	}
	c, err := l.reach(ctx)
	if err != nil {
		return nil, err
	}
	signed, err := l.sign(w)
	if err != nil {
		return nil, err
	}
	return c.append(signed)
}

// Receipt answers what became of a transaction.
func (l *Ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if l.signer == nil {
		return nil, errReadOnly()
	}
	c, err := l.reach(ctx)
	if err != nil {
		return nil, err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	if e := c.byTx[tx]; e != nil {
		return receiptOf(e), nil
	}
	return nil, driver.Errorf(driver.NotFound, "journal: no such transaction")
}

// Prove is not offered: a file proves nothing to somebody who does not trust its owner.
func (l *Ledger) Prove(context.Context, *driver.Entry) (*driver.Proof, error) {
	return nil, driver.Errorf(driver.Unsupported, "journal: no proofs are offered")
}

func errReadOnly() error {
	return driver.Errorf(driver.Unsupported, "journal: opened without a transport key, so it is read only")
}

// check refuses what can never succeed, before anything is signed.
func check(w *driver.Write) error {
	if err := checkKey(w.Key); err != nil {
		return err
	}
	switch {
	case len(w.Body) == 0:
		return driver.Errorf(driver.Invalid, "journal: the body must not be empty")
	case len(w.Body) > maxBody:
		return driver.Errorf(driver.TooLarge, "journal: the body has %d bytes, the most is %d", len(w.Body), maxBody)
	}
	return nil
}

// sign makes a block of a write, but for its place.
func (l *Ledger) sign(w *driver.Write) (*block, error) {
	b := &block{Author: l.author, Write: write{
		Key: w.Key, Version: w.Expect + 1, Body: w.Body, Lookups: w.Lookups, Idempotency: w.IdempotencyKey}}
	var err error
	b.Signature, err = l.signer.Sign(rand.Reader, b.Write.bytes(), crypto.Hash(0)) // 0: Ed25519 hashes by itself
	if err != nil {
		return nil, driver.Errorf(driver.Unknown, "journal: signing: %w", err)
	}
	return b, nil
}

// append lets one of several writers win. A repeat is told before the version is looked at, which has moved on by the
// very write that is repeated.
func (c *chain) append(b *block) (*driver.Receipt, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if before, ok := c.repeats[b.Write.sameAs()]; ok {
		if before.content != b.Write.content() {
			return nil, driver.Errorf(driver.Conflict, "journal: the idempotency key was used for another write")
		}
		return receiptOf(before.entry), nil
	}
	if stands := uint64(len(c.versions[b.Write.Key])); stands+1 != b.Write.Version {
		return nil, driver.Errorf(driver.Conflict, "journal: the key stands at version %d", stands)
	}
	b.Previous, b.Time = c.top().Hash, c.now()
	line, err := json.Marshal(b)
	if err != nil {
		return nil, driver.Errorf(driver.Unknown, "journal: %w", err)
	}
	if err := c.write(line); err != nil {
		return nil, err
	}
	if err := c.take(line); err != nil {
		return nil, err
	}
	return receiptOf(c.log[len(c.log)-1]), nil
}

func receiptOf(e *driver.Entry) *driver.Receipt {
	return &driver.Receipt{Tx: e.Tx, State: driver.Finally, Key: e.Key, Version: e.Version, Pos: e.Position,
		Asked: time.Now().UTC()}
}
