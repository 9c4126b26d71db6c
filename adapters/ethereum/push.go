package ethereum

import (
	"context"
	"time"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
)

// pushes bounds how often a write is planned anew within one call.
const pushes = 8

// push sends what was kept. No error says that it may be under way: also where nobody answered, for somebody may have it
// all the same. The error for what an account or ceiling forbids leaves the write kept, to be sent by a later call.
func (l *Ledger) push(ctx context.Context, x *index, mark string, k *kept) error {
	for range pushes {
		s := k.newest()
		fate, err := l.set.Send(ctx, s.Raw)
		if err != nil {
			return nil //nolint:nilerr // see above
		}
		l.writer.note(s.Tx, l.now().Add(again(fate)))
		if fate != nodes.Taken {
			l.writer.withdraw(s.Nonce)
		}
		again, err := l.after(ctx, x, mark, k, fate)
		if err != nil || !again {
			return err
		}
	}
	return nil
}

// after acts on what a node says of a transaction; true where there is another one to send.
func (l *Ledger) after(ctx context.Context, x *index, mark string, k *kept, fate nodes.Fate) (bool, error) {
	switch fate {
	case nodes.Taken:
		return false, nil
	case nodes.Overtaken, nodes.Occupied:
		return l.overtaken(ctx, x, mark, k)
	case nodes.Underpriced:
		return l.raise(ctx, x, mark, k)
	case nodes.Unaffordable:
		return false, &driver.Error{Code: driver.ResourceExhausted, RetryAfter: longPause, Err: errText("the account cannot pay for the write")}
	}
	return false, &driver.Error{Code: driver.Unavailable, RetryAfter: time.Second, Err: errText("the endpoints refuse the transaction")}
}

// overtaken plans a write anew whose nonce another transaction has. That is safe where the contract is told which version
// must stand: however many transactions of one write come into blocks, one has an effect. Where it is not, the write is
// left as it is until it is certain that it was lost.
func (l *Ledger) overtaken(ctx context.Context, x *index, mark string, k *kept) (bool, error) {
	for _, s := range k.Signed {
		o, err := l.outcomeOf(ctx, s.Tx)
		if err != nil || o != nil {
			return false, nil //nolint:nilerr // it is in a block, or may be: waiting tells
		}
	}
	if !l.binding.Guarded() {
		if lost, err := l.lost(ctx, x, k); err != nil || !lost {
			return false, nil //nolint:nilerr // it is asked for again
		}
	}
	return l.anew(ctx, x, mark, k)
}

// anew plans a write under another nonce. That the contract would refuse it now says nothing: the first transaction may be
// in a block that the endpoint which was asked for its receipt does not have yet.
func (l *Ledger) anew(ctx context.Context, x *index, mark string, k *kept) (bool, error) {
	again, err := l.another(ctx, x, mark, k, func(tx *types.Transaction) (*types.Transaction, error) { return l.plan(ctx, x, tx.Data()) })
	if err != nil && !driver.IsOutage(err) {
		return false, nil
	}
	return again, err
}

// lost reports whether none of a write's transactions can come into a block any more: all their nonces were used in blocks
// up to the final one, and the logs of these blocks show no effect of them.
func (l *Ledger) lost(ctx context.Context, x *index, k *kept) (bool, error) {
	d, final, err := l.view(ctx, x)
	if err != nil {
		return false, err
	}
	used, err := l.set.Used(ctx, l.writer.Address, final.Hash)
	if err != nil {
		return false, err
	}
	for _, s := range k.Signed {
		effect, err := l.effectOf(d, s.Tx, final)
		if err != nil || effect != nil || s.Nonce >= used {
			return false, err
		}
	}
	return true, nil
}

// raise replaces a transaction by one that pays more, under the same nonce.
func (l *Ledger) raise(ctx context.Context, x *index, mark string, k *kept) (bool, error) {
	return l.another(ctx, x, mark, k, func(tx *types.Transaction) (*types.Transaction, error) {
		more, ok := l.writer.fees.raise(offerOf(tx))
		if !ok {
			return nil, &driver.Error{Code: driver.ResourceExhausted, RetryAfter: longPause, Err: errText("a write would have to pay more than the ceiling of ledger.fees.maxFeeGwei")}
		}
		return l.sign(x, more.transaction(l.chain(x), tx.Nonce(), tx.Gas(), *tx.To(), tx.Data()))
	})
}

// another signs and keeps one more transaction of a write, unless another call has done so meanwhile.
func (l *Ledger) another(ctx context.Context, x *index, mark string, k *kept, make func(*types.Transaction) (*types.Transaction, error)) (bool, error) {
	if err := l.writer.take(ctx); err != nil {
		return false, err
	}
	defer l.writer.give()
	now, err := x.keptUnder(mark)
	if err != nil || now == nil {
		return false, err
	}
	if len(now.Signed) != len(k.Signed) {
		*k = *now
		return true, nil
	}
	var tx types.Transaction
	if err := tx.UnmarshalBinary(k.newest().Raw); err != nil {
		return false, damaged("a signed transaction: %w", err)
	}
	next, err := make(&tx)
	if err != nil {
		return false, err
	}
	return true, l.keep(x, mark, k, next)
}

// resend is how long after it was sent a transaction that no block has is sent again: nodes forget what waits. One that was
// not taken is sent again sooner.
const (
	resend     = 5 * time.Second
	resendSoon = time.Second
)

func again(fate nodes.Fate) time.Duration {
	if fate == nodes.Taken {
		return resend
	}
	return resendSoon
}

// nudge keeps a write going that no block has yet.
func (l *Ledger) nudge(ctx context.Context, x *index, mark string, k *kept) {
	s := k.newest()
	if !l.writer.due(s.Tx, l.now()) {
		return
	}
	var err error
	if l.now().Sub(s.At) > l.writer.fees.replace {
		_, err = l.raise(ctx, x, mark, k)
	}
	if pushed := l.push(ctx, x, mark, k); pushed != nil {
		err = pushed
	}
	if err != nil {
		l.log.Warn("Ethereum transaction waits", "error", err)
	}
}
