package devchain

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"
)

// Client gives a client of the chain. The caller closes it.
func (c *Chain) Client() *ethclient.Client { return ethclient.NewClient(rpc.DialInProc(c.server)) }

// Call is what a transaction does.
type Call struct {
	To    *common.Address // nil: a contract is made of Data
	Data  []byte
	Value *big.Int // nil: none
}

// Pay gives an account one ether to write with.
func Pay(to common.Address) Call { return Call{To: &to, Value: big.NewInt(params.Ether)} }

// Send signs a transaction by a key, sends it to a development chain, and waits for its block. A transaction that the
// contract refuses is an error.
func Send(ctx context.Context, client *ethclient.Client, key *ecdsa.PrivateKey, c Call) (*types.Receipt, error) {
	tx, err := sign(ctx, client, key, c)
	if err != nil {
		return nil, err
	}
	if err := client.SendTransaction(ctx, tx); err != nil {
		return nil, fmt.Errorf("send: %w", err)
	}
	r, err := await(ctx, client, tx.Hash())
	if err == nil && r.Status != types.ReceiptStatusSuccessful {
		err = fmt.Errorf("transaction %s was refused", tx.Hash())
	}
	return r, err
}

// What is offered per gas, in wei: more than such a chain ever asks.
const (
	feeCap = 100 * params.GWei
	tip    = params.GWei
)

func sign(ctx context.Context, client *ethclient.Client, key *ecdsa.PrivateKey, c Call) (*types.Transaction, error) {
	from := crypto.PubkeyToAddress(key.PublicKey)
	chain, err := client.ChainID(ctx)
	nonce, err2 := client.PendingNonceAt(ctx, from)
	gas, err3 := client.EstimateGas(ctx, ethereum.CallMsg{From: from, To: c.To, Data: c.Data, Value: c.Value})
	if err := errors.Join(err, err2, err3); err != nil {
		return nil, fmt.Errorf("prepare a transaction: %w", err)
	}
	return types.SignNewTx(key, types.LatestSignerForChainID(chain), &types.DynamicFeeTx{
		ChainID: chain, Nonce: nonce, To: c.To, Data: c.Data, Value: c.Value, Gas: gas + gas/5,
		GasFeeCap: big.NewInt(feeCap), GasTipCap: big.NewInt(tip)})
}

// await waits until a block has a transaction. A node that has just started says for a moment that it has not indexed its
// transactions yet, so that only the end of ctx ends it.
func await(ctx context.Context, client *ethclient.Client, tx common.Hash) (*types.Receipt, error) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		r, err := client.TransactionReceipt(ctx, tx)
		if err == nil {
			return r, nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, fmt.Errorf("no block has transaction %s: %w", tx, errors.Join(ctx.Err(), err))
		}
	}
}
