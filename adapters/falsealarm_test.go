package adapters_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	mathrand "math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// spellings are mappings that have the same fields in other formats, each as a change to the contract's.
var spellings = map[string][2]string{
	"as it is":              {"", ""},
	"ids in hexadecimal":    {"/anchor, format: bytes32}", "/anchor, format: hex}"},
	"ids in base 58":        {"/anchor, format: bytes32}", "/anchor, format: base58}"},
	"ids in base 64":        {"/anchor, format: bytes32}", "/anchor, format: base64}"},
	"ids as themselves":     {"/anchor, format: bytes32}", "/anchor}"},
	"digests in base 64":    {"/documentHash, format: bytes32}", "/documentHash, format: {base64: url}}"},
	"digests in base 58":    {"/documentHash, format: bytes32}", "/documentHash, format: base58}"},
	"digests as themselves": {"/documentHash, format: bytes32}", "/documentHash}"},
	"keys as themselves":    {"/issuer, native: /signer, format: {hex: \"0x\"}}", "/issuer, native: /issuedBy}"},
	"keys in base 58":       {"/issuer, native: /signer, format: {hex: \"0x\"}}", "/issuer, native: /issuedBy, format: base58}"},
	"lookups in base 64":    {"{model: \"\", native: \"\", format: bytes32}", "{model: \"\", native: \"\", format: base64}"},
	"European times":        {"/issued, native: /at, format: {epoch: millis}}", "/issued, native: /when, format: {date: \"DD.MM.YYYY hh:mm:ss\"}}"},
	"times in seconds":      {"/issued, native: /at, format: {epoch: millis}}", "/issued, native: /when, format: {epoch: seconds}}"},
	"digits of a time":      {"/issued, native: /at, format: {epoch: millis}}", "/issued, native: /when, format: {date: YYYYMMDDhhmmss}}"},
	"ledgers in bytes":      {"{model: /ledger, native: /home}", "{model: /ledger, native: /home, format: hex}"},
}

// A record as filers make them is never refused, in whatever spelling, with its document at hand or without.
func TestNoRecordIsRefusedByMistake(t *testing.T) {
	ledgers := map[string]*adapters.Ledger{"the record itself": open(t, newNode(t))}
	for name, s := range spellings {
		ledgers[name] = open(t, newNode(t), mapped(t, disclosure.Public, s[0], s[1]))
	}
	whole := open(t, newNode(t), mapped(t, disclosure.Permissioned, "", ""))
	ledgers["permissioned"] = whole
	count := 150
	if testing.Short() {
		count = 15
	}
	r := mathrand.New(mathrand.NewPCG(20, 26))
	for range count {
		d, ctx := anyDocument(t, r)
		p := anyRecord(t, r, d)
		for name, l := range ledgers {
			for _, with := range []context.Context{context.Background(), ctx} {
				if err := l.Disclosable(with, p); err != nil {
					t.Fatalf("%s: %v\n%s", name, err, p.Bytes)
				}
			}
		}
	}
}

// anyDocument is a document of the samples, with another number and other values where those are drawn.
func anyDocument(t testing.TB, r *mathrand.Rand) (*model.Document, context.Context) {
	t.Helper()
	agreement := sample.Agreements[r.IntN(len(sample.Agreements))]
	var subject model.Subject = sample.Certificate(agreement)
	if r.IntN(3) > 0 {
		s := sample.Summary(agreement, model.Pin{ID: model.NewID(), Ledger: cbp, Version: 1, Digest: drawn(t)})
		ten := s.FilerCode + fmt.Sprintf("%07d", r.IntN(10_000_000))
		s.EntryNumber = ten + string(model.CheckDigit(ten))
		s.BillOfLading = fmt.Sprintf("MAEU%08d", r.IntN(100_000_000))
		subject = s
	}
	d, err := model.SignDocument(subject, issuer, model.Signing{ValidFrom: model.At(noon)})
	if err != nil {
		t.Fatal(err)
	}
	return d, adapters.WithDocument(context.Background(), d)
}

func drawn(t testing.TB) ld.Digest {
	t.Helper()
	var d ld.Digest
	if _, err := rand.Read(d[:]); err != nil {
		t.Fatal(err)
	}
	return d
}

// homes are ledgers' own names, as drivers give them.
func homes(t testing.TB) []string {
	d := drawn(t)
	return []string{trade, model.NewID(), fmt.Sprintf("eip155:%d:0x%x", 1, d[:20]), fmt.Sprintf("urn:fabric:%x:fta", d[:]), "solana:mainnet:" + d.Base58()[3:]}
}

// anyRecord is about the document, by a new key, with links, evidence and lookups.
func anyRecord(t testing.TB, r *mathrand.Rand, d *model.Document) *model.Parsed {
	t.Helper()
	_, signer, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2000+r.IntN(60), time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60), 0, time.UTC)
	names := homes(t)
	record := model.NewRecord(d, model.Recording{Ledger: names[r.IntN(len(names))], EvidenceID: model.NewID(), Issued: model.At(at), Event: eventOf(d)})
	for range r.IntN(4) {
		record.Evidence = append(record.Evidence, model.Evidence{ID: model.NewID(), Digest: drawn(t), MediaType: "application/pdf"})
		k := drawn(t)
		record.Lookups = append(record.Lookups, "u"+base64.RawURLEncoding.EncodeToString(k[:]))
	}
	if len(record.Links) == 0 && d.Type == model.TypeEntrySummary {
		linking(&record)
	}
	p, err := model.SignRecord(record, signer)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func eventOf(d *model.Document) string {
	if d.Type == model.TypeCertificateOfOrigin {
		return "certify"
	}
	return "file"
}

// The largest entry that there can be is looked through in a time that nobody notices beside a chain's.
func BenchmarkDisclosable(b *testing.B) {
	pin := model.Pin{ID: model.NewID(), Ledger: cbp, Version: 1, Digest: drawn(b)}
	r := mathrand.New(mathrand.NewPCG(1, 2))
	l := open(b, newNode(b))
	for name, subject := range map[string]*model.EntrySummary{"3 lines": sample.Summary(model.USMCA, pin), "999 lines": sample.Long(999, pin)} {
		for i := range subject.Lines {
			subject.Lines[i].Description += strings.Repeat(" of kind", 3) + fmt.Sprint(i)
		}
		d, err := model.SignDocument(subject, issuer, model.Signing{ValidFrom: model.At(noon)})
		if err != nil {
			b.Fatal(err)
		}
		p := anyRecord(b, r, d)
		for what, ctx := range map[string]func() context.Context{
			"without": context.Background, "with": func() context.Context { return adapters.WithDocument(context.Background(), d) },
		} {
			b.Run(name+" "+what+" document", func(b *testing.B) {
				for b.Loop() {
					if err := l.Disclosable(ctx(), p); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
