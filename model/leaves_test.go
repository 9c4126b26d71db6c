package model_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/schemas"
)

// A proof by eddsa-rdfc-2022 covers what the document means. Were one member without a term, or two nodes one, a value
// could be altered under the signature. So: in documents that have every member there is, no leaf can be altered, left
// out or added without another digest or a refusal.
func TestNothingEscapesTheRDFDigest(t *testing.T) {
	for _, name := range documentTypes {
		t.Run(name, func(t *testing.T) {
			doc := anyDocument(name, true).Example(7)
			delete(doc, "proof")
			original := rdfDigest(t, doc)
			count := 0
			everyPlace(doc, "", func(at string, set func(any), v any) {
				for change, altered := range alterations(v) {
					set(altered)
					if d, err := ld.RDFC(doc); err == nil && ld.Sum(d) == original {
						t.Errorf("%s %s: the digest is the same", at, change)
					}
					count++
				}
				set(v)
			})
			if rdfDigest(t, doc) != original {
				t.Fatal("the document was not put back as it was")
			}
			t.Logf("%d alterations", count)
		})
	}
}

// absent stands for a member that is left out.
type absent struct{}

func alterations(v any) map[string]any {
	switch v := v.(type) {
	case string:
		return map[string]any{"altered": v + "0", "emptied": "", "left out": absent{}}
	case float64:
		return map[string]any{"altered": v + 1, "left out": absent{}}
	case bool:
		return map[string]any{"altered": !v, "left out": absent{}}
	case ld.Object:
		more := maps.Clone(v)
		more["unknown"] = "x"
		return map[string]any{"with a member more": more, "left out": absent{}}
	case []any:
		return map[string]any{"with an item more": append(slices.Clone(v), "x"), "without its last": v[:len(v)-1]}
	}
	return nil
}

// everyPlace visits every value of a document with a way to set another in its place.
func everyPlace(v any, at string, visit func(at string, set func(any), v any)) {
	switch v := v.(type) {
	case ld.Object:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			visit(schemas.Pointer(at, name), func(to any) {
				if _, gone := to.(absent); gone {
					delete(v, name)
					return
				}
				v[name] = to
			}, v[name])
			everyPlace(v[name], schemas.Pointer(at, name), visit)
		}
	case []any:
		for i := range v {
			if _, isText := v[i].(string); isText {
				visit(schemas.Pointer(at, i), func(to any) { v[i] = to }, v[i])
			}
			everyPlace(v[i], schemas.Pointer(at, i), visit)
		}
	}
}

// Were the id of a link the name of its node, two links to one record would be one node with two versions, and it could
// not be told which line saw which.
func TestLinksToOneRecordAreNotMerged(t *testing.T) {
	sum := sample.Summary(model.USMCA, pin("one"))
	sum.Lines[1].Certificate.Version, sum.Lines[1].Certificate.Digest = 2, ld.Sum([]byte("two"))
	before := subjectDigest(t, sum)
	sum.Lines[0].Certificate, sum.Lines[1].Certificate = sum.Lines[1].Certificate, sum.Lines[0].Certificate
	if subjectDigest(t, sum) == before {
		t.Error("lines can exchange their certificates under the signature")
	}
}

func TestOneKeyUsedTwiceIsNotMerged(t *testing.T) {
	p := sample.Participant(sample.Broker(), []model.ParticipantRole{{Role: model.RoleBroker}},
		model.ParticipantKey{ID: signingKey(t), Use: model.UseSigning}, model.ParticipantKey{ID: signingKey(t), Use: model.UseCapability})
	p.Keys[1].ValidUntil = p.ValidUntil
	before := subjectDigest(t, p)
	p.Keys[0].Use, p.Keys[1].Use = p.Keys[1].Use, p.Keys[0].Use
	if subjectDigest(t, p) == before {
		t.Error("keys can exchange their uses under the signature")
	}
}

func TestOneAccountOnTwoLedgersIsNotMerged(t *testing.T) {
	p := participant(t)
	p.Accounts = append(p.Accounts[:1], p.Accounts[0])
	p.Accounts[1].Ledger, p.Accounts[1].ValidUntil = evidenceID, p.ValidUntil
	before := subjectDigest(t, p)
	p.Accounts[0].Ledger, p.Accounts[1].Ledger = p.Accounts[1].Ledger, p.Accounts[0].Ledger
	if subjectDigest(t, p) == before {
		t.Error("accounts can exchange their ledgers under the signature")
	}
}

// Quantities stand in the order in which the tariff asks for them, reasons in the order in which they were given.
func TestOrderIsSignedWhereItMatters(t *testing.T) {
	sum := sample.Summary(model.CAFTADR, pin("one"))
	before := subjectDigest(t, sum)
	slices.Reverse(sum.Lines[0].Quantities)
	if subjectDigest(t, sum) == before {
		t.Error("quantities can be reordered under the signature")
	}
	d := sample.Disposition(model.ActionReject, pin("entry"))
	before = subjectDigest(t, d)
	slices.Reverse(d.ReasonCodes)
	if subjectDigest(t, d) == before {
		t.Error("reasons can be reordered under the signature")
	}
}

// The longest summary there may be is still canonicalised: the bounds on RDF work are for attacks.
func TestLongestSummaryIsCanonicalised(t *testing.T) {
	subjectDigest(t, sample.Long(999, pin("one")))
}

func subjectDigest(t *testing.T, s model.Subject) ld.Digest {
	t.Helper()
	plain, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	subject, err := ld.Parse(plain, model.DocumentLimits)
	if err != nil {
		t.Fatal(err)
	}
	return rdfDigest(t, ld.Object{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://w3id.org/fta/v1"},
		"type":     []any{"VerifiableCredential", s.DocumentType()}, "credentialSubject": subject,
	})
}

func rdfDigest(t *testing.T, doc ld.Object) ld.Digest {
	t.Helper()
	quads, err := ld.RDFC(doc)
	if err != nil {
		t.Fatal(err)
	}
	return ld.Sum(quads)
}
