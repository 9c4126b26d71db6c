package ethereum_test

import (
	"crypto"
	"fmt"
	"math/big"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	ethcrypto "github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"

	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
)

// newWriter draws an account.
func newWriter(t *testing.T) crypto.Signer {
	t.Helper()
	key, err := ethcrypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return account.Local(key)
}

// admitted is the call data that lets an account write.
func admitted(who common.Address) []byte { return contract.NewFTALedger().PackAdmit(who) }

// give gives an account money.
func (c *chain) give(to common.Address) {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	nonce, err := c.backend.Client().PendingNonceAt(c.t.Context(), c.writer)
	if err != nil {
		c.t.Fatal(err)
	}
	tx, err := types.SignNewTx(c.key, types.LatestSignerForChainID(big.NewInt(1337)), &types.LegacyTx{
		Nonce: nonce, To: &to, Value: big.NewInt(params.Ether), Gas: 100_000, GasPrice: big.NewInt(10 * params.GWei)})
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.backend.Client().SendTransaction(c.t.Context(), tx); err != nil {
		c.t.Fatal(err)
	}
	c.backend.Commit()
}

// feesOf gives what each of the transactions that were sent pays for gas at most, by nonce and fee.
func feesOf(t *testing.T, sent *sync.Map) map[string]uint64 {
	t.Helper()
	all := map[string]uint64{}
	sent.Range(func(raw, _ any) bool {
		var tx types.Transaction
		if err := tx.UnmarshalBinary(common.FromHex(raw.(string))); err != nil {
			t.Error(err)
			return true
		}
		all[fmt.Sprint("nonce ", tx.Nonce(), ", fee ", tx.GasFeeCap())] = tx.GasFeeCap().Uint64()
		return true
	})
	return all
}
