package memory

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust/did"
)

// transaction is a write as it travels to the chain: signed by whoever submits it. From that signature alone the chain
// knows its author; what a caller claims to be counts for nothing.
type transaction struct {
	key         string
	expect      uint64
	body        []byte
	lookups     []driver.Lookup
	idempotency string
	public      ed25519.PublicKey
	signature   []byte
}

// sign makes a transaction of a write. It copies the slices: the caller may use them again as soon as Append returns.
func (l *Ledger) sign(w *driver.Write) (*transaction, error) {
	t := &transaction{
		key: w.Key, expect: w.Expect, body: slices.Clone(w.Body), lookups: slices.Clone(w.Lookups),
		idempotency: w.IdempotencyKey, public: l.signer.Public().(ed25519.PublicKey),
	}
	content := t.content()
	signature, err := l.signer.Sign(rand.Reader, content[:], crypto.Hash(0)) // 0: Ed25519 hashes by itself
	if err != nil {
		return nil, driver.Errorf(driver.Unknown, "memory: sign the transaction: %w", err)
	}
	t.signature = signature
	return t, nil
}

// content is what two writes must share to be the same one, and what is signed.
func (t *transaction) content() hash {
	parts := [][]byte{[]byte(t.key), number(t.expect), t.body}
	for _, lookup := range t.lookups {
		parts = append(parts, []byte(lookup.Name), []byte(lookup.Value))
	}
	return sumOf(frame("content", parts...))
}

// idempotencyKey is the caller's own, or else made of the content: then a repeat is safe without one. The two are
// framed apart, so that no caller's key can be another write's hash.
func (t *transaction) idempotencyKey() string {
	if t.idempotency != "" {
		return string(frame("given", []byte(t.idempotency)))
	}
	return string(frame("made", []byte(t.key), number(t.expect), t.body))
}

func (t *transaction) authentic() bool {
	content := t.content()
	return ed25519.Verify(t.public, content[:], t.signature)
}

// author is whom the signature shows.
func (t *transaction) author() driver.Author {
	return driver.Author{Kind: "did", ID: did.FromEd25519(t.public), Evidence: slices.Clone(t.signature)}
}

func (t *transaction) hash() string {
	content := t.content()
	sum := sumOf(frame("tx", content[:], t.public))
	return hex.EncodeToString(sum[:])
}

// hash is a SHA-256.
type hash = [sha256.Size]byte

func sumOf(b []byte) hash { return sha256.Sum256(b) }

// frame writes parts one after the other so that no two lists of parts, and no two domains, give the same bytes: each
// is preceded by its length. Plain concatenation would let a key's end pass for a body's beginning.
func frame(domain string, parts ...[]byte) []byte {
	out := append([]byte("fta-memory/1 "), domain...)
	out = append(out, 0)
	for _, p := range parts {
		out = binary.AppendUvarint(out, uint64(len(p)))
		out = append(out, p...)
	}
	return out
}

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
