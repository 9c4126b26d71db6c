package proof_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"io"
	"reflect"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/key"
	"github.com/ftagateway/ftagateway/trust/proof"
)

func TestWhatIsSignedVerifies(t *testing.T) {
	signer, err := key.DID(seeded(7))
	if err != nil {
		t.Fatal(err)
	}
	for _, suite := range []string{proof.JCS2022, proof.RDFC2022} {
		got, err := proof.Verify(signed(t, suite), proof.AssertionMethod)
		if err != nil || got.Key != signer || got.Suite != suite || !got.Created.Equal(created) {
			t.Errorf("%s: got %+v, %v", suite, got, err)
		}
	}
}

func TestSignsByJCSAnAssertionNow(t *testing.T) {
	before := time.Now().Add(-time.Second)
	doc, err := proof.Sign(operation(), seeded(7), proof.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := proof.Verify(doc, proof.AssertionMethod)
	if err != nil || got.Suite != proof.JCS2022 || got.Created.Before(before) || got.Created.After(time.Now()) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestSignLeavesItsDocumentAlone(t *testing.T) {
	for _, suite := range []string{proof.JCS2022, proof.RDFC2022} {
		doc := operation()
		if _, err := proof.Sign(doc, seeded(7), proof.Options{Suite: suite}); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(doc, operation()) {
			t.Errorf("%s: became %v", suite, doc)
		}
	}
}

func TestSignReplacesTheProof(t *testing.T) {
	again, err := proof.Sign(signed(t, proof.RDFC2022), seeded(7), proof.Options{Created: created})
	if err != nil || !reflect.DeepEqual(again, signed(t, proof.JCS2022)) {
		t.Errorf("got %v, %v", again, err)
	}
}

func TestSignCutsTheInstantToSecondsInUTC(t *testing.T) {
	at := created.Add(999 * time.Millisecond).In(time.FixedZone("Mexico", -6*3600))
	doc, err := proof.Sign(operation(), seeded(7), proof.Options{Created: at})
	if err != nil || !reflect.DeepEqual(doc, signed(t, proof.JCS2022)) {
		t.Errorf("got %v, %v", doc["proof"], err)
	}
}

// A document without contexts can be signed by JCS, which needs none.
func TestSignsWithoutContextsByJCS(t *testing.T) {
	doc, err := proof.Sign(ld.Object{"a": "b"}, seeded(7), proof.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := proof.Verify(doc, proof.AssertionMethod); err != nil {
		t.Error(err)
	}
}

// broken is a signer whose hardware fails.
type broken struct{ crypto.Signer }

var errHardware = errors.New("hardware")

func (broken) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) { return nil, errHardware }

func TestSignRefuses(t *testing.T) {
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		doc    ld.Object
		signer crypto.Signer
		opts   proof.Options
		want   any
	}{
		"a Go int":             {with(operation(), "record", ld.Object{"n": 1}), seeded(7), proof.Options{}, &schemas.Faults{}},
		"an undefined member":  {with(operation(), "undefined", "x"), seeded(7), proof.Options{Suite: proof.RDFC2022}, &schemas.Faults{}},
		"no context for terms": {ld.Object{"@context": "https://w3id.org/webledger/v1", "type": "WebLedgerEvent"}, seeded(7), proof.Options{Suite: proof.RDFC2022}, proof.ErrInvalid},
		"an unknown context":   {with(operation(), "@context", []any{contextIntegrity, "urn:x"}), seeded(7), proof.Options{Suite: proof.RDFC2022}, proof.ErrUnsupported},
		"an unknown suite":     {operation(), seeded(7), proof.Options{Suite: "bbs-2023"}, proof.ErrUnsupported},
		"an old suite":         {operation(), seeded(7), proof.Options{Suite: proof.Ed25519Signature2020}, proof.ErrUnsupported},
		"an ECDSA key":         {operation(), p256, proof.Options{}, nil},
		"broken hardware":      {operation(), broken{seeded(7)}, proof.Options{}, errHardware},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := proof.Sign(c.doc, c.signer, c.opts)
			if err == nil || got != nil {
				t.Fatalf("got %v, %v", got, err)
			}
			wantError(t, err, c.want)
		})
	}
}

// wantError checks an error against a sentinel, or a pointer to a type.
func wantError(t *testing.T, err error, want any) {
	t.Helper()
	switch want := want.(type) {
	case *schemas.Faults:
		if !errors.As(err, want) {
			t.Errorf("got %v, want faults", err)
		}
	case error:
		if !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
}
