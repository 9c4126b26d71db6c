package serving

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Check reads all that a configuration names on this machine, as Open does: keys, participants, mappings, secrets and
// anchors. It asks no ledger, opens no store and makes no file, so that it can run beside the gateway that it is meant
// for. Everything that is wrong is told at once. What only a ledger's driver can tell of its URL, Open finds.
func Check(c config.Config, log *slog.Logger) error {
	g := &Gateway{config: c, log: log}
	faults := []error{g.checkKeys(), g.participants(&gateway.Config{})}
	for _, slug := range slices.Sorted(maps.Keys(c.Ledgers)) {
		faults = append(faults, checkLedger(slug, c.Ledgers[slug]))
	}
	if c.Cache.Redis != "" {
		_, err := redisOptions(c.Cache)
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

func (g *Gateway) checkKeys() error {
	k := g.config.Keys
	var faults []error
	for name, path := range map[string]string{"signing": k.Signing, "capability": k.Capability, "transport": k.Transport} {
		if path == "" {
			continue
		}
		if _, err := key.LoadSigner(path); err != nil {
			faults = append(faults, fmt.Errorf("keys.%s: %w", name, err))
		}
	}
	if k.Lookup != "" {
		if _, err := key.LoadLookup(k.Lookup); err != nil {
			faults = append(faults, fmt.Errorf("keys.lookup: %w", err))
		}
	}
	return errors.Join(faults...)
}

func checkLedger(slug string, l config.Ledger) error {
	var faults []error
	readers := cmp.Or(l.Policy, string(disclosure.Public))
	if _, err := named(l.Mapping, translate.Options{Policy: translate.Policy{Readers: readers, Allow: l.Allow}}); err != nil {
		faults = append(faults, fmt.Errorf("ledgers.%s.mapping: %w", slug, err))
	}
	if l.Secret != "" {
		if _, err := readSecret(l.Secret); err != nil {
			faults = append(faults, fmt.Errorf("ledgers.%s.keySecret: %w", slug, err))
		}
	}
	if _, err := Anchors(l.Anchors); err != nil {
		faults = append(faults, fmt.Errorf("ledgers.%s.anchors %s: %w", slug, l.Anchors, err))
	}
	return errors.Join(faults...)
}
