package webledger_test

import (
	"context"
	"crypto"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	_ "github.com/ftagateway/ftagateway/adapters/webledger"
	"github.com/ftagateway/ftagateway/ld"
)

// TestMain finds what a driver leaves behind. The node's engine leaves some of its own, which its authors know of.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/cometbft/cometbft/libs/autofile.(*AutoFile).closeFileRoutine"),
		goleak.IgnoreAnyFunction("github.com/cometbft/cometbft/libs/autofile.OpenAutoFile.func1"),
		goleak.IgnoreAnyFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"),
	)
}

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

func within(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// opened is a driver on a stand-in, with its own table unless one is given.
type opened struct {
	driver.Ledger
	table *table
}

func (s *standIn) url() string { return "webledger+" + s.server.URL }

func (s *standIn) open(t testing.TB) *opened { return openOn(t, s.url(), newTable(), s.key) }

func openOn(t testing.TB, url string, kv *table, signer crypto.Signer) *opened {
	t.Helper()
	l, err := driver.Open(within(t), url, driver.Env{Store: kv, Signer: signer})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return &opened{l, kv}
}

func newID() string { return uuid.New().URN() }

// record is the body of one version of a record, which finds by "lookup" and by "link".
func record(key string, version int) ld.Object {
	return ld.Object{
		"@context": []any{"https://w3id.org/security/data-integrity/v2"},
		"id":       key,
		"type":     "EntrySummary",
		"version":  float64(version),
		"lookups":  []any{lookupOf(key)},
		"links":    []any{ld.Object{"rel": "certificate", "id": linkOf(key)}},
	}
}

func lookupOf(key string) string { return "u" + strings.TrimPrefix(key, "urn:uuid:") }

func linkOf(key string) string { return uuid.NewSHA1(uuid.NameSpaceURL, []byte(key)).URN() }

func body(t testing.TB, record ld.Object) []byte {
	t.Helper()
	b, err := ld.JCS(record)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func wantCode(t testing.TB, err error, want ...driver.Code) {
	t.Helper()
	for _, code := range want {
		if driver.CodeOf(err) == code {
			return
		}
	}
	t.Fatalf("error %v, want one of %v", err, want)
}

// spendable is a context whose deadline passes when a test says so, however slow the machine is.
type spendable struct {
	context.Context
	once  sync.Once
	spent chan struct{}
}

func newSpendable() *spendable {
	return &spendable{Context: context.Background(), spent: make(chan struct{})}
}

func (s *spendable) spend() { s.once.Do(func() { close(s.spent) }) }

func (s *spendable) Done() <-chan struct{} { return s.spent }

func (s *spendable) Err() error {
	select {
	case <-s.spent:
		return context.DeadlineExceeded
	default:
		return nil
	}
}
