package ethereum_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"golang.org/x/sync/errgroup"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
)

// TestTwoReplicasShareAnAccount, without a store that they share: each write is made, once.
func TestTwoReplicasShareAnAccount(t *testing.T) {
	c := newChain(t, 1_000_000)
	c.contract = c.reference()
	replicas := []driver.Ledger{c.writing(via(c.url), c.contract, "", nil), c.writing(via(c.url), c.contract, "", nil)}
	share(t, c, replicas, 8)
	for i, l := range replicas {
		for n := range 8 {
			e, err := l.Get(within(t), driver.Ref{Key: key32(fmt.Sprint(i, " ", n)), Finality: driver.Latest})
			if err != nil || e.Version != 1 {
				t.Errorf("%+v, %v", e, err)
			}
		}
	}
}

// share lets each replica write keys of its own, all at once.
func share(t *testing.T, c *chain, replicas []driver.Ledger, each int) {
	t.Helper()
	var all errgroup.Group
	for i, l := range replicas {
		for n := range each {
			all.Go(func() error {
				r, err := l.Append(within(t), write(fmt.Sprint(i, " ", n), 0, "body"))
				if err == nil && r.State == driver.Pending {
					err = fmt.Errorf("%d %d is pending", i, n)
				}
				return err
			})
		}
	}
	if err := all.Wait(); err != nil {
		t.Error(err)
	}
}

// unguarded is a contract that takes whatever comes, and tells versions from nothing.
func (c *chain) unguarded() string {
	c.t.Helper()
	code, err := os.ReadFile("contract/testdata/BareLog.bin")
	if err != nil {
		c.t.Fatal(err)
	}
	at := c.deploy(common.FromHex(strings.TrimSpace(string(code))))
	return fmt.Sprintf(`{"contract": %q, "finality": "latest",
		"abi": ["event Logged(bytes32 indexed key, bytes body)", "function log(bytes32 key, bytes body)"],
		"events": [{"event": "Logged", "key": "key", "body": "body"}], "append": {"function": "log", "arguments": ["key", "body"]}}`, at)
}

// TestReplicasOnAnUnguardedContract: where the contract would take a write twice, one whose nonce another replica has used
// is signed anew only when it is certain that the first cannot come into a block any more.
func TestReplicasOnAnUnguardedContract(t *testing.T) {
	c := newChain(t, 1_000_000)
	native := []byte(c.unguarded())
	var replicas []driver.Ledger
	for range 2 {
		replicas = append(replicas, open(t, via(c.url), driver.Env{Native: native, Signer: account.Local(c.key)}))
	}
	share(t, c, replicas, 6)
	for i := range replicas {
		for n := range 6 {
			all, err := replicas[0].Versions(within(t), key32(fmt.Sprint(i, " ", n)), 0, 0)
			if err != nil || len(all) != 1 {
				t.Errorf("%d %d: %d versions, %v; want 1", i, n, len(all), err)
			}
		}
	}
}
