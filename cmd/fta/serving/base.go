package serving

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"go.opentelemetry.io/otel/trace"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/trust/key"
)

// base is what there is once a process, whatever its configuration becomes: store, witness log, keys, caches, metrics and
// traces, and the chains that are open.
type base struct {
	metrics   *prometheus.Registry
	traces    trace.TracerProvider
	lasting   *store.Store
	witness   *witness.Log
	denied    *contradictions
	transport crypto.Signer // nil: ledgers are read only
	checks    *adapters.Checks
	newest    func(name string) cache.Store
	shared    gateway.Shared // nil: no other gateway shares a Redis with this one

	mu     sync.Mutex
	users  int               // gateways that stand on it
	chains map[string]*chain // by the ledger's name
	held   *client.Holdings  // nil until a gateway wants them
	parts  []func() error    // in the order in which they were opened
}

func openBase(ctx context.Context, c config.Config, log *slog.Logger) (*base, error) {
	b := &base{metrics: prometheus.NewRegistry(), chains: map[string]*chain{}}
	b.metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if err := b.open(ctx, c, log); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

func (b *base) open(ctx context.Context, c config.Config, log *slog.Logger) (err error) {
	b.lasting, err = store.Open(filepath.Join(c.Data, "store"))
	if errors.Is(err, syscall.EAGAIN) {
		err = fmt.Errorf("data %s: another gateway has this folder: %w", c.Data, err)
	}
	if err != nil {
		return err
	}
	b.parts = append(b.parts, b.lasting.Close)
	if err := b.trace(ctx, c.Traces, log); err != nil {
		return err
	}
	if b.witness, err = witness.Open(b.lasting.Sub("witness"), time.Now); err != nil {
		return err
	}
	b.denied = newContradictions(b.witness)
	b.metrics.MustRegister(b.denied)
	if c.Keys.Transport != "" {
		if b.transport, err = key.LoadSigner(c.Keys.Transport); err != nil {
			return c.Wrong("keys.transport", err)
		}
	}
	return b.caches(c, log)
}

// answers is the part of what memory there is that answers are kept in (decision 0111).
func answers(c config.Cache) uint64 { return uint64(c.Memory) / 16 }

// caches divides the rest between what digests settle for ever and what ledgers were asked before.
func (b *base) caches(c config.Config, log *slog.Logger) (err error) {
	half := (uint64(c.Cache.Memory) - answers(c.Cache)) / 2
	b.checks = adapters.NewChecks(half)
	var kept func() uint64
	if b.newest, kept, err = b.stores(c, half, log); err != nil {
		return err
	}
	for kind, bytes := range map[string]func() uint64{"checks": b.checks.Bytes, "newest": kept} {
		b.metrics.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "fta_cache_bytes", Help: "About how much is kept in memory.", ConstLabels: prometheus.Labels{"kind": kind},
		}, func() float64 { return float64(bytes()) }))
	}
	return nil
}

// hold counts one more gateway that stands on the base; what it answers is its end, and the last one closes the base.
func (b *base) hold() (release func() error) {
	b.mu.Lock()
	b.users++
	b.mu.Unlock()
	return func() error {
		b.mu.Lock()
		b.users--
		last := b.users == 0
		b.mu.Unlock()
		if last {
			return b.close()
		}
		return nil
	}
}

func (b *base) close() error {
	var faults []error
	for _, end := range slices.Backward(b.parts) {
		faults = append(faults, end())
	}
	return errors.Join(faults...)
}

// gatewayParts are those that every gateway on the base has.
func (b *base) gatewayParts(c config.Config, log *slog.Logger) *gateway.Config {
	return &gateway.Config{
		Retention: c.Retention, Budget: c.Budget, Answers: answers(c.Cache), Log: log, Now: time.Now, Store: b.lasting.Sub("submissions"), Shared: b.shared, Witness: b.witness,
	}
}
