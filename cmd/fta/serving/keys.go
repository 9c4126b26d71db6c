package serving

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust/key"
)

// keys loads the gateway's own keys. Without one for signing it makes one, because a receipt must be signed.
func (g *Gateway) keys(parts *gateway.Config) (err error) {
	k := g.config.Keys
	if k.Signing == "" {
		k.Signing = filepath.Join(g.config.Data, "signing.pem")
		if err := EnsureSigner(k.Signing); err != nil {
			return err
		}
	}
	if parts.Signer, err = key.LoadSigner(k.Signing); err != nil {
		return g.config.Wrong("keys.signing", err)
	}
	if k.Lookup != "" {
		if parts.Lookup, err = key.LoadLookup(k.Lookup); err != nil {
			return g.config.Wrong("keys.lookup", err)
		}
	}
	return nil
}

// EnsureSigner makes a signing key where there is none.
func EnsureSigner(path string) error {
	return ensure(path, func(file string) error {
		k, err := key.NewSigner()
		if err != nil {
			return err
		}
		return key.SaveSigner(file, k)
	})
}

// EnsureLookup makes a lookup key where there is none.
func EnsureLookup(path string) error {
	return ensure(path, func(file string) error {
		k, err := key.NewLookup()
		if err != nil {
			return err
		}
		return key.SaveLookup(file, k)
	})
}

// ensure has a key file made where there is none, whole or not at all: what a process that was killed had begun is made
// anew.
func ensure(path string, save func(file string) error) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	begun := path + ".new"
	if err := os.RemoveAll(begun); err != nil {
		return err
	}
	if err := save(begun); err != nil {
		return err
	}
	return os.Rename(begun, path)
}
