package nodes

import (
	"context"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

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
	best, heard := Refusal, false
	for _, a := range all {
		if a.err == nil {
			best, heard = min(best, a.value), true
		}
	}
	if !heard {
		return Refusal, failure(ctx, all)
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
