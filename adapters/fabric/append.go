package fabric

import (
	"context"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var errReadOnly = driver.Errorf(driver.Unsupported, "the mapping names no functions that write to this chaincode")

// Append has a write endorsed, signs it, keeps it, sends it, and follows the blocks until one holds it. A transaction
// that a block holds as invalid has no effect: another one was first, and that is a Conflict.
func (l *Ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if !l.schema.canWrite() {
		return nil, errReadOnly
	}
	if err := checkWrite(w); err != nil {
		return nil, err
	}
	ctx, n, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	k, err := l.keepSigned(ctx, n, w)
	if err != nil {
		return nil, err
	}
	if o, err := n.outcome(k.Tx); o != nil || err != nil {
		return l.settled(k, o, err)
	}
	if err := l.send(ctx, n, k); err != nil {
		if driver.CodeOf(err) != driver.OutcomeUnknown {
			return nil, err
		}
		return l.pending(k), nil
	}
	return l.await(ctx, n, k)
}

func checkWrite(w *driver.Write) error {
	if len(w.Body) == 0 {
		return driver.Errorf(driver.Invalid, "body: must not be empty")
	}
	if err := checkKey(w.Key); err != nil {
		return err
	}
	if len(w.Body) > maxBody {
		return driver.Errorf(driver.TooLarge, "body: has %d bytes, at most %d are taken", len(w.Body), maxBody)
	}
	return nil
}

// send gives a transaction to an orderer. OutcomeUnknown means that one may have it or not: it is sent a second time, as
// the same transaction twice has one effect.
func (l *Ledger) send(ctx context.Context, n *network, k *kept) error {
	s := &signed{k.Tx, k.Payload, k.Signature}
	err := n.client.send(ctx, s)
	if driver.CodeOf(err) != driver.OutcomeUnknown {
		return err
	}
	if err = n.client.send(ctx, s); driver.IsOutage(err) {
		return driver.Errorf(driver.OutcomeUnknown, "again: %w", err)
	}
	return err
}

// pollOwn is how long Append waits before it looks for its block again. Writers that wait together look together.
const pollOwn = 15 * time.Millisecond

// await follows the blocks until the transaction is settled. Whatever keeps it from learning that leaves it pending.
func (l *Ledger) await(ctx context.Context, n *network, k *kept) (*driver.Receipt, error) {
	for {
		if _, err := l.catchUpSince(ctx, n, time.Now().Add(-pollOwn)); err == nil {
			if o, err := n.outcome(k.Tx); o != nil || err != nil {
				return l.settled(k, o, err)
			}
		}
		if pause(ctx, pollOwn) == nil {
			continue
		}
		if l.life.Err() != nil {
			return nil, driver.FromContext(ctx)
		}
		return l.pending(k), nil
	}
}

func (x *index) outcome(tx string) (*outcome, error) {
	var o outcome
	found, err := getJSON(x, x.row('t', hashed(tx)), &o)
	if !found {
		return nil, err
	}
	return &o, nil
}

// settled tells a writer what became of the transaction.
func (l *Ledger) settled(k *kept, o *outcome, err error) (*driver.Receipt, error) {
	if err != nil {
		return nil, err
	}
	r := l.receipt(k.Tx, o)
	if r.State == driver.Rejected {
		return nil, driver.Errorf(o.code(), "transaction %s has no effect: %s", k.Tx, r.Reason)
	}
	return r, nil
}

// endorsed has the chaincode played, and says what it means if that refuses.
func (l *Ledger) endorsed(ctx context.Context, n *network, w *driver.Write, create bool) (*signed, error) {
	args, err := l.schema.call(w, create)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "lookups: %w", err)
	}
	s, err := n.client.endorse(ctx, l.target.chaincode, args)
	var refused *refusal
	if errors.As(err, &refused) {
		return nil, l.schema.classify(refused)
	}
	return s, err
}
