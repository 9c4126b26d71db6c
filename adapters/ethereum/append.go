package ethereum

import (
	"context"
	"math/big"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
	"github.com/ftagateway/ftagateway/ld"
)

// maxTransaction is what nodes take of one transaction.
const maxTransaction = 128 << 10

// Append signs a transaction, keeps it, sends it, and waits until a block has it. One that the contract refuses is found
// out before anything is signed, unless a rival is under way: then it is known when the rival's block is final.
func (l *Ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if l.writer == nil {
		return nil, driver.Errorf(driver.Unsupported, "the ledger is read only: its section has no append, or there is no account's key")
	}
	if err := l.checkWrite(w); err != nil {
		return nil, err
	}
	ctx, x, leave, err := l.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	k, fresh, err := l.keepSigned(ctx, x, w)
	if err != nil {
		return nil, err
	}
	if fresh {
		if err := l.push(ctx, x, idempotencyKey(w), k); err != nil {
			return nil, err
		}
	}
	return l.await(ctx, x, idempotencyKey(w), k)
}

func (l *Ledger) checkWrite(w *driver.Write) error {
	if err := l.binding.CheckKey(w.Key); err != nil {
		return err
	}
	switch {
	case len(w.Body) == 0:
		return driver.Errorf(driver.Invalid, "body: must not be empty")
	case len(w.Body) > l.maxBody():
		return driver.Errorf(driver.TooLarge, "body has %d bytes, at most %d are taken", len(w.Body), l.maxBody())
	}
	return nil
}

// keepSigned answers what was signed for a write, and signs it where nothing was. A write that cannot succeed is refused,
// and nothing is signed.
func (l *Ledger) keepSigned(ctx context.Context, x *index, w *driver.Write) (k *kept, fresh bool, err error) {
	if k, err := x.kept(w); k != nil || err != nil {
		return k, false, err
	}
	if err := l.writer.take(ctx); err != nil {
		return nil, false, err
	}
	defer l.writer.give()
	if k, err := x.kept(w); k != nil || err != nil {
		return k, false, err // the same write came twice at the same time
	}
	data, err := l.binding.CallAppend(w)
	if err != nil {
		return nil, false, err
	}
	if len(data) > maxTransaction-1024 {
		return nil, false, driver.Errorf(driver.TooLarge, "body and lookups make a transaction of more than %d bytes", maxTransaction)
	}
	if err := l.standsAt(ctx, x, w); err != nil {
		return nil, false, err
	}
	tx, err := l.plan(ctx, x, data)
	if err != nil {
		return nil, false, err
	}
	k = &kept{Key: w.Key, Expect: w.Expect, Body: ld.Sum(w.Body)}
	return k, true, l.keep(x, idempotencyKey(w), k, tx)
}

// keep keeps what was signed, and with it that its nonce is given. The caller holds the writer's turn.
func (l *Ledger) keep(x *index, mark string, k *kept, tx *types.Transaction) error {
	err := x.keep(mark, k, tx, l.now())
	if err == nil {
		l.writer.gave(tx.Nonce(), l.now())
	}
	return err
}

// standsAt refuses a write on top of a version that is not the newest that any block has.
func (l *Ledger) standsAt(ctx context.Context, x *index, w *driver.Write) error {
	d, _, err := l.view(ctx, x)
	if err != nil {
		return err
	}
	stands, _, err := newest(d, w.Key)
	if err == nil && stands != w.Expect {
		err = driver.Errorf(driver.Conflict, "the key stands at version %d, and not at %d", stands, w.Expect)
	}
	return err
}

// plan makes and signs the next transaction of the account. The caller holds the writer's turn.
func (l *Ledger) plan(ctx context.Context, x *index, data []byte) (*types.Transaction, error) {
	gas, err := l.gas(ctx, data)
	if err != nil {
		return nil, err
	}
	price, err := l.offer(ctx)
	if err != nil {
		return nil, err
	}
	nonce, err := l.nonce(ctx)
	if err != nil {
		return nil, err
	}
	return l.sign(x, price.transaction(l.chain(x), nonce, gas, l.binding.Contract, data))
}

func (l *Ledger) chain(x *index) *big.Int { return new(big.Int).SetUint64(x.id.ChainID) }

func (l *Ledger) sign(x *index, tx *types.Transaction) (*types.Transaction, error) {
	tx, err := l.writer.Sign(tx, l.chain(x))
	if err != nil {
		return nil, driver.Errorf(driver.Unknown, "%w", err)
	}
	return tx, nil
}

// gas estimates, with a fifth to spare, and finds out whether the contract would refuse.
func (l *Ledger) gas(ctx context.Context, data []byte) (uint64, error) {
	gas, err := l.set.Gas(ctx, l.writer.Address, l.binding.Contract, data)
	if r := nodes.RefusedAs(err); r != nil && r.Kind == nodes.Reverted {
		return 0, l.binding.Revert(r.Data)
	}
	if err != nil {
		return 0, err
	}
	if gas += gas / 5; gas > l.writer.fees.maxGas {
		return 0, driver.Errorf(driver.ResourceExhausted, "a write of %d gas is above ledger.fees.maxGas, %d", gas, l.writer.fees.maxGas)
	}
	return gas, nil
}

// nonce gives the account's next nonce. Others may write with the same account: who of two was later is told so when it
// sends.
func (l *Ledger) nonce(ctx context.Context) (uint64, error) {
	waiting, err := l.set.Waiting(ctx, l.writer.Address)
	if err != nil {
		return 0, err
	}
	return l.writer.next(waiting, l.now()), nil
}
