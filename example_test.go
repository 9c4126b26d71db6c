package ftagateway_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	_ "github.com/ftagateway/ftagateway/adapters/memory" // the driver for "memory:"
	"github.com/ftagateway/ftagateway/api/client"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// docs:begin check

// check says, without trusting anybody, whether a record and a document are their issuers' own, and belong together.
func check(record, document []byte) error {
	r, err := model.ParseRecord(record) // strict JSON, closed schema, rules
	if err != nil {
		return fmt.Errorf("no record: %w", err)
	}
	if _, err := proof.Verify(r.Object, proof.AssertionMethod); err != nil {
		return fmt.Errorf("not the record's issuer: %w", err)
	}
	d, err := model.ParseDocument(document)
	if err != nil {
		return fmt.Errorf("no document: %w", err)
	}
	if _, err := proof.Verify(d.Object, proof.AssertionMethod); err != nil {
		return fmt.Errorf("not the document's issuer: %w", err)
	}
	faults := d.Check()                            // rules beyond the schema: dates, codes, sums, check digits
	faults.Append(model.CheckRecord(&r.Record, d)) // the record is about this document, byte for byte
	return faults.Err()
}

// docs:end check

func Example_check() {
	document, record := filed("urn:uuid:7e0a6a3e-1111-4222-8333-444455556666")
	fmt.Println("as filed:", check(record.Bytes, document.Bytes))

	altered := bytes.Replace(document.Bytes, []byte("2026"), []byte("2025"), 1)
	fmt.Println("altered, its proof is invalid:", errors.Is(check(record.Bytes, altered), proof.ErrInvalid))

	another, _ := filed("urn:uuid:7e0a6a3e-1111-4222-8333-444455556666")
	fmt.Println("another document belongs to it:", check(record.Bytes, another.Bytes) == nil)
	// Output:
	// as filed: <nil>
	// altered, its proof is invalid: true
	// another document belongs to it: false
}

// exporter is a key that a Participant document would bind to an exporter.
func exporter() crypto.Signer {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
}

// docs:begin file

// filed makes a certificate of origin and the record about it, for a ledger.
func filed(ledger string) (*model.Document, *model.Parsed) {
	now := time.Now()
	document, err := model.SignDocument(sample.Certificate(model.USMCA), exporter(), model.Signing{ValidFrom: model.At(now)})
	must(err)
	record, err := filing.Filing{
		Ledger: ledger,
		Kept:   []model.Evidence{{ID: model.NewID(), Digest: document.Digest, MediaType: model.MediaType}},
		At:     now,
	}.Record(document, exporter())
	must(err)
	return document, record
}

// docs:end file

func Example_ledger() {
	// docs:begin ledger
	ctx := context.Background()
	ledger, err := adapters.Open(ctx, adapters.Config{
		Slug: "trade",
		URL:  "memory:", // or "webledger+http://127.0.0.1:8443": whatever has a driver
	}, adapters.Env{Signer: exporter()})
	must(err)
	defer ledger.Close()

	home, err := ledger.URI(ctx) // what the chain says that it is; it is signed into each record
	must(err)
	_, record := filed(home)
	receipt, err := ledger.Submit(ctx, record, "")
	must(err)
	fmt.Println("written:", receipt.State)

	reading, err := ledger.Read(ctx, record.ID, 0) // 0 is the newest version
	must(err)
	for _, check := range reading.Checks {
		fmt.Println(check.Name, check.Outcome, check.Method)
	}
	// docs:end ledger
	// Output:
	// written: final
	// schema valid Record
	// proof valid eddsa-jcs-2022
	// inclusion notOffered
}

// docs:begin client

// outcome asks a gateway for an entry by its number, and answers what it says of the entry's integrity.
func outcome(ctx context.Context, base, entryNumber string) (*gateway.EntryFile, error) {
	c, err := client.New(base)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	var found gateway.Found
	if err := c.Post(ctx, "/v1/entries/find", map[string]string{"entryNumber": entryNumber}, &found); err != nil {
		return nil, err // a *client.Problem, which says whether to try again; or client.ErrUnreachable
	}
	file := &gateway.EntryFile{}
	return file, c.Get(ctx, "/v1/entries/"+found.Entries[0], file)
}

// docs:end client

// askAsAClient holds the example of a client against a running gateway.
func askAsAClient(t *testing.T, d *demonstration) {
	file, err := outcome(t.Context(), d.gateway, sample.EntryUSMCA)
	if err != nil {
		t.Fatal(err)
	}
	if file.Outcome != "valid" || file.Status != "accepted" {
		t.Errorf("the entry is %s and %s: %v", file.Outcome, file.Status, file.Reasons)
	}
	if err := check(file.Summary.Record, file.Summary.Document); err != nil {
		t.Error(err)
	}
}

func Example_digest() {
	// docs:begin digest
	document, record := filed("urn:uuid:7e0a6a3e-1111-4222-8333-444455556666")
	canonical, err := ld.JCS(document.Object) // RFC 8785
	must(err)
	fmt.Println(ld.Sum(canonical) == record.Record.Digest) // "u" and base64url of 0x12 0x20 and the SHA-256
	// docs:end digest
	// Output: true
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
