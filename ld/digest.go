package ld

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/multiformats/go-multibase"
)

// Digest is a SHA-256. It is written as a multihash: its code 0x12, its length 0x20, then the 32 bytes.
type Digest [sha256.Size]byte

const (
	multihashCode   = 0x12
	multihashLength = sha256.Size
)

// Sum hashes bytes.
func Sum(b []byte) Digest { return sha256.Sum256(b) }

// DigestJCS hashes the JCS form of decoded JSON.
func DigestJCS(v any) (Digest, error) {
	b, err := JCS(v)
	if err != nil {
		return Digest{}, err
	}
	return Sum(b), nil
}

// String spells the digest as records and documents do: "u" and base64url without padding.
func (d Digest) String() string {
	return "u" + base64.RawURLEncoding.EncodeToString(d.multihash())
}

// Base58 spells the digest as a Web Ledger does: "z" and base58btc, so that it begins with "zQm".
func (d Digest) Base58() string {
	s, err := multibase.Encode(multibase.Base58BTC, d.multihash())
	if err != nil { // only an unknown base can fail
		panic(err)
	}
	return s
}

// IsZero reports whether d was never set; no text is known to hash to it.
func (d Digest) IsZero() bool { return d == Digest{} }

func (d Digest) multihash() []byte {
	return append([]byte{multihashCode, multihashLength}, d[:]...)
}

// ParseDigest reads either spelling, "u…" or "zQm…". Only the one text that String or Base58 would write is accepted, so
// that equal digests are equal texts.
func ParseDigest(s string) (Digest, error) {
	raw, err := decodeDigest(s)
	if err != nil {
		return Digest{}, fmt.Errorf("digest %.60q: %w", s, err)
	}
	if len(raw) != 2+multihashLength || raw[0] != multihashCode || raw[1] != multihashLength {
		return Digest{}, fmt.Errorf("digest %.60q: must be the multihash of a SHA-256", s)
	}
	return Digest(raw[2:]), nil
}

// The lengths of both spellings.
const (
	base64Digest = 47
	base58Digest = 47
)

var errSpelling = errors.New(`must be "u" and base64url, or "zQm" and base58btc`)

func decodeDigest(s string) ([]byte, error) {
	switch {
	case len(s) == base64Digest && s[0] == 'u':
		return base64.RawURLEncoding.Strict().DecodeString(s[1:])
	case len(s) == base58Digest && s[0] == 'z':
		_, raw, err := multibase.Decode(s)
		return raw, err
	}
	return nil, errSpelling
}

// MarshalText writes String.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDigest reads.
func (d *Digest) UnmarshalText(text []byte) error {
	parsed, err := ParseDigest(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
