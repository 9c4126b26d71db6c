package serving

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/translate"
)

// mapping loads the mapping of a ledger under its policy. The error begins with the key of the ledger's section that is
// wrong.
func (g *Gateway) mapping(slug string, l config.Ledger, lasting *store.Store) (*translate.Mapping, error) {
	o := translate.Options{Policy: translate.Policy{
		Readers: cmp.Or(l.Policy, string(disclosure.Public)), Allow: l.Allow,
	}}
	m, err := named(l.Mapping, o)
	if err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	if !m.Derives() {
		return m, nil
	}
	if o.Keys, err = g.ledgerKeys(slug, l, lasting); err != nil {
		return nil, fmt.Errorf("keySecret: %w", err)
	}
	if m, err = named(l.Mapping, o); err != nil {
		return nil, fmt.Errorf("mapping: %w", err)
	}
	return m, nil
}

// named loads a mapping by its name, or from its file.
func named(mapping string, o translate.Options) (*translate.Mapping, error) {
	// Whoever names a published shape cannot say so in its file, and only reads by it.
	o.ReadOnly = !translate.IsFile(mapping)
	return translate.Open(cmp.Or(mapping, "builtin:record"), o)
}

// ledgerKeys turn the ledger's own keys into ids, by the ledger's secret. Which id stands for which key lies in a corner of
// the store that belongs to the secret: a mirror that is given the same one finds what the other has read.
func (g *Gateway) ledgerKeys(slug string, l config.Ledger, lasting *store.Store) (*translate.Keys, error) {
	file := l.Secret
	if file == "" {
		file = filepath.Join(g.config.Data, "keys", slug+".secret")
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, err
		}
		if err := ensure(file, newSecret); err != nil {
			return nil, err
		}
	}
	secret, err := readSecret(file)
	if err != nil {
		return nil, err
	}
	name := sha256.Sum256(append([]byte("fta-key-corner/1|"), secret...))
	return translate.NewKeys(secret, lasting.Sub("keys-"+hex.EncodeToString(name[:16])))
}

const secretBytes = 32

func newSecret(file string) error {
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // never fails on a system that Go supports
	return os.WriteFile(file, secret, 0o600)
}

// maxSecret is in bytes: a file that is larger is no secret.
const maxSecret = 4096

func readSecret(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	secret, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err == nil && (len(secret) < secretBytes || len(secret) > maxSecret) {
		err = fmt.Errorf("%s: must hold from %d to %d bytes", file, secretBytes, maxSecret)
	}
	return secret, err
}
