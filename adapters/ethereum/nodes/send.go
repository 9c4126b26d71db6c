package nodes

import (
	"context"
	"errors"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Nonces gives how many transactions an account has on the chain, and how many with those that wait: the most that any
// endpoint says, for one that does not know of a waiting transaction would let its place be given twice.
func (s *Set) Nonces(ctx context.Context, of common.Address) (mined, waiting uint64, err error) {
	for _, into := range []struct {
		tag string
		n   *uint64
	}{{"latest", &mined}, {"pending", &waiting}} {
		if *into.n, err = s.most(ctx, of, into.tag); err != nil {
			return 0, 0, err
		}
	}
	return mined, waiting, nil
}

func (s *Set) most(ctx context.Context, of common.Address, tag string) (uint64, error) {
	ask := func(ctx context.Context, n *Node) (uint64, error) {
		var count *hexutil.Uint64
		err := n.ask(ctx, &count, "eth_getTransactionCount", of, tag)
		if err == nil && count == nil {
			err = driver.Errorf(driver.Corrupt, "the node tells no nonce")
		}
		if err != nil {
			return 0, err
		}
		return uint64(*count), nil
	}
	all := gather(ctx, s, ask, func(all []answer[uint64]) bool {
		heard := 0
		for _, a := range all {
			heard += boolInt(a.err == nil)
		}
		return heard >= s.quorum
	})
	most, heard, failed := uint64(0), 0, error(nil)
	for _, a := range all {
		if a.err != nil {
			failed = a.err
			continue
		}
		heard++
		most = max(most, a.value)
	}
	if heard < s.quorum {
		return 0, errors.Join(failed, driver.FromContext(ctx))
	}
	return most, nil
}

// Gas estimates what a transaction uses. A contract that would refuse it is an error: see RefusedAs.
func (s *Set) Gas(ctx context.Context, from, to common.Address, data []byte) (uint64, error) {
	call := map[string]any{"from": from, "to": to, "input": hexutil.Bytes(data)}
	return first(ctx, s, func(ctx context.Context, n *Node) (uint64, error) {
		var gas *hexutil.Uint64
		err := n.ask(ctx, &gas, "eth_estimateGas", call)
		if err == nil && gas == nil {
			err = driver.Errorf(driver.Corrupt, "the node tells no gas")
		}
		if err != nil {
			return 0, err
		}
		return uint64(*gas), nil
	})
}

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
	all := gather(ctx, s, ask, func(all []answer[T]) bool { return counts(all[len(all)-1].err) })
	var zero T
	err := driver.FromContext(ctx)
	for _, a := range all {
		if counts(a.err) {
			return a.value, a.err
		}
		err = a.err
	}
	return zero, err
}

// Fate is what came of sending a transaction.
type Fate int

// The fates.
const (
	Taken        Fate = iota // an endpoint has it
	Overtaken                // its nonce is used up: by itself, or by another transaction
	Occupied                 // another transaction waits under its nonce
	Underpriced              // it pays less than is taken
	Unaffordable             // the account cannot pay
	Refusal                  // refused for another reason
)

var fates = []struct {
	fate  Fate
	words []string
}{
	{Taken, []string{"already known", "known transaction", "already imported", "alreadyknown"}},
	{Overtaken, []string{"nonce too low", "nonce is too low", "invalid nonce", "old nonce"}},
	{Occupied, []string{"replacement transaction underpriced", "could not replace existing", "replacement_underpriced", "gas price too low to replace"}},
	{Underpriced, []string{"underpriced", "fee too low", "max fee per gas less than block base fee", "gas price below", "feetoolow"}},
	{Unaffordable, []string{"insufficient funds", "insufficient balance"}},
}

// Send gives a signed transaction to all endpoints. It is told the best that came of it, and an error only where nobody
// answered: then it is not known whether somebody has it.
func (s *Set) Send(ctx context.Context, raw []byte) (Fate, error) {
	ask := func(ctx context.Context, n *Node) (Fate, error) {
		var hash *common.Hash
		err := n.ask(ctx, &hash, "eth_sendRawTransaction", hexutil.Bytes(raw))
		return fateOf(err)
	}
	all := gather(ctx, s, ask, func(all []answer[Fate]) bool { return all[len(all)-1].err == nil && all[len(all)-1].value == Taken })
	best, heard, failed := Refusal, false, driver.FromContext(ctx)
	for _, a := range all {
		if a.err != nil {
			failed = a.err
			continue
		}
		best, heard = min(best, a.value), true
	}
	if !heard {
		return Refusal, failed
	}
	return best, nil
}

func fateOf(err error) (Fate, error) {
	r := RefusedAs(err)
	if r == nil || r.Kind == Limited {
		return Taken, err
	}
	text := strings.ToLower(r.Text)
	for _, f := range fates {
		for _, word := range f.words {
			if strings.Contains(text, word) {
				return f.fate, nil
			}
		}
	}
	return Refusal, nil
}
