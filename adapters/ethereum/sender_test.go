package ethereum_test

import (
	"crypto/ecdsa"
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"
)

// sender sends transactions to any chain over JSON-RPC.
type sender struct {
	t        *testing.T
	endpoint string
	key      *ecdsa.PrivateKey
	seal     func() // has a block made; nil where the chain makes one by itself
}

func (s *sender) address() common.Address { return crypto.PubkeyToAddress(s.key.PublicKey) }

// deploy puts code on the chain, and gives its address.
func (s *sender) deploy(code []byte) common.Address {
	s.t.Helper()
	return s.mined(nil, code, nil).ContractAddress
}

func (s *sender) call(to common.Address, data []byte) {
	s.t.Helper()
	s.mined(&to, data, nil)
}

// pay gives another account money to write with.
func (s *sender) pay(to common.Address) {
	s.t.Helper()
	s.mined(&to, nil, big.NewInt(params.Ether))
}

// mined sends a transaction and waits for its block.
func (s *sender) mined(to *common.Address, data []byte, value *big.Int) *types.Receipt {
	s.t.Helper()
	client, err := ethclient.DialContext(s.t.Context(), s.endpoint)
	if err != nil {
		s.t.Fatal(err)
	}
	defer client.Close()
	tx := s.signed(client, to, data, value)
	if err := client.SendTransaction(s.t.Context(), tx); err != nil {
		s.t.Fatal(err)
	}
	if s.seal != nil {
		s.seal()
	}
	r := s.receipt(client, tx.Hash())
	if r.Status != types.ReceiptStatusSuccessful {
		s.t.Fatalf("the transaction failed: %+v", r)
	}
	return r
}

func (s *sender) signed(client *ethclient.Client, to *common.Address, data []byte, value *big.Int) *types.Transaction {
	s.t.Helper()
	ctx := s.t.Context()
	chain, err := client.ChainID(ctx)
	nonce, err2 := client.PendingNonceAt(ctx, s.address())
	gas, err3 := client.EstimateGas(ctx, ethereum.CallMsg{From: s.address(), To: to, Data: data, Value: value})
	if err := errors.Join(err, err2, err3); err != nil {
		s.t.Fatal(err)
	}
	tx, err := types.SignNewTx(s.key, types.LatestSignerForChainID(chain), &types.DynamicFeeTx{
		ChainID: chain, Nonce: nonce, To: to, Data: data, Value: value, Gas: gas, GasFeeCap: big.NewInt(100e9), GasTipCap: big.NewInt(1e9)})
	if err != nil {
		s.t.Fatal(err)
	}
	return tx
}

// receipt waits for a transaction's block. A node that has just started says that it has not indexed its transactions yet.
func (s *sender) receipt(client *ethclient.Client, tx common.Hash) *types.Receipt {
	s.t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for bound := time.After(30 * time.Second); ; {
		r, err := client.TransactionReceipt(s.t.Context(), tx)
		if err == nil {
			return r
		}
		select {
		case <-tick.C:
		case <-bound:
			s.t.Fatalf("no block had the transaction within 30 s: %v", err)
		}
	}
}
