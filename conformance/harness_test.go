package conformance_test

import (
	"context"
	"crypto/ed25519"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// testChain is a chain that a run may write to, whose name is the same in every test.
func testChain() *memory.Chain {
	return memory.NewChain(memory.Options{URI: "urn:uuid:8f0c1c1e-6c3f-4a62-9d0e-3f2d5f1b7a10", ForTesting: true, PageSize: 5})
}

// full gives a harness over the chain in which nothing is missing.
func full(t *testing.T, chain *memory.Chain) conformance.Harness {
	t.Helper()
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	writer, err := chain.Connect(key)
	if err != nil {
		t.Fatal(err)
	}
	open := func(context.Context) (driver.Ledger, error) { return chain.Connect(key) }
	return conformance.Harness{
		Open: open, Reopen: open,
		Another: func(context.Context) (driver.Ledger, error) { return memory.New(memory.Options{}), nil },
		Advance: func(context.Context) error {
			chain.Advance()
			return nil
		},
		Outage: func() func() {
			chain.Stop()
			return chain.Start
		},
		Mapping: conformancetest.Mapping(), Author: writer.Author(), Anchors: chain.Anchors, OtherAnchors: memory.NewChain(memory.Options{}).Anchors,
	}
}

// over gives a harness over one ledger.
func over(l driver.Ledger) conformance.Harness {
	return conformance.Harness{Open: func(context.Context) (driver.Ledger, error) { return l, nil }}
}

// impatient lets a case that waits for what never comes fail soon.
const impatient = 50 * time.Millisecond

// stuck is a driver whose Get never returns, until the test lets it.
type stuck struct {
	driver.Ledger
	free chan struct{}
}

func (s stuck) Get(context.Context, driver.Ref) (*driver.Entry, error) {
	<-s.free
	return nil, driver.Errorf(driver.Unknown, "let go")
}

// panicking is a driver that panics in Get.
type panicking struct{ driver.Ledger }

func (panicking) Get(context.Context, driver.Ref) (*driver.Entry, error) {
	panic("index out of something")
}

// recorder is a *testing.T of which the test sees what was said to it.
type recorder struct {
	*testing.T
	mu     sync.Mutex
	errors []string
}

func (r *recorder) Errorf(format string, _ ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors = append(r.errors, format)
}
