package ethereum_test

import (
	"context"
	"crypto/ecdsa"
	"encoding/json"
	"fmt"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient/simulated"

	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
)

// chain is a chain of go-ethereum in this process, with a real JSON-RPC server, that makes a block when a transaction
// waits, and makes blocks final when it is told to.
type chain struct {
	t       testing.TB
	backend *simulated.Backend
	url, ws string
	key     *ecdsa.PrivateKey
	writer  common.Address

	contract common.Address // where a test has put one

	mu      sync.Mutex // of making blocks
	watched []common.Address
}

const writerKey = "b71c71a67e1177ad4e901695e1b4b9ee17ae16c6668d313eac2f96dbcda3f291"

func newChain(t testing.TB, balance int64) *chain {
	t.Helper()
	key, err := crypto.HexToECDSA(writerKey)
	if err != nil {
		t.Fatal(err)
	}
	c := &chain{t: t, key: key, writer: crypto.PubkeyToAddress(key.PublicKey)}
	c.watched = []common.Address{c.writer}
	alloc := types.GenesisAlloc{c.writer: {Balance: new(big.Int).Mul(big.NewInt(balance), big.NewInt(1e18))}}
	c.backend = simulated.NewBackend(alloc, c.spoken(freePort(t), freePort(t)))
	ctx, cancel := context.WithCancel(context.Background())
	var loop sync.WaitGroup
	loop.Go(func() { c.work(ctx) })
	t.Cleanup(func() {
		cancel()
		loop.Wait()
		if err := c.backend.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// watch lets blocks be made for an account's transactions too.
func (c *chain) watch(account common.Address) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watched = append(c.watched, account)
}

// work makes a block whenever a transaction of a watched account waits.
func (c *chain) work(ctx context.Context) {
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			c.workOnce(ctx)
		case <-ctx.Done():
			return
		}
	}
}

func (c *chain) workOnce(ctx context.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, account := range c.watched {
		waits, err := c.backend.Client().PendingNonceAt(ctx, account)
		mined, failed := c.backend.Client().NonceAt(ctx, account, nil)
		if err == nil && failed == nil && waits > mined {
			c.backend.Commit()
			return
		}
	}
}

// advance makes blocks until what stands now is final: the simulated chain makes only each 32nd block final.
func (c *chain) advance(ctx context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		c.backend.Commit()
		n, err := c.backend.Client().BlockNumber(ctx)
		if err != nil || n%32 == 0 {
			return err
		}
	}
}

// deploy puts code on the chain, and gives its address.
func (c *chain) deploy(code []byte) common.Address {
	c.t.Helper()
	tx := c.send(nil, code)
	return crypto.CreateAddress(c.writer, tx.Nonce())
}

// send sends a transaction by the writer and waits for its block.
func (c *chain) send(to *common.Address, data []byte) *types.Transaction {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.put(to, data)
}

// put is send where the caller makes the blocks.
func (c *chain) put(to *common.Address, data []byte) *types.Transaction {
	c.t.Helper()
	tx := c.signed(to, data)
	if err := c.backend.Client().SendTransaction(context.Background(), tx); err != nil {
		c.t.Fatal(err)
	}
	c.backend.Commit()
	r, err := c.backend.Client().TransactionReceipt(context.Background(), tx.Hash())
	if err != nil || r.Status != types.ReceiptStatusSuccessful {
		c.t.Fatalf("transaction: %+v, %v", r, err)
	}
	return tx
}

func (c *chain) signed(to *common.Address, data []byte) *types.Transaction {
	c.t.Helper()
	ctx, client := context.Background(), c.backend.Client()
	nonce, err := client.PendingNonceAt(ctx, c.writer)
	if err != nil {
		c.t.Fatal(err)
	}
	head, err := client.HeaderByNumber(ctx, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	fee := new(big.Int).Add(new(big.Int).Mul(head.BaseFee, big.NewInt(2)), big.NewInt(1e9))
	tx, err := types.SignNewTx(c.key, types.LatestSignerForChainID(big.NewInt(1337)), &types.DynamicFeeTx{
		ChainID: big.NewInt(1337), Nonce: nonce, To: to, Data: data, Gas: 5_000_000, GasFeeCap: fee, GasTipCap: big.NewInt(1e9)})
	if err != nil {
		c.t.Fatal(err)
	}
	return tx
}

// reference puts the reference contract on the chain, to which the writer may write.
func (c *chain) reference() common.Address {
	c.t.Helper()
	at := c.deploy(contract.CreationCode())
	c.send(&at, contract.NewFTALedger().PackAdmit(c.writer))
	return at
}

// reference is the ledger section of the reference contract, with more members.
func reference(at common.Address, more string) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"builtin": "reference", "contract": %q%s}`, at, more))
}
