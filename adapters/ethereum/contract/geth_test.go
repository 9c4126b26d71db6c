package contract

import (
	"crypto/ecdsa"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"

	"github.com/ftagateway/ftagateway/deploy/ethereum/gethtest"
)

// onGeth makes the contract on a real geth, owned by the account that has the chain's money.
func onGeth(t *testing.T) (*chain, *gethtest.Node) {
	t.Helper()
	n := gethtest.Start(t)
	return deployedOn(t, n.HTTP, [3]*ecdsa.PrivateKey{gethtest.Rich(t), newKey(t), newKey(t)}), n
}

func deployedOn(t *testing.T, endpoint string, keys [3]*ecdsa.PrivateKey) *chain {
	t.Helper()
	on, err := ethclient.DialContext(t.Context(), endpoint)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(on.Close)
	c := deployed(t, on, func() {}, keys)
	for _, w := range c.writers {
		c.mined(c.give(w))
	}
	return c
}

// give gives an account money to write with.
func (c *chain) give(to *bind.TransactOpts) *types.Transaction {
	c.Helper()
	nonce, err := c.client.PendingNonceAt(c.Context(), c.owner.From)
	if err != nil {
		c.Fatal(err)
	}
	tx, err := c.owner.Signer(c.owner.From, types.NewTx(&types.LegacyTx{
		Nonce: nonce, To: &to.From, Value: big.NewInt(params.Ether), Gas: params.TxGas, GasPrice: big.NewInt(10 * params.GWei)}))
	if err != nil {
		c.Fatal(err)
	}
	if err := c.client.SendTransaction(c.Context(), tx); err != nil {
		c.Fatal(err)
	}
	return tx
}

// TestGasOnGeth measures on a real node what the documentation says.
func TestGasOnGeth(t *testing.T) {
	c, _ := onGeth(t)
	hold(t, measure(c))
}

// TestGethKeepsTheContract: versions, conflicts and topics are the same on a real node, and after it was started again.
func TestGethKeepsTheContract(t *testing.T) {
	c, n := onGeth(t)
	lookup := crypto.Keccak256Hash([]byte("entry"))
	c.append(key, 0, "first", lookup)
	last := c.append(key, 1, "second")
	want := StandingOutput{2, last.BlockNumber.Uint64(), digest("second")}
	if got := c.standing(key); got != want {
		t.Errorf("stands at %+v, want %+v", got, want)
	}
	if got, ok := c.refusal(c.writers[1], ledger.PackAppend(key, 1, []byte("other"), nil)).(*FTALedgerConflict); !ok || got.Stands != 2 {
		t.Errorf("%+v, want a conflict with version 2", got)
	}
	if again := c.mined(c.send(c.writers[1], ledger.PackAppend(key, 1, []byte("second"), nil))); len(again.Logs) != 0 {
		t.Errorf("a replay left %d events", len(again.Logs))
	}
	n.Stop(t)
	n.Again(t, "--port", "0")
	on, err := ethclient.DialContext(t.Context(), n.HTTP)
	if err != nil {
		t.Fatal(err)
	}
	defer on.Close()
	c.client, c.BoundContract = on, ledger.Instance(on, c.address)
	if got := c.standing(key); got != want {
		t.Errorf("started again, stands at %+v, want %+v", got, want)
	}
}
