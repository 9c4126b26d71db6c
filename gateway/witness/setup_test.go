package witness_test

import (
	"crypto/sha256"
	"encoding/json"
	"os"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/ld"
)

const (
	trade = "urn:uuid:5d2a3c60-0f1a-4a8e-8d1e-0c8a9f1d2b30"
	other = "eip155:1:0xab16a96D359eC26a11e2C2b3d8f8B8942d5Bfcdb"
	id    = "urn:uuid:0d6cf4a5-6a37-4a8c-9a53-0b7f3f0e6a11"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		witnessUntilKilled(dir)
		return
	}
	goleak.VerifyTestMain(m)
}

// clock is a gateway's clock that a test moves.
type clock struct {
	sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.Lock()
	defer c.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) time.Time {
	c.Lock()
	defer c.Unlock()
	c.at = c.at.Add(d)
	return c.at
}

func memory(t testing.TB) driver.KV {
	t.Helper()
	s := store.Memory()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Sub("witness")
}

func open(t testing.TB, kv driver.KV, c *clock) *witness.Log {
	t.Helper()
	l, err := witness.Open(kv, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// digest is that of a made-up record.
func digest(name string) ld.Digest { return sha256.Sum256([]byte(name)) }

// shown is a version of the record on the trade ledger.
func shown(version uint64, content string) witness.Observation {
	return witness.Observation{
		Ledger: trade, ID: id, Version: version, Digest: digest(content), Height: 10 * version,
		ChainTime: time.Date(2026, 11, 1, 0, 0, int(version), 0, time.UTC),
		Proof:     &driver.Proof{Type: "MerkleTree-sha256", Data: json.RawMessage(`{"path": ["<` + content + `>", 12345678901234567890]}`)},
	}
}

func on(ledger string, o witness.Observation) witness.Observation {
	o.Ledger = ledger
	return o
}

func named(id string, o witness.Observation) witness.Observation {
	o.ID = id
	return o
}

func mustSee(t testing.TB, l *witness.Log, o witness.Observation) witness.Seen {
	t.Helper()
	seen, err := l.See(o)
	if err != nil {
		t.Fatal(err)
	}
	return seen
}
