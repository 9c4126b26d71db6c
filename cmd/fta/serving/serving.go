// Package serving puts a gateway together from its configuration, and takes it apart again.
package serving

import (
	"context"
	"crypto"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Gateway is a gateway with everything that it stands on.
type Gateway struct {
	*gateway.Gateway
	Metrics *prometheus.Registry

	config config.Config
	log    *slog.Logger
	parts  []func() error // in the order in which they were opened
}

// Open puts the gateway together. Ledgers that cannot be reached now, and participants that are not trusted, are said in
// the log and do not keep it from starting; a configuration that can never work does. The caller closes it.
func Open(ctx context.Context, c config.Config, log *slog.Logger) (*Gateway, error) {
	g := &Gateway{Metrics: prometheus.NewRegistry(), config: c, log: log}
	parts, err := g.open(ctx)
	if err == nil {
		g.Gateway, err = gateway.New(*parts)
	}
	if err != nil {
		return nil, errors.Join(err, g.Close())
	}
	g.resume()
	return g, nil
}

// resume goes on with unsettled submissions beside what is asked, until Close.
func (g *Gateway) resume() {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		g.Resume(ctx)
	}()
	g.parts = append(g.parts, func() error {
		cancel()
		<-ended
		return nil
	})
}

// open opens the parts, each noted to be closed.
func (g *Gateway) open(ctx context.Context) (*gateway.Config, error) {
	c := g.config
	lasting, err := store.Open(filepath.Join(c.Data, "store"))
	if err != nil {
		return nil, err
	}
	g.parts = append(g.parts, lasting.Close)

	parts := &gateway.Config{Retention: c.Retention, Log: g.log, Now: time.Now, Store: lasting.Sub("submissions")}
	if err := g.keys(parts); err != nil {
		return nil, err
	}
	if parts.Witness, err = witness.Open(lasting.Sub("witness"), time.Now); err != nil {
		return nil, err
	}
	if parts.Participants, err = trust.LoadParticipants(c.Participants.Folder, trust.Issuers{Any: c.Participants.Issuers}); err != nil {
		g.log.Warn("some participants are not trusted", "reasons", err.Error())
	}
	if err := g.evidence(parts, lasting); err != nil {
		return nil, err
	}
	return parts, g.ledgers(ctx, parts, lasting)
}

// keys loads the gateway's own keys. Without one for signing it makes one, because a receipt must be signed.
func (g *Gateway) keys(parts *gateway.Config) (err error) {
	k := g.config.Keys
	if k.Signing == "" {
		k.Signing = filepath.Join(g.config.Data, "signing.pem")
		if err := ensure(k.Signing); err != nil {
			return err
		}
	}
	if parts.Signer, err = key.LoadSigner(k.Signing); err != nil {
		return fmt.Errorf("keys.signing: %w", err)
	}
	if k.Lookup != "" {
		if parts.Lookup, err = key.LoadLookup(k.Lookup); err != nil {
			return fmt.Errorf("keys.lookup: %w", err)
		}
	}
	return nil
}

func ensure(path string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	signer, err := key.NewSigner()
	if err != nil {
		return err
	}
	return key.SaveSigner(path, signer)
}

// ledgers opens every ledger, each with a corner of the store to itself.
func (g *Gateway) ledgers(ctx context.Context, parts *gateway.Config, lasting *store.Store) error {
	var transport crypto.Signer
	if path := g.config.Keys.Transport; path != "" {
		var err error
		if transport, err = key.LoadSigner(path); err != nil {
			return fmt.Errorf("keys.transport: %w", err)
		}
	}
	cache := adapters.NewChecks(uint64(g.config.Cache.Memory))
	for slug, l := range g.config.Ledgers {
		c, err := ledgerConfig(slug, l)
		if err != nil {
			return err
		}
		opened, err := adapters.Open(ctx, c, adapters.Env{
			Store: lasting.Sub("ledger-" + slug), Signer: transport, Log: g.log.With("ledger", slug), Metrics: g.Metrics, Cache: cache,
		})
		if err != nil {
			return err
		}
		g.parts = append(g.parts, opened.Close)
		parts.Members = append(parts.Members, gateway.Member{Ledger: opened, Customs: l.Customs, Mirror: l.Mirror})
	}
	return nil
}

func ledgerConfig(slug string, l config.Ledger) (adapters.Config, error) {
	c := adapters.Config{
		Slug: slug, URL: l.URL, Policy: disclosure.Policy(l.Policy), Require: l.Require,
		Limits: adapters.Limits{Budget: l.Limits.Budget, Attempt: l.Limits.Attempt, Concurrency: l.Limits.Concurrency},
	}
	if l.Finality == "latest" {
		c.Finality = driver.Latest
	}
	var err error
	if name := strings.TrimPrefix(l.Mapping, "builtin:"); name != "" {
		if c.Mapping, err = translate.Builtin(name); err != nil {
			return c, fmt.Errorf("ledgers.%s.mapping: %w", slug, err)
		}
	}
	if l.Anchors == "" {
		return c, nil
	}
	anchors, err := os.ReadFile(l.Anchors)
	if err == nil && !json.Valid(anchors) {
		err = errors.New("is not JSON")
	}
	if err != nil {
		return c, fmt.Errorf("ledgers.%s.anchors %s: %w", slug, l.Anchors, err)
	}
	c.Anchors = driver.Anchors(anchors)
	return c, nil
}

// Close ends every part, the last opened first.
func (g *Gateway) Close() error {
	var faults []error
	for _, end := range slices.Backward(g.parts) {
		faults = append(faults, end())
	}
	g.parts = nil
	return errors.Join(faults...)
}

// Self is the gateway's own did:key, under which receipts and exports are signed.
func (g *Gateway) Self() (string, error) { return key.DID(g.Signer) }
