// Package did reads and writes did:key identifiers of the two kinds of key that are in use: Ed25519, which signs, and
// X25519, which agrees on lookup keys.
//
// A did:key is a key and never an identity. Whose key it is, and what it may do, is said by a Participant document.
package did

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ed25519"
	"fmt"
	"strings"

	"github.com/multiformats/go-multibase"
)

const prefix = "did:key:"

// kind is a multicodec of a public key, as did:key writes it before the key's 32 bytes.
type kind struct {
	name  string
	codec []byte // the multicodec as a varint
}

// From the multicodec table: ed25519-pub 0xed, x25519-pub 0xec.
var (
	ed25519Key = kind{"Ed25519", []byte{0xed, 0x01}}
	x25519Key  = kind{"X25519", []byte{0xec, 0x01}}
)

const keySize = 32

// maxLength is above any did:key of 32 bytes (56 characters), so that a long text costs nothing.
const maxLength = 64

// FromEd25519 spells a signing key, did:key:z6Mk….
func FromEd25519(pub ed25519.PublicKey) string { return ed25519Key.write(pub) }

// FromX25519 spells a key agreement key, did:key:z6LS….
func FromX25519(pub *ecdh.PublicKey) string { return x25519Key.write(pub.Bytes()) }

// Ed25519 reads a signing key. A key of small order is refused: signatures that anybody can make verify under it.
func Ed25519(did string) (ed25519.PublicKey, error) {
	raw, err := ed25519Key.read(did)
	if err != nil {
		return nil, err
	}
	if smallOrder(raw) {
		return nil, fmt.Errorf("did %.80q: must not be a key of small order", did)
	}
	return raw, nil
}

// X25519 reads a key agreement key. Whether two keys agree on something secret is found out by ECDH itself, which
// refuses keys of small order.
func X25519(did string) (*ecdh.PublicKey, error) {
	raw, err := x25519Key.read(did)
	if err != nil {
		return nil, err
	}
	return ecdh.X25519().NewPublicKey(raw)
}

func (k kind) write(pub []byte) string {
	s, err := multibase.Encode(multibase.Base58BTC, append(bytes.Clone(k.codec), pub...))
	if err != nil { // only an unknown base can fail
		panic(err)
	}
	return prefix + s
}

func (k kind) read(did string) ([]byte, error) {
	text, ok := strings.CutPrefix(did, prefix)
	if !ok || len(did) > maxLength || !strings.HasPrefix(text, "z") {
		return nil, fmt.Errorf(`did %.80q: must be "did:key:z" and base58btc`, did)
	}
	_, raw, err := multibase.Decode(text)
	if err != nil {
		return nil, fmt.Errorf("did %.80q: %w", did, err)
	}
	pub, ok := bytes.CutPrefix(raw, k.codec)
	if !ok || len(pub) != keySize {
		return nil, fmt.Errorf("did %.80q: must be an %s key", did, k.name)
	}
	return pub, nil
}
