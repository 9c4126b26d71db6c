package nodes

import (
	"cmp"
	"context"
	"errors"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Waiting gives how many transactions an account has with those that wait for a block: as many as a quorum knows of. One
// endpoint that knows of more may have them for itself, or make them up: then the account would wait for them for ever.
func (s *Set) Waiting(ctx context.Context, of common.Address) (uint64, error) {
	all := gather(ctx, s, func(ctx context.Context, n *Node) (uint64, error) { return n.nonce(ctx, of, "pending") },
		func(all []answer[uint64]) bool { return answered(all) >= s.quorum })
	if answered(all) < s.quorum {
		return 0, failure(ctx, all)
	}
	return highest(all)[s.quorum-1], nil
}

// Used gives how many transactions of an account stand in blocks up to one.
func (s *Set) Used(ctx context.Context, of common.Address, in common.Hash) (uint64, error) {
	return Agree(ctx, s, "a nonce", func(ctx context.Context, n *Node) (uint64, error) { return n.nonce(ctx, of, within(in)) })
}

func (n *Node) nonce(ctx context.Context, of common.Address, at any) (uint64, error) {
	var count *hexutil.Uint64
	err := n.ask(ctx, &count, "eth_getTransactionCount", of, at)
	if err == nil && count == nil {
		err = driver.Errorf(driver.Corrupt, "the node tells no nonce")
	}
	if err != nil {
		return 0, err
	}
	return uint64(*count), nil
}

// Gas estimates what a transaction uses: the most that any endpoint says. That the contract would refuse it is an error
// (see RefusedAs), and believed only of a quorum: an endpoint that lags does not know yet what the call relies on.
func (s *Set) Gas(ctx context.Context, from, to common.Address, data []byte) (uint64, error) {
	call := map[string]any{"from": from, "to": to, "input": hexutil.Bytes(data)}
	ask := func(ctx context.Context, n *Node) (uint64, error) {
		var gas *hexutil.Uint64
		err := n.ask(ctx, &gas, "eth_estimateGas", call)
		if err == nil && gas == nil {
			err = driver.Errorf(driver.Corrupt, "the node tells no gas")
		}
		if err != nil {
			return 0, err
		}
		return uint64(*gas), nil
	}
	all := gather(ctx, s, ask, func(all []answer[uint64]) bool { return answered(all) > 0 || reverts(all) >= s.quorum })
	switch {
	case answered(all) > 0:
		return highest(all)[0], nil
	case reverts(all) > 0 && reverts(all) < s.quorum:
		return 0, outage(driver.Unavailable, errNoQuorum("gas", s.quorum, len(s.nodes)))
	}
	return 0, failure(ctx, all)
}

func answered(all []answer[uint64]) (n int) {
	for _, a := range all {
		n += boolInt(a.err == nil)
	}
	return n
}

func reverts(all []answer[uint64]) (n int) {
	for _, a := range all {
		n += boolInt(a.err != nil && counts(a.err))
	}
	return n
}

// highest sorts what the endpoints answered, the most first.
func highest(all []answer[uint64]) (values []uint64) {
	for _, a := range all {
		if a.err == nil {
			values = append(values, a.value)
		}
	}
	slices.SortFunc(values, func(a, b uint64) int { return cmp.Compare(b, a) })
	return values
}

// failure is why nobody answered: a contract's refusal before any other.
func failure[T any](ctx context.Context, all []answer[T]) error {
	err := driver.FromContext(ctx)
	for _, a := range all {
		if a.err != nil && (err == nil || counts(a.err)) {
			err = a.err
		}
	}
	if err == nil {
		err = outage(driver.Unavailable, errNoAnswer)
	}
	return err
}

var errNoAnswer = errors.New("no endpoint answers")

// GasPrice is what a node asks for, on a chain without a base fee.
func (s *Set) GasPrice(ctx context.Context) (*big.Int, error) {
	return first(ctx, s, func(ctx context.Context, n *Node) (*big.Int, error) {
		var price *hexutil.Big
		err := n.ask(ctx, &price, "eth_gasPrice")
		if err == nil && price == nil {
			err = driver.Errorf(driver.Corrupt, "the node tells no price of gas")
		}
		if err != nil {
			return nil, err
		}
		return price.ToInt(), nil
	})
}

// first gives the first endpoint's answer that is one. What is asked here decides on no entry.
func first[T any](ctx context.Context, s *Set, ask func(context.Context, *Node) (T, error)) (T, error) {
	all := gather(ctx, s, ask, func(all []answer[T]) bool { return all[len(all)-1].err == nil })
	for _, a := range all {
		if a.err == nil {
			return a.value, nil
		}
	}
	var zero T
	return zero, failure(ctx, all)
}
