package fabric

import (
	"context"

	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Receipt answers what became of a transaction: from the blocks, or from what was kept when it was signed.
func (l *Ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if !l.schema.canWrite() {
		return nil, errReadOnly
	}
	ctx, n, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if o, err := n.outcome(tx); o != nil || err != nil {
		return l.told(tx, o, err)
	}
	if _, err := l.catchUp(ctx, n); err != nil {
		return nil, err
	}
	if o, err := n.outcome(tx); o != nil || err != nil {
		return l.told(tx, o, err)
	}
	k, err := n.keptAs(tx)
	switch {
	case err != nil:
		return nil, err
	case k == nil:
		return nil, driver.Errorf(driver.NotFound, "no block holds transaction %.80q, and it was not sent from here", tx)
	}
	return l.pending(k), nil
}

func (l *Ledger) told(tx string, o *outcome, err error) (*driver.Receipt, error) {
	if err != nil {
		return nil, err
	}
	return l.receipt(tx, o), nil
}

// receipt tells anybody what became of a transaction that a block holds.
func (l *Ledger) receipt(tx string, o *outcome) *driver.Receipt {
	r := &driver.Receipt{Tx: tx, State: driver.Finally, Key: o.Key, Version: o.Version, Pos: o.Position, Asked: l.now().UTC()}
	if o.Version == 0 {
		r.State, r.Reason = driver.Rejected, reasonOf(o.Validity)
	}
	return r
}

func (l *Ledger) pending(k *kept) *driver.Receipt {
	return &driver.Receipt{Tx: k.Tx, State: driver.Pending, Key: k.Key, Asked: l.now().UTC()}
}

func (o *outcome) valid() bool {
	return peer.TxValidationCode(o.Validity) == peer.TxValidationCode_VALID
}

// code is how a writer is told of a transaction without effect.
func (o *outcome) code() driver.Code {
	switch peer.TxValidationCode(o.Validity) {
	case peer.TxValidationCode_MVCC_READ_CONFLICT, peer.TxValidationCode_PHANTOM_READ_CONFLICT:
		return driver.Conflict
	case peer.TxValidationCode_ENDORSEMENT_POLICY_FAILURE, peer.TxValidationCode_BAD_CREATOR_SIGNATURE:
		return driver.PermissionDenied
	}
	return driver.Unknown
}

// reasonOf says in the field's words why a transaction has no effect.
func reasonOf(validity int32) string {
	switch peer.TxValidationCode(validity) {
	case peer.TxValidationCode_VALID:
		return "it wrote no entry"
	case peer.TxValidationCode_MVCC_READ_CONFLICT, peer.TxValidationCode_PHANTOM_READ_CONFLICT:
		return "another transaction was committed first"
	case peer.TxValidationCode_ENDORSEMENT_POLICY_FAILURE:
		return "the endorsement policy is not satisfied"
	}
	return "the channel marked it as invalid: " + peer.TxValidationCode(validity).String()
}
