// Package key makes private keys and keeps them in PKCS#8 PEM files that only their owner may read. A signing key is
// used through crypto.Signer, so that one in a hardware module can take its place.
package key

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/ftagateway/ftagateway/trust/did"
)

// ErrKind is the error for a file that holds a key of another kind.
var ErrKind = errors.New("not the kind of key that is wanted")

// NewSigner makes an Ed25519 key.
func NewSigner() (ed25519.PrivateKey, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	return private, err
}

// SaveSigner writes an Ed25519 key to a new file. It refuses to overwrite one, and a signer that does not hold its key.
func SaveSigner(path string, s crypto.Signer) error {
	private, ok := s.(ed25519.PrivateKey)
	if !ok {
		return fmt.Errorf("saving %s: signer %T: %w", path, s, ErrKind)
	}
	return save(path, private)
}

// LoadSigner reads what SaveSigner, or openssl genpkey, wrote.
func LoadSigner(path string) (crypto.Signer, error) {
	k, err := load(path)
	if err != nil {
		return nil, err
	}
	private, ok := k.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("loading %s: Ed25519: %w", path, ErrKind)
	}
	return private, nil
}

// NewLookup makes an X25519 key.
func NewLookup() (*ecdh.PrivateKey, error) { return ecdh.X25519().GenerateKey(rand.Reader) }

// SaveLookup writes an X25519 key to a new file. It refuses to overwrite one.
func SaveLookup(path string, k *ecdh.PrivateKey) error {
	if k.Curve() != ecdh.X25519() {
		return fmt.Errorf("saving %s: curve %v: %w", path, k.Curve(), ErrKind)
	}
	return save(path, k)
}

// LoadLookup reads what SaveLookup wrote.
func LoadLookup(path string) (*ecdh.PrivateKey, error) {
	k, err := load(path)
	if err != nil {
		return nil, err
	}
	private, ok := k.(*ecdh.PrivateKey)
	if !ok || private.Curve() != ecdh.X25519() {
		return nil, fmt.Errorf("loading %s: X25519: %w", path, ErrKind)
	}
	return private, nil
}

// DID answers the did:key of a signer, which must be of Ed25519.
func DID(s crypto.Signer) (string, error) {
	pub, ok := s.Public().(ed25519.PublicKey)
	if !ok {
		return "", fmt.Errorf("signer %T: %w", s, ErrKind)
	}
	return did.FromEd25519(pub), nil
}
