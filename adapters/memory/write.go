package memory

import (
	"bytes"
	"context"
	"unicode/utf8"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// maxKey bounds a key, in bytes. Every chain has such a bound; a driver states it and refuses what is above, and never
// shortens or otherwise alters a key to make it fit.
const maxKey = 1024

// Append signs a write and puts it on the chain. Here a block is made at once. A driver that sends over a wire keeps
// the signed bytes in Env.Store before it sends them, waits for the block until ctx ends, and then answers Pending.
func (l *Ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if l.signer == nil {
		return nil, driver.Errorf(driver.Unsupported, "memory: opened without a signer, so it is read only")
	}
	if err := l.check(w); err != nil {
		return nil, err
	}
	if err := l.ready(ctx); err != nil {
		return nil, err
	}
	t, err := l.sign(w)
	if err != nil {
		return nil, err
	}
	return l.chain.take(t)
}

// check refuses what can never succeed, before anything is signed.
func (l *Ledger) check(w *driver.Write) error {
	switch {
	case w.Key == "":
		return driver.Errorf(driver.Invalid, "memory: key is empty")
	case len(w.Body) == 0:
		return driver.Errorf(driver.Invalid, "memory: body is empty")
	case len(w.Key) > maxKey:
		return driver.Errorf(driver.Invalid, "memory: key has %d bytes, the most is %d", len(w.Key), maxKey)
	case !utf8.ValidString(w.Key):
		return driver.Errorf(driver.Invalid, "memory: key is not UTF-8")
	case len(w.Body) > l.chain.o.MaxBody:
		return driver.Errorf(driver.TooLarge, "memory: body has %d bytes, the most is %d", len(w.Body), l.chain.o.MaxBody)
	}
	return nil
}

// Receipt answers what became of a transaction.
func (l *Ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if l.signer == nil {
		return nil, driver.Errorf(driver.Unsupported, "memory: opened without a signer, so it is read only")
	}
	if err := l.ready(ctx); err != nil {
		return nil, err
	}
	c := l.chain
	c.mu.RLock()
	defer c.mu.RUnlock()
	e := c.byTx[tx]
	if e == nil {
		return nil, driver.Errorf(driver.NotFound, "memory: no such transaction")
	}
	return c.receipt(e), nil
}

// repeat is a write that was seen before, and what came of it.
type repeat struct {
	content hash
	entry   *driver.Entry
}

// take is the chain's side of Append. One lock makes it CAS: between the check of the version and the write of the
// next nobody else writes. A repeat is recognised before the version is checked, for the version has moved on by the
// very write that is being repeated.
func (c *Chain) take(t *transaction) (*driver.Receipt, error) {
	if !t.authentic() {
		return nil, driver.Errorf(driver.PermissionDenied, "memory: the signature is not the author's")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if before, ok := c.repeats[t.idempotencyKey()]; ok {
		if before.content != t.content() {
			return nil, driver.Errorf(driver.Conflict, "memory: idempotency key was used for another write")
		}
		return c.receipt(before.entry), nil
	}
	if stands := uint64(len(c.versions[t.key])); stands != t.expect {
		return nil, driver.Errorf(driver.Conflict, "memory: key stands at version %d, not at %d", stands, t.expect)
	}
	e := c.put(t)
	c.repeats[t.idempotencyKey()] = repeat{content: t.content(), entry: e}
	return c.receipt(e), nil
}

// put makes the block. The body is the transaction's own copy. The caller holds the lock.
func (c *Chain) put(t *transaction) *driver.Entry {
	e := &driver.Entry{
		Key: t.key, Version: t.expect + 1, Body: bytes.Clone(t.body), Author: t.author(),
		Cursor: c.cursor(len(c.log) + 1),
	}
	e.Tx = t.hash()
	b := c.addBlock(frame("transaction", []byte(e.Tx)))
	e.Height, e.Time = b.Height, b.Time
	c.log = append(c.log, e)
	c.leaves = append(c.leaves, leafOf(e))
	c.versions[t.key] = append(c.versions[t.key], e)
	c.byTx[e.Tx] = e
	c.index(e, t.lookups)
	return e
}

// receipt tells how far an entry has come by now. The caller holds the lock.
func (c *Chain) receipt(e *driver.Entry) *driver.Receipt {
	r := &driver.Receipt{Tx: e.Tx, State: driver.Included, Key: e.Key, Version: e.Version, Asked: c.o.Now().UTC()}
	r.Pos = c.give(e).Position
	if r.Pos.Final {
		r.State = driver.Finally
	}
	return r
}
