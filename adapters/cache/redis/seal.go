package redis

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"golang.org/x/crypto/chacha20poly1305"
)

// form is the version of what stands in Redis: gateways of another one do not meet there.
const form = "fta:1:"

// secrets are what the shared secret stands for: a key that seals, and one that names.
type secrets struct {
	seal cipher.AEAD
	name []byte
}

func secretsOf(secret []byte) secrets {
	derive := func(what string) []byte {
		key, err := hkdf.Key(sha256.New, secret, nil, form+what, chacha20poly1305.KeySize)
		if err != nil {
			panic(err) // only of a length that no hash gives
		}
		return key
	}
	seal, err := chacha20poly1305.NewX(derive("seal"))
	if err != nil {
		panic(err) // only of a key of another length
	}
	return secrets{seal, derive("name")}
}

// names name what is kept of one ledger, and seal it.
type names struct {
	secrets
	ledger string // a digest
	prefix string // with the tag in braces that keeps a ledger on one node of a cluster
}

func (s secrets) ledger(name string) names {
	tag := hex.EncodeToString(s.mac("ledger", name)[:16])
	return names{s, tag, form + "{" + tag + "}:"}
}

// mac is a keyed hash of parts, none of which runs into the next.
func (s secrets) mac(parts ...string) []byte {
	h := hmac.New(sha256.New, s.name)
	h.Write(joined(parts))
	return h.Sum(nil)
}

func joined(parts []string) []byte {
	var all []byte
	for _, p := range parts {
		all = append(binary.BigEndian.AppendUint64(all, uint64(len(p))), p...)
	}
	return all
}

// state names where the place stands that a ledger was followed to.
func (n names) state() string { return n.prefix + "s" }

// pointer names the pointer of a key, and says its bucket.
func (n names) pointer(key string) (name string, bucket uint16) {
	sum := n.mac(n.ledger, "pointer", key)
	return n.prefix + "p:" + hex.EncodeToString(sum[:16]), binary.BigEndian.Uint16(sum[16:]) % buckets
}

func (n names) entry(chainID, key string, version uint64) string {
	return n.prefix + "e:" + hex.EncodeToString(n.mac(n.ledger, "entry", chainID, key, number(version))[:16])
}

// cursor stands for a cursor, in which there may be anything.
func (n names) cursor(c string) string { return hex.EncodeToString(n.mac(n.ledger, "cursor", c)[:16]) }

func number(n uint64) string { return string(binary.BigEndian.AppendUint64(nil, n)) }

// lock seals a value, bound to what it is.
func (n names) lock(value []byte, what ...string) string {
	nonce := make([]byte, chacha20poly1305.NonceSizeX, chacha20poly1305.NonceSizeX+len(value)+n.seal.Overhead())
	_, _ = rand.Read(nonce) // never fails
	return string(n.seal.Seal(nonce, nonce, value, joined(append(what, n.ledger))))
}

// unlock opens a value that lock gave for the same thing; false where it is not that.
func (n names) unlock(sealed string, what ...string) ([]byte, bool) {
	if len(sealed) < chacha20poly1305.NonceSizeX || len(sealed) > maxValue+chacha20poly1305.NonceSizeX+n.seal.Overhead() {
		return nil, false
	}
	data := []byte(sealed)
	value, err := n.seal.Open(nil, data[:chacha20poly1305.NonceSizeX], data[chacha20poly1305.NonceSizeX:], joined(append(what, n.ledger)))
	return value, err == nil
}
