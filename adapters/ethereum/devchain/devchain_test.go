package devchain_test

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
	"github.com/ftagateway/ftagateway/adapters/ethereum/devchain"
)

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// visit runs something beside a chain, with a client of it, and ends the chain.
func visit(t *testing.T, dir string, rich common.Address, do func(*devchain.Chain, *ethclient.Client)) {
	t.Helper()
	c, err := devchain.Open(dir, rich)
	if err != nil {
		t.Fatal(err)
	}
	client := c.Client()
	do(c, client)
	client.Close()
	for range 2 {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
}

// deploy makes the reference contract and waits for its block.
func deploy(t *testing.T, client *ethclient.Client, key *ecdsa.PrivateKey) (at common.Address) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	r, err := devchain.Send(ctx, client, key, devchain.Call{Data: contract.CreationCode()})
	if err != nil {
		t.Fatal(err)
	}
	return r.ContractAddress
}

// A chain that is taken up again has its blocks, its states and its contracts.
func TestTheChainIsKept(t *testing.T) {
	dir, key := t.TempDir(), newKey(t)
	rich := crypto.PubkeyToAddress(key.PublicKey)
	var at common.Address
	var head *types.Header
	visit(t, dir, rich, func(c *devchain.Chain, client *ethclient.Client) {
		at = deploy(t, client, key)
		head = c.Head()
	})
	visit(t, dir, rich, func(c *devchain.Chain, client *ethclient.Client) {
		if kept, err := client.HeaderByNumber(t.Context(), head.Number); err != nil || kept.Hash() != head.Hash() {
			t.Errorf("block %d: %+v, %v", head.Number, kept, err)
		}
		if c.Head().Number.Uint64() != head.Number.Uint64()+1 {
			t.Errorf("stands at block %d, want one more than %d", c.Head().Number, head.Number)
		}
		if code, err := client.CodeAt(t.Context(), at, head.Number); err != nil || len(code) == 0 {
			t.Errorf("%d bytes of code, %v", len(code), err)
		}
		if again := deploy(t, client, key); again == at {
			t.Error("the second contract is the first")
		}
	})
}

// Two processes cannot use one folder, and what stands there is no file.
func TestAFolderThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	visit(t, dir, common.Address{1}, func(*devchain.Chain, *ethclient.Client) {
		if c, err := devchain.Open(dir, common.Address{1}); err == nil {
			t.Error("opened twice")
			_ = c.Close()
		}
	})
}

// A client is given nothing that has keys or steers the node.
func TestWhatIsOffered(t *testing.T) {
	visit(t, "", common.Address{1}, func(_ *devchain.Chain, client *ethclient.Client) {
		for _, method := range []string{"admin_nodeInfo", "debug_setHead", "miner_setExtra", "dev_addWithdrawal", "personal_listAccounts"} {
			if err := client.Client().CallContext(t.Context(), nil, method); err == nil {
				t.Errorf("%s is offered", method)
			}
		}
		if id, err := client.ChainID(t.Context()); err != nil || id.Int64() != 1337 {
			t.Errorf("chain %v, %v", id, err)
		}
	})
}

// What is refused, and what no block takes, is told.
func TestSendingTellsWhy(t *testing.T) {
	key := newKey(t)
	visit(t, "", crypto.PubkeyToAddress(key.PublicKey), func(_ *devchain.Chain, client *ethclient.Client) {
		at := deploy(t, client, key)
		other := newKey(t)
		admit := devchain.Call{To: &at, Data: contract.NewFTALedger().PackAdmit(common.Address{2})}
		if _, err := devchain.Send(t.Context(), client, other, admit); err == nil {
			t.Error("another than the owner admitted a writer")
		}
		if _, err := devchain.Send(t.Context(), client, key, devchain.Pay(crypto.PubkeyToAddress(other.PublicKey))); err != nil {
			t.Error(err)
		}
		ended, end := context.WithCancel(t.Context())
		end()
		if _, err := devchain.Send(ended, client, key, admit); !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want that it was canceled", err)
		}
	})
}
