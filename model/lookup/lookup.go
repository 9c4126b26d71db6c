// Package lookup makes the keyed commitments by which customs finds an entry by its number, on a ledger that everybody can
// read, while nobody else can. An entry number is short enough to try them all, so a plain or salted hash of it would
// tell it; here the hash is keyed, and only the filer and customs have the key.
package lookup

import (
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
)

// purpose separates these keys and commitments from every other use of the same key agreement.
const purpose = "fta-lookup/1|"

// Key is what a filer and customs share for one calendar year. It prints as a word, whatever the verb, and also where it
// is a field of something that is printed. The zero Key makes no commitments.
type Key struct {
	// secret is a function because fmt reads unexported fields, and follows pointers for a verb that it does not know.
	secret func() []byte
}

// Derive makes the key of a filer code and a year. Either side derives the same one from its own private key and the
// other's public key: k = HKDF-SHA-256(X25519(own, other), no salt, info "fta-lookup/1|" filer code "|" year).
// An error names what is wrong with filer code, year or keys, and never a key.
func Derive(own *ecdh.PrivateKey, other *ecdh.PublicKey, filerCode string, epoch int) (Key, error) {
	if err := checkFiler(filerCode); err != nil {
		return Key{}, err
	}
	if epoch < firstEpoch || epoch > lastEpoch {
		return Key{}, fmt.Errorf("lookup key: epoch %d: a calendar year from %d to %d", epoch, firstEpoch, lastEpoch)
	}
	shared, err := agree(own, other)
	if err != nil {
		return Key{}, err
	}
	k, err := hkdf.Key(sha256.New, shared, nil, purpose+filerCode+"|"+strconv.Itoa(epoch), sha256.Size)
	if err != nil {
		return Key{}, fmt.Errorf("lookup key: %w", err)
	}
	return Key{func() []byte { return k }}, nil
}

// agree answers the shared secret. The standard library refuses the all-zero one, which a public key of low order would
// force, and which everybody knows (RFC 7748 §6.1).
func agree(own *ecdh.PrivateKey, other *ecdh.PublicKey) ([]byte, error) {
	if own == nil || other == nil || own.Curve() != ecdh.X25519() || other.Curve() != ecdh.X25519() {
		return nil, errors.New("lookup key: both keys must be X25519 keys")
	}
	shared, err := own.ECDH(other)
	if err != nil {
		return nil, fmt.Errorf("lookup key: key agreement: %w", err)
	}
	return shared, nil
}

// Entry answers the commitment to an entry number on a ledger, as a record's "lookups" has it: multibase base64url of
// HMAC-SHA-256(k, "fta-lookup/1|" ledger "|entry|" number). The ledger is its URI; a commitment copied to another ledger
// matches nothing there. The number has 11 characters, without hyphens.
func (k Key) Entry(ledger, number string) (string, error) {
	if k.secret == nil {
		return "", errors.New("lookup: the zero key makes no commitments")
	}
	if ledger == "" {
		return "", errors.New("lookup: ledger: a URI is needed")
	}
	if !isAlphanumeric(number, entryNumberLength) {
		// The value is left out, because it must reach no log.
		return "", errors.New("lookup: entry number: 11 characters 0-9 A-Z, without hyphens")
	}
	mac := hmac.New(sha256.New, k.secret())
	mac.Write([]byte(purpose + ledger + "|entry|" + number))
	return "u" + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), nil
}

const (
	entryNumberLength = 11 // filer code 3, number 7, check digit 1 (CBP Form 7501)
	filerCodeLength   = 3  // 19 CFR 142.3a
)

func checkFiler(code string) error {
	if !isAlphanumeric(code, filerCodeLength) {
		return fmt.Errorf("lookup key: filer code %.16q: 3 characters 0-9 A-Z", code)
	}
	return nil
}

func isAlphanumeric(s string, length int) bool {
	if len(s) != length {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}
