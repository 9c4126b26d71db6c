package conformance

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// asked is the driver as a case calls it: it notes each call and its answer, so that a failure can tell them.
type asked struct {
	driver.Ledger
	c *check
}

func (a asked) Describe() driver.Description {
	x := a.c.asks("describe", nil)
	d := a.Ledger.Describe()
	x.answered(told(described(d)), nil)
	return d
}

func (a asked) Head(ctx context.Context) (driver.Head, error) {
	x := a.c.asks("head", nil)
	h, err := a.Ledger.Head(ctx)
	x.answered(told(map[string]any{"chainId": h.ChainID, "newest": tellBlock(h.Newest), "final": tellBlock(h.Final),
		"cursor": h.Cursor}), err)
	return h, err
}

func (a asked) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	x := a.c.asks("get", toldRef(ref))
	e, err := a.Ledger.Get(ctx, ref)
	x.answered(told(tellEntry(e)), err)
	return e, err
}

func (a asked) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	x := a.c.asks("versions", map[string]any{"key": key, "after": after, "limit": limit})
	page, err := a.Ledger.Versions(ctx, key, after, limit)
	x.answered(told(tellEntries(page)), err)
	return page, err
}

func (a asked) Find(ctx context.Context, l driver.Lookup, page string, limit int) ([]string, string, error) {
	x := a.c.asks("find", map[string]any{"lookup": l, "page": page, "limit": limit})
	keys, next, err := a.Ledger.Find(ctx, l, page, limit)
	x.answered(told(map[string]any{"keys": keys[:min(len(keys), 4*maxListed)], "keysInAll": len(keys), "next": next}), err)
	return keys, next, err
}

func (a asked) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	x := a.c.asks("changes", map[string]any{"after": after, "limit": limit, "wait": waitText(wait)})
	b, err := a.Ledger.Changes(ctx, after, limit, wait)
	x.answered(told(tellBatch(b)), err)
	return b, err
}

// waitText tells how long a wait was asked for; what is longer than the suite's own short wait is what was left of the
// case's time, which differs between runs.
func waitText(wait time.Duration) string {
	if wait <= shortWait {
		return wait.String()
	}
	return "as long as the case may last"
}

func tellBatch(b *driver.Batch) any {
	if b == nil {
		return nil
	}
	t := tellEntries(b.Entries)
	t["next"], t["head"] = b.Next, tellBlock(b.Head)
	return t
}

func (a asked) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	x := a.c.asks("append", toldWrite{w.Key, w.Expect, brief(w.Body), w.Lookups, w.IdempotencyKey})
	r, err := a.Ledger.Append(ctx, w)
	a.c.session.appends.add(w, err)
	x.answered(told(tellReceipt(r)), err)
	return r, err
}

func (a asked) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	x := a.c.asks("receipt", map[string]any{"tx": tx})
	r, err := a.Ledger.Receipt(ctx, tx)
	x.answered(told(tellReceipt(r)), err)
	return r, err
}

func (a asked) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	x := a.c.asks("prove", tellEntry(e))
	p, err := a.Ledger.Prove(ctx, e)
	x.answered(told(tellProof(p)), err)
	return p, err
}

func (a asked) Close() error {
	x := a.c.asks("Close", nil)
	err := a.Ledger.Close()
	x.answered("closed", err)
	return err
}

// verify asks the verifier of a proof's type, and notes it as a call.
func (c *check) verify(e *driver.Entry, p *driver.Proof, a driver.Anchors) driver.Result {
	x := c.asks("Verify", map[string]any{"entry": tellEntry(e), "proof": tellProof(p), "anchors": brief(a)})
	result := driver.Verify(e, p, a)
	x.answered(told(map[string]any{"outcome": result.Outcome, "reason": result.Reason}), nil)
	return result
}

// asks notes a call that begins.
func (c *check) asks(method string, arguments any) *exchange {
	x := &exchange{request: method, answer: "none"}
	if arguments != nil {
		x.request += " " + told(arguments)
	}
	for of := c; of != nil; of = of.parent {
		of.last.Store(x)
	}
	return x
}
