package contract

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"
)

// client is what the tests need of a chain: the one in process and a real geth both have it.
type client interface {
	bind.ContractBackend
	ethereum.TransactionReader
	ethereum.ChainStateReader
	ethereum.ChainIDReader
}

// chain is a chain with the contract on it.
type chain struct {
	testing.TB
	client  client
	seal    func() // makes a block of what was sent; a chain that does so by itself has nothing to do here
	owner   *bind.TransactOpts
	writers [2]*bind.TransactOpts
	address common.Address
	*bind.BoundContract
}

var ledger = NewFTALedger()

// onSimulated makes a chain in process, with two writers on the contract.
func onSimulated(t testing.TB) *chain {
	t.Helper()
	keys := [3]*ecdsa.PrivateKey{newKey(t), newKey(t), newKey(t)}
	alloc := types.GenesisAlloc{}
	for _, k := range keys {
		alloc[crypto.PubkeyToAddress(k.PublicKey)] = types.Account{Balance: big.NewInt(params.Ether)}
	}
	backend := simulated.NewBackend(alloc, asChainsAre)
	t.Cleanup(func() { backend.Close() })
	return deployed(t, backend.Client(), func() { backend.Commit() }, keys)
}

// asChainsAre takes away the forks that no chain has yet, and that may price gas in another way. What is measured is then
// what geth --dev charges.
func asChainsAre(_ *node.Config, eth *ethconfig.Config) {
	rules := *eth.Genesis.Config
	rules.AmsterdamTime, rules.BogotaTime = nil, nil
	eth.Genesis.Config = &rules
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	k, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// deployed puts the contract on a chain. The first key is its owner's, the others are admitted.
func deployed(t testing.TB, on client, seal func(), keys [3]*ecdsa.PrivateKey) *chain {
	t.Helper()
	id, err := on.ChainID(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := &chain{TB: t, client: on, seal: seal, owner: bind.NewKeyedTransactor(keys[0], id)}
	c.address = c.deploy(CreationCode())
	c.BoundContract = ledger.Instance(on, c.address)
	for i, k := range keys[1:] {
		c.writers[i] = bind.NewKeyedTransactor(k, id)
		c.mined(c.send(c.owner, ledger.PackAdmit(c.writers[i].From)))
	}
	return c
}

func (c *chain) deploy(code []byte) common.Address {
	c.Helper()
	address, tx, err := bind.DeployContract(c.owner, code, c.client, nil)
	if err != nil {
		c.Fatal(err)
	}
	c.mined(tx)
	return address
}

// send sends a call of the contract without asking first whether it would succeed, and with gas for any body.
func (c *chain) send(from *bind.TransactOpts, data []byte) *types.Transaction {
	c.Helper()
	opts := *from
	opts.GasLimit = 8_000_000
	tx, err := bind.Transact(c.BoundContract, &opts, data)
	if err != nil {
		c.Fatal(err)
	}
	return tx
}

// included seals, and waits for a transaction's receipt.
func (c *chain) included(tx *types.Transaction) *types.Receipt {
	c.Helper()
	c.seal()
	ctx, cancel := context.WithTimeout(c.Context(), time.Minute)
	defer cancel()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		receipt, err := c.client.TransactionReceipt(ctx, tx.Hash())
		if err == nil {
			return receipt
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			c.Fatalf("no receipt: %v", err)
		}
	}
}

// mined is included, and the transaction must have succeeded.
func (c *chain) mined(tx *types.Transaction) *types.Receipt {
	c.Helper()
	receipt := c.included(tx)
	if receipt.Status != types.ReceiptStatusSuccessful {
		c.Fatalf("transaction of %d bytes was reverted", len(tx.Data()))
	}
	return receipt
}

// append writes a version as the first writer.
func (c *chain) append(key [32]byte, expect uint64, body string, lookups ...[32]byte) *types.Receipt {
	c.Helper()
	return c.mined(c.send(c.writers[0], ledger.PackAppend(key, expect, []byte(body), lookups)))
}

// refusal gives the contract's own error for a call, decoded by the bindings; nil if it is not refused.
func (c *chain) refusal(from *bind.TransactOpts, data []byte) any {
	c.Helper()
	_, err := c.client.CallContract(c.Context(), ethereum.CallMsg{From: from.From, To: &c.address, Data: data}, nil)
	var told rpc.DataError
	if err == nil {
		return nil
	}
	if !errors.As(err, &told) {
		c.Fatalf("not a refusal: %v", err)
	}
	text, _ := told.ErrorData().(string)
	refusal, err := ledger.UnpackError(common.FromHex(text))
	if err != nil {
		c.Fatalf("not an error of the contract: %v, data %q", err, text)
	}
	return refusal
}

func (c *chain) standing(key [32]byte) StandingOutput {
	c.Helper()
	out, err := bind.Call(c.BoundContract, &bind.CallOpts{Context: c.Context()}, ledger.PackStanding(key), ledger.UnpackStanding)
	if err != nil {
		c.Fatal(err)
	}
	return out
}

func (c *chain) isWriter(account common.Address) bool {
	c.Helper()
	out, err := bind.Call(c.BoundContract, &bind.CallOpts{Context: c.Context()}, ledger.PackIsWriter(account), ledger.UnpackIsWriter)
	if err != nil {
		c.Fatal(err)
	}
	return out
}
