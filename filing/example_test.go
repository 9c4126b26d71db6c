package filing_test

import (
	"fmt"
	"log"
	"time"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/key"
)

// A certificate of origin becomes the record that a ledger may hold: its digest and where it belongs, and nothing of
// what it says. A Partner does the same with a real evidence server.
func Example() {
	exporter, err := key.NewSigner()
	check(err)
	partner := &filing.Partner{Issuer: exporter}
	at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	certificate, err := partner.Sign(sample.Certificate(model.USMCA), at)
	check(err)

	record, err := filing.Filing{
		Ledger: "urn:uuid:6e2b8e0a-6d6c-4c4b-8f4e-3f6f2f3a5b10", At: at,
		Kept: []model.Evidence{{ID: model.NewID(), Digest: certificate.Digest, MediaType: model.MediaType}},
	}.Record(certificate, exporter)
	check(err)
	fmt.Println(record.Type, record.Event, "version", record.Version)
	fmt.Println("about the document:", record.Record.Digest == certificate.Digest)
	// Output:
	// CertificateOfOrigin certify version 1
	// about the document: true
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
