package ethereum_test

import (
	"context"
	"crypto/ecdsa"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/node"
)

//go:embed testdata/versions.bin
var versionsCode string

// chain is a chain of go-ethereum in this process, with a real JSON-RPC server, that makes a block when a transaction
// waits, and makes blocks final when it is told to.
type chain struct {
	t       testing.TB
	backend *simulated.Backend
	url     string // http
	key     *ecdsa.PrivateKey
	writer  common.Address

	mu sync.Mutex // of making blocks
}

const writerKey = "b71c71a67e1177ad4e901695e1b4b9ee17ae16c6668d313eac2f96dbcda3f291"

func newChain(t testing.TB, balance int64) *chain {
	t.Helper()
	key, err := crypto.HexToECDSA(writerKey)
	if err != nil {
		t.Fatal(err)
	}
	c := &chain{t: t, key: key, writer: crypto.PubkeyToAddress(key.PublicKey)}
	port := freePort(t)
	alloc := types.GenesisAlloc{c.writer: {Balance: new(big.Int).Mul(big.NewInt(balance), big.NewInt(1e18))}}
	c.backend = simulated.NewBackend(alloc, func(n *node.Config, _ *ethconfig.Config) {
		n.HTTPHost, n.HTTPPort, n.HTTPModules = "127.0.0.1", port, []string{"eth", "txpool"}
	})
	c.url = fmt.Sprintf("http://127.0.0.1:%d", port)
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

// work makes a block whenever a transaction of the writer waits.
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
	waits, err := c.backend.Client().PendingNonceAt(ctx, c.writer)
	mined, failed := c.backend.Client().NonceAt(ctx, c.writer, nil)
	if err == nil && failed == nil && waits > mined {
		c.backend.Commit()
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
func (c *chain) deploy(code string) common.Address {
	c.t.Helper()
	data, err := hex.DecodeString(strings.TrimSpace(code))
	if err != nil {
		c.t.Fatal(err)
	}
	tx := c.send(nil, data)
	return crypto.CreateAddress(c.writer, tx.Nonce())
}

// send sends a transaction by the writer and waits for its block.
func (c *chain) send(to *common.Address, data []byte) *types.Transaction {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
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

// reference is the section of the contract that the driver's own tests write to.
func reference(contract common.Address, more string) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"contract": %q,
		"abi": ["event Appended(bytes32 indexed key, uint64 indexed version, bytes body)",
			"event Led(bytes32 indexed lookup, bytes32 indexed key)",
			"error Conflict(bytes32 key, uint64 stands)", "error NotAWriter(address sender)", "error Empty()",
			"function append(bytes32 key, uint64 expect, bytes body, bytes32[] lookups)",
			"function standing(bytes32 key) view returns (uint64 version, uint64 blockNumber, bytes23 digest)"],
		"events": [{"event": "Appended", "key": "key", "version": "version", "body": "body"}],
		"lookups": [{"event": "Led", "key": "key", "argument": "lookup", "encoding": "keccak256"}],
		"newest": {"function": "standing", "arguments": ["key"], "version": "version"},
		"append": {"function": "append", "arguments": ["key", "expect", "body", "lookups"]},
		"errors": {"Conflict": "conflict", "NotAWriter": "permission-denied", "Empty": "invalid"}%s}`, contract, more))
}
