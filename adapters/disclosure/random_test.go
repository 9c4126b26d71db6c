package disclosure_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/uuid"
	"github.com/multiformats/go-multibase"

	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// drawing draws what a record holds.
type drawing struct{ *rand.Rand }

func (d drawing) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(d.Uint32())
	}
	return b
}

func (d drawing) uuid() string {
	id := uuid.UUID(d.bytes(16))
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id.URN()
}

func (d drawing) digest() string { return ld.Digest(d.bytes(32)).String() }

func (d drawing) base58(b []byte) string {
	s, err := multibase.Encode(multibase.Base58BTC, b)
	if err != nil {
		panic(err)
	}
	return s
}

func (d drawing) key() string {
	return "did:key:" + d.base58(append([]byte{0xed, 0x01}, d.bytes(32)...))
}

func (d drawing) ledger() string {
	return []string{d.uuid(), "urn:fabric:" + hex.EncodeToString(d.bytes(32)) + ":fta-records", fmt.Sprintf("eip155:%d:0x%x", d.IntN(100_000), d.bytes(20)),
		"solana:mainnet:" + d.base58(d.bytes(32))[1:], fmt.Sprintf("hedera:mainnet:0-0-%d", d.IntN(1_000_000))}[d.IntN(5)]
}

func (d drawing) time() string {
	return fmt.Sprintf("20%02d-%02d-%02dT%02d:%02d:%02dZ", d.IntN(100), 1+d.IntN(12), 1+d.IntN(28), d.IntN(24), d.IntN(60), d.IntN(60))
}

func (d drawing) record() ld.Object {
	digest, issuer := d.digest(), d.key()
	proof := d.proof(issuer)
	r := record(ld.Object{"id": d.uuid(), "ledger": d.ledger(), "version": float64(1 + d.IntN(1_000_000)), "previous": d.digest(), "issued": d.time(),
		"issuer": issuer, "digest": digest, "evidence": []any{ld.Object{"id": d.uuid(), "digest": digest, "mediaType": "application/vc"}},
		"lookups": []any{"u" + base64.RawURLEncoding.EncodeToString(d.bytes(32))}, "proof": proof})
	links := []any{}
	for range 1 + d.IntN(3) {
		links = append(links, ld.Object{"rel": "certificate", "id": d.uuid(), "ledger": d.ledger(), "version": float64(1 + d.IntN(1_000_000)), "digest": d.digest()})
	}
	r["links"] = links
	return r
}

func (d drawing) proof(issuer string) ld.Object {
	proof := record(nil)["proof"].(ld.Object)
	proof["created"], proof["proofValue"] = d.time(), d.base58(d.bytes(64))
	proof["verificationMethod"] = issuer + "#" + issuer[len("did:key:"):]
	return proof
}

// Nothing that is drawn at random, as ids, digests, keys and commitments are, is taken for a secret of a document.
func TestNothingRandomIsTakenForASecret(t *testing.T) {
	sent := 0
	l, err := disclosure.New(recorder(&sent), disclosure.Rules{Policy: disclosure.Public})
	if err != nil {
		t.Fatal(err)
	}
	count := 4_000
	if testing.Short() {
		count = 400
	}
	ctx := disclosure.WithDocument(t.Context(), document)
	d := drawing{rand.New(rand.NewPCG(52, 1))}
	for i := range count {
		r := d.record()
		body, err := ld.JCS(r)
		if err != nil {
			t.Fatal(err)
		}
		w := &driver.Write{Key: r["id"].(string), Body: body, IdempotencyKey: d.uuid(),
			Lookups: []driver.Lookup{{Name: "lookup", Value: r["lookups"].([]any)[0].(string)}}}
		if _, err := l.Append(ctx, w); err != nil || sent != i+1 {
			t.Fatalf("%v\n%s", err, body)
		}
	}
}
