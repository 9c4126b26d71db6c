package model_test

import (
	"crypto/ed25519"
	"errors"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/key"
)

const (
	tradeLedger = "urn:uuid:3f1a6f0e-52c8-4d57-9d0b-7f5a4e2c1b90"
	entryID     = "urn:uuid:0d1c2b3a-4f5e-4d6c-8b7a-998877665544"
	evidenceID  = "urn:uuid:6f0f3c1e-8a54-4c1e-9d5b-1c2d3e4f5a6d"
)

// signer is the same in every test: what it signs is then the same in every run, but for the salt.
func signer() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed([]byte("a seed of 32 bytes for tests ..."))
}

func signingKey(t testing.TB) string {
	t.Helper()
	did, err := key.DID(signer())
	if err != nil {
		t.Fatal(err)
	}
	return did
}

// pin names a record that some document is about.
func pin(document string) model.Pin {
	return model.Pin{ID: "urn:uuid:7a6b5c4d-1e2f-4a3b-9c8d-102030405060", Ledger: tradeLedger, Version: 1,
		Digest: ld.Sum([]byte(document))}
}

func instant(t testing.TB, s string) model.Instant {
	t.Helper()
	i, err := model.ParseInstant(s)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func sign(t testing.TB, s model.Subject) *model.Document {
	t.Helper()
	doc, err := model.SignDocument(s, signer(), model.Signing{ValidFrom: instant(t, "2026-11-20T14:00:00Z")})
	if err != nil {
		t.Fatalf("signing:\n%v", err)
	}
	return doc
}

// record gives version 1 of the record of a document, signed.
func record(t testing.TB, d *model.Document, event string) *model.Parsed {
	t.Helper()
	p, err := model.SignRecord(model.NewRecord(d, model.Recording{ID: entryID, Ledger: tradeLedger, Event: event, EvidenceID: evidenceID}), signer())
	if err != nil {
		t.Fatalf("signing:\n%v", err)
	}
	return p
}

// faultsOf gives what an error says is wrong; none for no error.
func faultsOf(t *testing.T, err error) schemas.Faults {
	t.Helper()
	var faults schemas.Faults
	if err != nil && !errors.As(err, &faults) {
		t.Fatalf("error %v, want faults", err)
	}
	return faults
}
