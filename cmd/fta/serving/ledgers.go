package serving

import (
	"context"
	"crypto"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust/key"
)

// ledgers opens every ledger, by name, each with a corner of the store to itself.
func (g *Gateway) ledgers(ctx context.Context, parts *gateway.Config, lasting *store.Store) error {
	var transport crypto.Signer
	if path := g.config.Keys.Transport; path != "" {
		var err error
		if transport, err = key.LoadSigner(path); err != nil {
			return fmt.Errorf("keys.transport: %w", err)
		}
	}
	checks, newest, err := g.caches()
	if err != nil {
		return err
	}
	for _, slug := range slices.Sorted(maps.Keys(g.config.Ledgers)) {
		l := g.config.Ledgers[slug]
		c, err := g.ledgerConfig(slug, l, lasting)
		if err != nil {
			return err
		}
		opened, err := adapters.Open(ctx, c, adapters.Env{
			Store: lasting.Sub("ledger-" + slug), Signer: transport, Log: g.log.With("ledger", slug), Metrics: g.Metrics, Cache: checks, Newest: newest, Traces: g.Traces,
		})
		if err != nil {
			return err
		}
		g.parts = append(g.parts, opened.Close)
		parts.Members = append(parts.Members, gateway.Member{Ledger: opened, Customs: l.Customs, Mirror: l.Mirror})
	}
	return nil
}

// caches divides what memory there is between what digests settle for ever and what ledgers were asked before.
func (g *Gateway) caches() (*adapters.Checks, func(string) cache.Store, error) {
	half := uint64(g.config.Cache.Memory) / 2
	checks := adapters.NewChecks(half)
	newest, kept, err := g.newest(half)
	if err != nil {
		return nil, nil, err
	}
	for kind, bytes := range map[string]func() uint64{"checks": checks.Bytes, "newest": kept} {
		g.Metrics.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "fta_cache_bytes", Help: "About how much is kept in memory.", ConstLabels: prometheus.Labels{"kind": kind},
		}, func() float64 { return float64(bytes()) }))
	}
	return checks, newest, nil
}

func (g *Gateway) ledgerConfig(slug string, l config.Ledger, lasting *store.Store) (adapters.Config, error) {
	c := adapters.Config{
		Slug: slug, URL: l.URL, Policy: disclosure.Policy(l.Policy), Allow: l.Allow, Require: l.Require,
		NativeWrites: l.NativeWrites, MaxAge: l.Cache.MaxAge,
		Limits: adapters.Limits(l.Limits),
	}
	if l.Finality == "latest" {
		c.Finality = driver.Latest
	}
	var err error
	if c.Mapping, err = g.mapping(slug, l, lasting); err != nil {
		return c, fmt.Errorf("ledgers.%s.%w", slug, err)
	}
	if c.Anchors, err = Anchors(l.Anchors); err != nil {
		return c, fmt.Errorf("ledgers.%s.anchors %s: %w", slug, l.Anchors, err)
	}
	return c, nil
}

// Anchors reads what inclusion proofs are held against; nothing where no file is named.
func Anchors(file string) (driver.Anchors, error) {
	if file == "" {
		return nil, nil
	}
	anchors, err := os.ReadFile(file)
	if err == nil && !json.Valid(anchors) {
		err = errors.New("is not JSON")
	}
	return driver.Anchors(anchors), err
}
