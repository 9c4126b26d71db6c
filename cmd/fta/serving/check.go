package serving

import (
	"cmp"
	"context"
	"crypto"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Check reads all that a configuration names on this machine, as Open does: keys, participants, mappings, secrets and
// anchors, and has each driver read the URL of its ledger. It asks no ledger, opens no store and makes no file, so that it
// can run beside the gateway that it is meant for. Everything that is wrong is told at once, with where it was written.
func Check(c config.Config, log *slog.Logger) error {
	g := &Gateway{config: c, log: log}
	transport, faults := g.checkKeys()
	faults = append(faults, g.participants(&gateway.Config{}))
	for _, slug := range slices.Sorted(maps.Keys(c.Ledgers)) {
		faults = append(faults, checkLedger(c, slug, transport)...)
	}
	if c.Cache.Redis != "" {
		_, err := redisOptions(c)
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

func (g *Gateway) checkKeys() (transport crypto.Signer, faults []error) {
	k := g.config.Keys
	for name, path := range map[string]string{"signing": k.Signing, "capability": k.Capability, "transport": k.Transport} {
		if path == "" {
			continue
		}
		signer, err := key.LoadSigner(path)
		if err != nil {
			faults = append(faults, g.config.Wrong("keys."+name, err))
		} else if name == "transport" {
			transport = signer
		}
	}
	if k.Lookup != "" {
		if _, err := key.LoadLookup(k.Lookup); err != nil {
			faults = append(faults, g.config.Wrong("keys.lookup", err))
		}
	}
	return transport, faults
}

func checkLedger(c config.Config, slug string, transport crypto.Signer) (faults []error) {
	l := c.Ledgers[slug]
	wrong := func(name string, err error) { faults = append(faults, c.Wrong("ledgers."+slug+"."+name, err)) }
	if l.Secret != "" {
		if _, err := readSecret(l.Secret); err != nil {
			wrong("keySecret", err)
		}
	}
	if _, err := Anchors(l.Anchors); err != nil {
		wrong("anchors", fmt.Errorf("%s: %w", l.Anchors, err))
	}
	readers := cmp.Or(l.Policy, string(disclosure.Public))
	m, err := named(l.Mapping, translate.Options{Policy: translate.Policy{Readers: readers, Allow: l.Allow}})
	if err != nil {
		wrong("mapping", err)
		return faults
	}
	if err := checkURL(adapters.Config{Slug: slug, URL: l.URL, Require: l.Require, Mapping: m}, transport); err != nil {
		wrong("url", err)
	}
	return faults
}

// checkURL has the driver open a ledger when there is no time left to ask it anything: all that it says then is of the URL
// and of the files that it names.
func checkURL(c adapters.Config, transport crypto.Signer) error {
	ended, end := context.WithCancel(context.Background())
	end()
	corner := store.Memory()
	l, err := adapters.OpenDriver(ended, c, adapters.Env{Store: corner.Sub("ledger"), Signer: transport, Log: slog.New(slog.DiscardHandler)})
	if err == nil {
		return errors.Join(l.Close(), corner.Close())
	}
	if fault := new(driver.Error); errors.As(err, &fault) && fault.Code == driver.Invalid {
		err = fault.Err
	}
	return errors.Join(err, corner.Close())
}
