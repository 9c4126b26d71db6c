package model_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/schemas"
)

// BenchmarkParseRecord reads a record of about 2 KB, as on every read that no cache answers.
func BenchmarkParseRecord(b *testing.B) {
	body := longRecord(b).Bytes
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := model.ParseRecord(body); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRecordSchema is the part of it that the JSON Schema engine takes.
func BenchmarkRecordSchema(b *testing.B) {
	obj := longRecord(b).Object
	b.ReportAllocs()
	for b.Loop() {
		if faults := schemas.Validate("Record", obj); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}

func BenchmarkParseDocument(b *testing.B) {
	data := sign(b, sample.Summary(model.USMCA, pin("certificate"))).Bytes
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := model.ParseDocument(data); err != nil {
			b.Fatal(err)
		}
	}
}

// longRecord has three links, two lookups and three files.
func longRecord(b *testing.B) *model.Parsed {
	sum := sample.Long(3, pin("certificate"))
	for i := range sum.Lines {
		p := pin("certificate")
		p.ID = model.NewID()
		sum.Lines[i].Certificate = &p
	}
	r := model.NewRecord(sign(b, sum), model.Recording{ID: entryID, Ledger: tradeLedger, Event: "file", EvidenceID: evidenceID})
	r.Lookups = []string{"uAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "uHwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}
	for range 2 {
		r.Evidence = append(r.Evidence, model.Evidence{ID: model.NewID(), Digest: ld.Sum(nil), MediaType: "application/pdf"})
	}
	p, err := model.SignRecord(r, signer())
	if err != nil {
		b.Fatal(err)
	}
	return p
}
