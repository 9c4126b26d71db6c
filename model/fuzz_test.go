package model_test

import (
	"testing"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// What is accepted is accepted again in its canonical form, and comes out of the types as it went in.
func FuzzParseRecord(f *testing.F) {
	for _, event := range []string{"file", "refile"} {
		f.Add(record(f, sign(f, sample.Summary(model.USMCA, pin("certificate"))), event).Bytes)
	}
	f.Add(record(f, sign(f, sample.Disposition(model.ActionReject, pin("entry"))), "reject").Bytes)
	f.Add([]byte(`{"version":2,"links":[null],"evidence":[{}],"proof":{"verificationMethod":"#"}}`))
	f.Add([]byte(`{"type":1e308,"issued":"2026-02-30T00:00:00Z"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := model.ParseRecord(body)
		if err != nil {
			namesFault(t, err, "", "")
			return
		}
		again, err := model.ParseRecord(p.Bytes)
		if err != nil || again.Digest != p.Digest {
			t.Fatalf("its canonical form: %v", err)
		}
		sameBytes(t, p.Bytes, p.Record)
	})
}

func FuzzParseDocument(f *testing.F) {
	for _, a := range sample.Agreements {
		f.Add(sign(f, sample.Summary(a, pin("certificate"))).Bytes)
		f.Add(sign(f, sample.Certificate(a)).Bytes)
	}
	f.Add(sign(f, sample.Disposition(model.ActionReject, pin("entry"))).Bytes)
	f.Add([]byte(`{"type":["VerifiableCredential","EntrySummary"],"credentialSubject":{"lines":[null,{"quantities":[7]}]}}`))
	f.Add([]byte(`{"type":["VerifiableCredential","Participant"],"credentialSubject":{"keys":[{"id":"did:key:z6LS"}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := model.ParseDocument(data)
		if err != nil {
			namesFault(t, err, "", "")
			return
		}
		_ = d.Check()
		again, err := model.ParseDocument(d.Bytes)
		if err != nil || again.Digest != d.Digest {
			t.Fatalf("its canonical form: %v", err)
		}
		sameBytes(t, d.Bytes, d)
	})
}
