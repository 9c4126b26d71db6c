package webledger

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Receipt answers what became of an operation by its hash: from the index, which is brought up to date where it does
// not know, or from what was kept when it was signed.
func (l *Ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if err := l.writable(); err != nil {
		return nil, err
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	o, err := x.outcome(tx)
	if o != nil || err != nil {
		return l.told(x, tx, o, err)
	}
	k, err := x.keptAs(tx)
	if err != nil {
		return nil, err
	}
	if _, err := l.catchUp(ctx); err != nil {
		return nil, err
	}
	if k == nil {
		o, err = x.outcome(tx)
		return l.told(x, tx, o, err)
	}
	if o, err = x.resolve(k); o == nil && err == nil {
		return l.pending(k), nil
	}
	return l.told(x, tx, o, err)
}

// keptAs answers what was signed and has this hash; nil for nothing.
func (x *index) keptAs(tx string) (*kept, error) {
	mark, err := x.get(x.lasting('x', tx))
	if mark == nil || err != nil {
		return nil, err
	}
	return x.keptUnder(string(mark))
}

// told tells anybody what became of an operation.
func (l *Ledger) told(x *index, tx string, o *outcome, err error) (*driver.Receipt, error) {
	switch {
	case err != nil:
		return nil, err
	case o == nil:
		return nil, driver.Errorf(driver.NotFound, "no block holds operation %.80q, and it was not sent from here", tx)
	case o.Version > 0:
		return l.receipt(x, tx, o)
	}
	r := &driver.Receipt{Tx: tx, State: driver.Rejected, Key: o.Key, Reason: o.Reason, Asked: l.now().UTC()}
	if o.Height > 0 {
		r.Pos = driver.Position{Height: o.Height, Index: o.Index, Tx: tx, Final: true}
	}
	return r, nil
}

func (l *Ledger) receipt(x *index, tx string, o *outcome) (*driver.Receipt, error) {
	e, err := x.entry(place{o.Height, o.Index})
	if err != nil {
		return nil, err
	}
	return &driver.Receipt{Tx: tx, State: driver.Finally, Key: o.Key, Version: o.Version, Pos: e.Position, Asked: l.now().UTC()}, nil
}

func (l *Ledger) pending(k *kept) *driver.Receipt {
	return &driver.Receipt{Tx: k.Tx, State: driver.Pending, Key: k.Key, Asked: l.now().UTC()}
}

// Prove is not offered: the protocol has no proofs.
func (l *Ledger) Prove(context.Context, *driver.Entry) (*driver.Proof, error) {
	return nil, driver.Errorf(driver.Unsupported, "a Web Ledger node offers no proofs")
}
