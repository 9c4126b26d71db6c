package ethereum

import (
	"context"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// await looks for the write in each new block, until it is in one. Whatever keeps it from learning that leaves it pending.
func (l *Ledger) await(ctx context.Context, x *index, mark string, k *kept) (*driver.Receipt, error) {
	for poll := firstPoll / 4; ; poll = min(2*poll, slowestPoll/2) {
		r, err := l.fate(ctx, x, k)
		switch {
		case err == nil && r.State == driver.Rejected:
			return nil, driver.Errorf(driver.Conflict, "transaction %s has no effect: %s", r.Tx, r.Reason)
		case err == nil && r.State != driver.Pending:
			return r, nil
		case err == nil:
			l.nudge(ctx, x, mark, k)
		}
		if pause(ctx, poll) == nil {
			continue
		}
		if l.life.Err() != nil {
			return nil, driver.FromContext(ctx)
		}
		return l.pending(k), nil
	}
}

func (l *Ledger) pending(k *kept) *driver.Receipt {
	return &driver.Receipt{Tx: k.newest().Tx.Hex(), State: driver.Pending, Key: k.Key, Asked: l.now().UTC()}
}

// fate says what became of a write. That it has no effect is said only when that is final: another order of blocks could
// still give it one.
func (l *Ledger) fate(ctx context.Context, x *index, k *kept) (*driver.Receipt, error) {
	d, final, err := l.view(ctx, x)
	if err != nil {
		return nil, err
	}
	for _, s := range k.Signed {
		if r, err := l.effectOf(d, s.Tx, final); r != nil || err != nil {
			return r, err
		}
	}
	if l.binding.Guarded() {
		if where, ok, err := version(d, k.Key, k.Expect+1); err != nil || ok && where.height <= final.Height {
			return l.rejected(k, "another version was written first"), err
		}
	}
	return l.withoutEffect(ctx, k, final)
}

// withoutEffect looks for a transaction that a final block holds and that brought nothing.
func (l *Ledger) withoutEffect(ctx context.Context, k *kept, final *nodes.Block) (*driver.Receipt, error) {
	for _, s := range k.Signed {
		o, err := l.outcomeOf(ctx, s.Tx)
		switch {
		case err != nil:
			return nil, err
		case o == nil || o.Height > final.Height:
			continue
		}
		here, err := l.stillOn(ctx, &nodes.Block{Height: o.Height, Hash: o.Block})
		switch {
		case err != nil:
			return nil, err
		case !here:
			return nil, driver.Errorf(driver.Corrupt, "a receipt of a block that is not on the chain")
		case o.Brings:
			return nil, driver.Errorf(driver.Corrupt, "a receipt with a log that the chain's logs lack")
		case o.Failed:
			return l.rejected(k, "the contract refused it"), nil
		}
		return l.rejected(k, "it changed nothing"), nil
	}
	return l.pending(k), nil
}

func (l *Ledger) rejected(k *kept, reason string) *driver.Receipt {
	r := l.pending(k)
	r.State, r.Reason = driver.Rejected, reason
	return r
}

// outcome is what nodes must agree on of a receipt.
type outcome struct {
	Height uint64
	Block  common.Hash
	Failed bool // the contract refused it
	Brings bool // it has a log that brings a version
}

// outcomeOf answers nil while no block has the transaction.
func (l *Ledger) outcomeOf(ctx context.Context, tx common.Hash) (*outcome, error) {
	return nodes.Agree(ctx, l.set, "a receipt", func(ctx context.Context, n *nodes.Node) (*outcome, error) {
		r, err := n.Receipt(ctx, tx)
		if r == nil || err != nil {
			return nil, err
		}
		o := &outcome{Height: r.BlockNumber.Uint64(), Block: r.BlockHash, Failed: r.Status == types.ReceiptStatusFailed}
		for _, log := range r.Logs {
			f, err := l.binding.Decode(log)
			if err != nil {
				return nil, err
			}
			o.Brings = o.Brings || f != nil && f.Brings
		}
		return o, nil
	})
}

// effectOf answers the receipt of a transaction that brought a version; nil for none.
func (l *Ledger) effectOf(d *draft, tx common.Hash, final *nodes.Block) (*driver.Receipt, error) {
	value, err := d.get(d.row('t', string(tx[:])))
	if value == nil || err != nil {
		return nil, err
	}
	at, err := placeOf(value)
	if err != nil {
		return nil, err
	}
	s, err := effectAt(d, at)
	if err != nil {
		return nil, err
	}
	e := d.entry(s, at.height <= final.Height)
	r := &driver.Receipt{Tx: e.Tx, State: driver.Included, Key: e.Key, Version: e.Version, Pos: e.Position, Asked: l.now().UTC()}
	if e.Final {
		r.State = driver.Finally
	}
	return r, nil
}

// Receipt answers what became of a transaction: one that was signed here, or one of anybody that brought a version.
func (l *Ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	if l.writer == nil {
		return nil, driver.Errorf(driver.Unsupported, "the ledger is read only: its section has no append, or there is no account's key")
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	hash := common.HexToHash(tx)
	if hash.Hex() != tx { // no chain has it, and yet that is only said when this one can be asked
		if _, err := l.catchUp(ctx, x); err != nil {
			return nil, err
		}
		return nil, driver.Errorf(driver.NotFound, "%.80q is no transaction of this chain", tx)
	}
	k, mark, err := x.keptAs(hash)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return l.foreign(ctx, x, hash)
	}
	r, err := l.fate(ctx, x, k)
	if err == nil && r.State == driver.Pending {
		l.nudge(ctx, x, mark, k)
	}
	return r, err
}

// foreign is a transaction that was not signed here.
func (l *Ledger) foreign(ctx context.Context, x *index, tx common.Hash) (*driver.Receipt, error) {
	d, final, err := l.view(ctx, x)
	if err != nil {
		return nil, err
	}
	r, err := l.effectOf(d, tx, final)
	if r == nil && err == nil {
		err = driver.Errorf(driver.NotFound, "no transaction of this hash brought a version, and it was not sent from here")
	}
	return r, err
}

// about is how long a write takes to be final, where that is known.
func (l *Ledger) about() time.Duration {
	if l.binding.Section.Finality.Tag == "" && l.binding.Section.Finality.Confirmations == 0 {
		return 13 * time.Minute // two epochs of 32 slots of 12 seconds, on the main chain
	}
	return 0
}
