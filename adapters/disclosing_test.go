package adapters_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

const anchors = "../translate/testdata/contract.yaml"

// mapped opens the ledger by a mapping file, with changes to it.
func mapped(t testing.TB, policy disclosure.Policy, old, replacement string) func(*adapters.Config, *adapters.Env) {
	t.Helper()
	file, err := os.ReadFile(anchors)
	if err != nil {
		t.Fatal(err)
	}
	file, _, _ = bytes.Cut(file, []byte("\nexamples:"))
	m, err := translate.Parse("contract.yaml", []byte(strings.Replace(string(file), old, replacement, 1)),
		translate.Options{Policy: translate.Policy{Readers: string(policy)}})
	if err != nil {
		t.Fatal(err)
	}
	return func(c *adapters.Config, _ *adapters.Env) { c.Mapping, c.Policy = m, policy }
}

func linking(r *model.Record) {
	r.Links = []model.Link{{Rel: model.RelCertificate, ID: "urn:uuid:3b0f2f7e-2f5c-4d3a-9a55-3f6a1b2c3d04", Ledger: cbp, Version: 2, Digest: ld.Sum([]byte("a certificate"))}}
}

// A contract that knows numbers, bytes32 and lists takes a record, and gives it back.
func TestARecordOfAnotherShapeIsSubmittedAndRead(t *testing.T) {
	for _, policy := range []disclosure.Policy{disclosure.Public, disclosure.Permissioned} {
		n := newNode(t)
		l := open(t, n, mapped(t, policy, "", ""))
		p := record(t, nil, linking)
		if err := l.Disclosable(ctx, p); err != nil {
			t.Fatal(err)
		}
		if receipt, err := l.Submit(ctx, p, ""); err != nil || receipt.State != driver.Finally {
			t.Fatalf("%s: %+v, %v", policy, receipt, err)
		}
		r, err := l.Read(ctx, id, 1)
		if err != nil || !bytes.Equal(r.Record.Bytes, p.Bytes) {
			t.Fatalf("%s: %+v, %v", policy, r, err)
		}
		if o, why := outcome(r, trust.Proof); o != trust.Valid {
			t.Errorf("%s: %s %s", policy, o, why)
		}
	}
}

// What a mapping says the same in every body is looked at too.
func TestAMappingThatNamesACompanyWritesNothing(t *testing.T) {
	for _, constant := range []string{"Acme Inc.", "https://acme.example/v1", "ABC-1234567-6", "98-7654321"} {
		n := newNode(t)
		l := open(t, n, mapped(t, disclosure.Public, "shape:\n", "shape:\n  - {native: /by, const: \""+constant+"\"}\n"))
		p := record(t, nil, linking)
		for _, err := range []error{l.Disclosable(ctx, p), submitted(l, p)} {
			if driver.CodeOf(err) != driver.Invalid || !strings.Contains(err.Error(), "native /by: ") || strings.Contains(err.Error(), constant) {
				t.Errorf("%s: %v", constant, err)
			}
		}
		if b, err := n.Changes(ctx, "", 0, 0); err != nil || len(b.Entries) > 0 {
			t.Errorf("%s: %+v, %v, want nothing written", constant, b, err)
		}
	}
}

func submitted(l *adapters.Ledger, p *model.Parsed) error {
	_, err := l.Submit(ctx, p, "")
	return err
}
