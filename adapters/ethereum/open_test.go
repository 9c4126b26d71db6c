package ethereum_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
)

// patience is how long a call that must succeed may take on a busy machine.
const patience = 30 * time.Second

func within(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// journal is a log that can be read.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) says(words ...string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	for line := range strings.Lines(j.text.String()) {
		all := true
		for _, w := range words {
			all = all && strings.Contains(line, w)
		}
		if all {
			return true
		}
	}
	return false
}

func (j *journal) log() *slog.Logger { return slog.New(slog.NewTextHandler(j, nil)) }

// open opens a ledger that closes with the test.
func open(t testing.TB, url string, env driver.Env) driver.Ledger {
	t.Helper()
	if env.Store == nil {
		env.Store = newStore(t)
	}
	l, err := driver.Open(within(t), url, env)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// reader opens the reference contract for reading only.
func (c *chain) reader(url string, contract common.Address, more string) driver.Ledger {
	c.t.Helper()
	return open(c.t, url, driver.Env{Native: reference(contract, more)})
}

// writing opens it for writing.
func (c *chain) writing(url string, contract common.Address, more string, kv driver.KV) driver.Ledger {
	c.t.Helper()
	return open(c.t, url, driver.Env{Native: reference(contract, more), Signer: account.Local(c.key), Store: kv})
}

// key32 makes a key of a name, as bytes32 is spelled.
func key32(name string) string {
	var k [32]byte
	copy(k[:], name)
	return fmt.Sprintf("0x%x", k)
}

// appended is the call data of a write to the reference contract.
func appended(name string, expect uint64, body string, lookups ...[32]byte) []byte {
	var k [32]byte
	copy(k[:], name)
	return contract.NewFTALedger().PackAppend(k, expect, []byte(body), lookups)
}

func keccak(text string) [32]byte { return crypto.Keccak256Hash([]byte(text)) }

func wantCode(t testing.TB, err error, code driver.Code) {
	t.Helper()
	if driver.CodeOf(err) != code {
		t.Errorf("%v, want %s", err, code)
	}
}

// wantBody expects the newest final version of a key.
func wantBody(t testing.TB, l driver.Ledger, name, body string, version uint64) {
	t.Helper()
	e, err := l.Get(within(t), driver.Ref{Key: key32(name)})
	if err != nil {
		t.Errorf("%s: %v, want version %d", name, err, version)
		return
	}
	if string(e.Body) != body || e.Version != version || !e.Final || e.Contradiction != "" {
		t.Errorf("%s: version %d, %q, final %t, %q; want version %d, %q, final", name, e.Version, e.Body, e.Final, e.Contradiction, version, body)
	}
}

// eventually waits for a condition, which is looked at again and again.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	ctx := within(t)
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for !holds() {
		select {
		case <-again.C:
		case <-ctx.Done():
			t.Fatalf("never: %s", what)
		}
	}
}

func section(text string, args ...any) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(text, args...))
}

// events is a section for the reference contract that knows no more than its event.
func (c *chain) events() json.RawMessage {
	return section(`{"contract": %q, "finality": "latest", "abi": ["event Appended(bytes32 indexed key, uint64 indexed version, bytes body)"],
		"events": [{"event": "Appended", "key": "key", "version": "version", "body": "body"}]}`, c.contract)
}
