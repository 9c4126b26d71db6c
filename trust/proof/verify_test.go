package proof_test

import (
	"errors"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/multiformats/go-multibase"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
)

var created = time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)

const contextIntegrity = "https://w3id.org/security/data-integrity/v2"

// operation is a document under contexts that define all its terms.
func operation() ld.Object {
	return ld.Object{
		"@context": []any{"https://w3id.org/webledger/v1", contextIntegrity},
		"type":     "CreateWebLedgerRecord",
		"creator":  "did:example:filer",
		"record":   ld.Object{"id": "urn:example:1", "amount": "100.00"},
	}
}

func signed(t testing.TB, suite string) ld.Object {
	t.Helper()
	doc, err := proof.Sign(operation(), seeded(7), proof.Options{Suite: suite, Created: created})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// signed2020 is a document signed by the suite that only delegations are signed by.
func signed2020(t testing.TB) ld.Object {
	t.Helper()
	all := loadVectors(t).Vectors
	i := slices.IndexFunc(all, func(v vector) bool { return v.Suite == proof.Ed25519Signature2020 })
	return parse(t, all[i].Signed)
}

// change answers a copy with some members of its proof changed; nil takes one away.
func change(doc ld.Object, members ld.Object) ld.Object {
	p := maps.Clone(doc["proof"].(ld.Object))
	for name, v := range members {
		if p[name] = v; v == nil {
			delete(p, name)
		}
	}
	return with(doc, "proof", p)
}

func with(doc ld.Object, name string, v any) ld.Object {
	out := maps.Clone(doc)
	out[name] = v
	return out
}

func value(doc ld.Object) []byte {
	_, b, err := multibase.Decode(doc["proof"].(ld.Object)["proofValue"].(string))
	if err != nil {
		panic(err)
	}
	return b
}

func spell(base multibase.Encoding, b []byte) string {
	s, err := multibase.Encode(base, b)
	if err != nil {
		panic(err)
	}
	return s
}

// unreduced adds the order of the group to a signature's S: the same number to lazy arithmetic, another signature.
func unreduced(signature []byte) []byte {
	order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
	s := slices.Clone(signature[32:])
	slices.Reverse(s)
	sum := new(big.Int).Add(new(big.Int).SetBytes(s), order).FillBytes(make([]byte, 32))
	slices.Reverse(sum)
	return slices.Concat(signature[:32], sum)
}

// Whatever is wrong with a proof is wrong under every suite.
func TestVerifyRefuses(t *testing.T) {
	another, err := key.DID(seeded(8))
	if err != nil {
		t.Fatal(err)
	}
	flipped := func(b []byte) []byte { return append([]byte{b[0] ^ 1}, b[1:]...) }
	for name, c := range map[string]struct {
		alter func(ld.Object) ld.Object
		want  error
	}{
		"altered content": {func(d ld.Object) ld.Object {
			return with(d, "record", ld.Object{"id": "urn:example:1", "amount": "900.00"})
		}, proof.ErrInvalid},
		"a member more":       {func(d ld.Object) ld.Object { return with(d, "sequence", 1.0) }, proof.ErrInvalid},
		"an undefined member": {func(d ld.Object) ld.Object { return with(d, "undefined", "x") }, proof.ErrInvalid},
		"no proof":            {func(d ld.Object) ld.Object { return with(d, "proof", nil) }, proof.ErrInvalid},
		"two proofs": {func(d ld.Object) ld.Object {
			return with(d, "proof", []any{d["proof"], d["proof"]})
		}, proof.ErrInvalid},
		"a list of one proof":   {func(d ld.Object) ld.Object { return with(d, "proof", []any{d["proof"]}) }, proof.ErrInvalid},
		"another purpose":       {func(d ld.Object) ld.Object { return change(d, ld.Object{"proofPurpose": "authentication"}) }, proof.ErrInvalid},
		"no purpose":            {func(d ld.Object) ld.Object { return change(d, ld.Object{"proofPurpose": nil}) }, proof.ErrInvalid},
		"another instant":       {func(d ld.Object) ld.Object { return change(d, ld.Object{"created": "2026-11-20T14:00:01Z"}) }, proof.ErrInvalid},
		"the instant respelled": {func(d ld.Object) ld.Object { return change(d, ld.Object{"created": "2026-11-20T14:00:00.0Z"}) }, proof.ErrInvalid},
		"created without zone":  {func(d ld.Object) ld.Object { return change(d, ld.Object{"created": "2026-11-20T14:00:00"}) }, proof.ErrInvalid},
		"created a date":        {func(d ld.Object) ld.Object { return change(d, ld.Object{"created": "2026-11-20"}) }, proof.ErrInvalid},
		"created a number":      {func(d ld.Object) ld.Object { return change(d, ld.Object{"created": 5.0}) }, proof.ErrInvalid},
		"created on no day":     {func(d ld.Object) ld.Object { return change(d, ld.Object{"created": "2026-02-30T14:00:00Z"}) }, proof.ErrInvalid},
		"nothing created":       {func(d ld.Object) ld.Object { return change(d, ld.Object{"created": nil}) }, proof.ErrInvalid},
		"another key":           {func(d ld.Object) ld.Object { return change(d, ld.Object{"verificationMethod": did.Method(another)}) }, proof.ErrInvalid},
		"another key's fragment": {func(d ld.Object) ld.Object {
			own, _, _ := strings.Cut(d["proof"].(ld.Object)["verificationMethod"].(string), "#")
			return change(d, ld.Object{"verificationMethod": own + did.Method(another)[len(another):]})
		}, proof.ErrInvalid},
		"a key without fragment": {func(d ld.Object) ld.Object { return change(d, ld.Object{"verificationMethod": another}) }, proof.ErrInvalid},
		"a key cut short":        {func(d ld.Object) ld.Object { return change(d, ld.Object{"verificationMethod": "did:key:z6Mk#z6Mk"}) }, proof.ErrInvalid},
		"a method of the web": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"verificationMethod": "did:web:example.com#key-1"})
		}, proof.ErrUnsupported},
		"a key of P-256": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"verificationMethod": did.Method("did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169")})
		}, proof.ErrUnsupported},
		"a method spelled out": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"verificationMethod": ld.Object{"id": did.Method(another)}})
		}, proof.ErrUnsupported},
		"a bit flipped": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"proofValue": spell(multibase.Base58BTC, flipped(value(d)))})
		}, proof.ErrInvalid},
		"S above the order": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"proofValue": spell(multibase.Base58BTC, unreduced(value(d)))})
		}, proof.ErrInvalid},
		"base64url": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"proofValue": spell(multibase.Base64url, value(d))})
		}, proof.ErrInvalid},
		"hexadecimal": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"proofValue": spell(multibase.Base16, value(d))})
		}, proof.ErrInvalid},
		"Flickr's base58": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"proofValue": spell(multibase.Base58Flickr, value(d))})
		}, proof.ErrInvalid},
		"a value cut short": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"proofValue": spell(multibase.Base58BTC, value(d)[:63])})
		}, proof.ErrInvalid},
		"a value with more": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"proofValue": spell(multibase.Base58BTC, append(value(d), 0))})
		}, proof.ErrInvalid},
		"no value": {func(d ld.Object) ld.Object { return change(d, ld.Object{"proofValue": nil}) }, proof.ErrInvalid},
		"a huge value": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"proofValue": "z" + strings.Repeat("6", 1<<19)})
		}, proof.ErrInvalid},
		"an unknown suite": {func(d ld.Object) ld.Object { return change(d, ld.Object{"type": "RsaSignature2018"}) }, proof.ErrUnsupported},
		"an unknown cryptosuite": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"type": "DataIntegrityProof", "cryptosuite": "bbs-2023"})
		}, proof.ErrUnsupported},
		"a proof that expires": {func(d ld.Object) ld.Object { return change(d, ld.Object{"expires": "2026-11-20T14:00:00Z"}) }, proof.ErrUnsupported},
		"a proof for a domain": {func(d ld.Object) ld.Object { return change(d, ld.Object{"domain": "example.com"}) }, proof.ErrUnsupported},
		"a chain of capabilities": {func(d ld.Object) ld.Object {
			return change(d, ld.Object{"capabilityChain": []any{"urn:x:1"}})
		}, proof.ErrUnsupported},
		"an unknown context": {func(d ld.Object) ld.Object {
			return with(d, "@context", append(slices.Clone(d["@context"].([]any)), "https://unknown.example/v1"))
		}, proof.ErrUnsupported},
		"a context spelled inline": {func(d ld.Object) ld.Object {
			return with(d, "@context", append(slices.Clone(d["@context"].([]any)), ld.Object{"undefined": "urn:x"}))
		}, proof.ErrUnsupported},
	} {
		t.Run(name, func(t *testing.T) {
			for _, doc := range []ld.Object{signed(t, proof.JCS2022), signed(t, proof.RDFC2022), signed2020(t)} {
				got, err := proof.Verify(c.alter(doc), proof.AssertionMethod)
				if !errors.Is(err, c.want) || got != nil {
					t.Errorf("got %+v, %v; want %v", got, err, c.want)
				}
				if (errors.Is(err, proof.ErrInvalid) == errors.Is(err, proof.ErrUnsupported)) || len(err.Error()) > 1000 {
					t.Errorf("error is not one of the two, or too long: %.300v", err)
				}
			}
		})
	}
}

func TestVerifyDemandsThePurposeItIsAskedFor(t *testing.T) {
	if _, err := proof.Verify(signed(t, proof.JCS2022), proof.CapabilityDelegation); !errors.Is(err, proof.ErrInvalid) {
		t.Errorf("got %v", err)
	}
}

// The standard lets contexts be added after a JCS proof was made; what they add nobody signed.
func TestVerifyRefusesContextsThatTheSignerDidNotSee(t *testing.T) {
	doc := signed(t, proof.JCS2022)
	for name, altered := range map[string]ld.Object{
		"one more":       with(doc, "@context", append(slices.Clone(doc["@context"].([]any)), "https://w3id.org/zcap/v1")),
		"another order":  with(doc, "@context", []any{contextIntegrity, "https://w3id.org/webledger/v1"}),
		"one less":       with(doc, "@context", []any{"https://w3id.org/webledger/v1"}),
		"none":           with(doc, "@context", nil),
		"as a string":    with(doc, "@context", "https://w3id.org/webledger/v1"),
		"in its proof":   change(doc, ld.Object{"@context": []any{"https://w3id.org/webledger/v1"}}),
		"the proof's, a": change(doc, ld.Object{"@context": "https://w3id.org/webledger/v1"}),
	} {
		if _, err := proof.Verify(altered, proof.AssertionMethod); err == nil {
			t.Errorf("%s: verified", name)
		}
	}
}

func TestVerifyDemandsTheContextOfEd25519Signature2020(t *testing.T) {
	doc := with(signed2020(t), "@context", []any{"https://www.w3.org/ns/credentials/v2"})
	if _, err := proof.Verify(doc, proof.AssertionMethod); !errors.Is(err, proof.ErrInvalid) {
		t.Errorf("got %v", err)
	}
}

func TestVerifyLeavesItsDocumentAlone(t *testing.T) {
	for _, doc := range []ld.Object{signed(t, proof.JCS2022), signed(t, proof.RDFC2022), signed2020(t)} {
		before, err := ld.JCS(doc)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := proof.Verify(doc, proof.AssertionMethod); err != nil {
			t.Error(err)
		}
		if !reflect.DeepEqual(doc, parse(t, before)) {
			t.Errorf("became %v", doc)
		}
	}
}

// A poison graph is not judged, and costs no time.
func TestVerifyDoesNotJudgeWhatIsTooMuchWork(t *testing.T) {
	var nodes []any
	for range 60 {
		nodes = append(nodes, ld.Object{"urn:p": ld.Object{"urn:p": ld.Object{}}})
	}
	doc := with(signed(t, proof.RDFC2022), "urn:list", ld.Object{"@list": nodes})
	if _, err := proof.Verify(doc, proof.AssertionMethod); !errors.Is(err, proof.ErrUnsupported) {
		t.Errorf("got %v", err)
	}
}
