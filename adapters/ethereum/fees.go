package ethereum

import (
	"context"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
)

// fees bound what a write may cost, in wei.
type fees struct {
	ceiling, tip *big.Int
	maxGas       uint64
	replace      time.Duration
}

func feesOf(said binding.Fees) fees {
	f := fees{gwei(said.MaxFeeGwei, 100), gwei(said.TipGwei, 1), said.MaxGas, time.Duration(said.ReplaceSecs) * time.Second}
	if f.maxGas == 0 {
		f.maxGas = 16_000_000
	}
	if f.replace == 0 {
		f.replace = time.Minute
	}
	if f.tip.Cmp(f.ceiling) > 0 {
		f.tip = f.ceiling
	}
	return f
}

func gwei(said, usual float64) *big.Int {
	if said <= 0 {
		said = usual
	}
	wei, _ := new(big.Float).Mul(big.NewFloat(said), big.NewFloat(1e9)).Int(nil)
	return wei
}

// offer is what a transaction pays per gas. On a chain without a base fee it is one price.
type offer struct {
	fee, tip *big.Int
	legacy   bool
}

// offer makes an offer that holds while the base fee doubles, below the ceiling.
func (l *Ledger) offer(ctx context.Context) (offer, error) {
	head, err := l.newestBlock(ctx)
	if err != nil {
		return offer{}, err
	}
	f := l.writer.fees
	if head.BaseFee == nil {
		price, err := l.set.GasPrice(ctx)
		if err != nil {
			return offer{}, err
		}
		return offer{fee: price, tip: price, legacy: true}, f.affords(price)
	}
	base := head.BaseFee.ToInt()
	least := new(big.Int).Add(base, f.tip)
	whole := new(big.Int).Add(least, base)
	if whole.Cmp(f.ceiling) > 0 {
		whole = f.ceiling
	}
	return offer{fee: whole, tip: f.tip}, f.affords(least)
}

func (f fees) affords(price *big.Int) error {
	if price.Cmp(f.ceiling) > 0 {
		return &driver.Error{Code: driver.ResourceExhausted, RetryAfter: longPause,
			Err: errText("a write costs more per gas than the ceiling of ledger.fees.maxFeeGwei")}
	}
	return nil
}

// raise is the offer that takes another one's place: a quarter more, or as much as the ceiling lets it, where that is the
// tenth more that a node wants at least. False where it is not.
func (f fees) raise(o offer) (offer, bool) {
	r := offer{more(o.fee, 4), more(o.tip, 4), o.legacy}
	if r.fee.Cmp(f.ceiling) > 0 {
		r = offer{f.ceiling, more(o.tip, 8), o.legacy}
	}
	if r.tip.Cmp(r.fee) > 0 || r.legacy {
		r.tip = r.fee
	}
	return r, r.fee.Cmp(more(o.fee, 10)) >= 0 && r.tip.Cmp(more(o.tip, 10)) >= 0
}

// more adds one part of so many, and one wei.
func more(n *big.Int, part int64) *big.Int {
	up := new(big.Int).Add(n, new(big.Int).Div(n, big.NewInt(part)))
	return up.Add(up, big.NewInt(1))
}

// transaction makes the transaction of an offer, not signed yet.
func (o offer) transaction(chain *big.Int, nonce, gas uint64, to common.Address, data []byte) *types.Transaction {
	if o.legacy {
		return types.NewTx(&types.LegacyTx{Nonce: nonce, GasPrice: o.fee, Gas: gas, To: &to, Data: data})
	}
	return types.NewTx(&types.DynamicFeeTx{ChainID: chain, Nonce: nonce, GasTipCap: o.tip, GasFeeCap: o.fee, Gas: gas, To: &to, Data: data})
}

// offerOf reads what a transaction pays.
func offerOf(tx *types.Transaction) offer {
	return offer{tx.GasFeeCap(), tx.GasTipCap(), tx.Type() == types.LegacyTxType}
}
