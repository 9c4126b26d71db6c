package translate_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust/proof"
)

func load(t testing.TB, name string, o translate.Options) *translate.Mapping {
	t.Helper()
	m, err := translate.Load(os.DirFS("testdata"), name, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A signed record goes through a contract's own shape and comes back byte for byte: its proof still holds.
func TestARecordGoesThroughAForeignShapeAndBack(t *testing.T) {
	m, p := load(t, "contract.yaml", translate.Options{Policy: translate.Policy{Readers: translate.Public}}), sign(t)
	body, lookups, err := m.Body(p)
	if err != nil {
		t.Fatal(err)
	}
	back, err := m.Record(&driver.Entry{Body: body})
	if err != nil || !bytes.Equal(back.Bytes, p.Bytes) {
		t.Fatalf("came back as\n%v\n%v", back, err)
	}
	if len(lookups) != 2 {
		t.Errorf("lookups %v", lookups)
	}
}

// Records with and without each of their optional members: whatever was signed comes back byte for byte.
func TestNoRecordLosesAnythingOnTheWay(t *testing.T) {
	m, document := load(t, "contract.yaml", translate.Options{}), ld.Sum([]byte("a document"))
	previous := ld.Sum([]byte("version 1"))
	base := model.Record{
		ID: id, Type: model.TypeEntrySummary, Ledger: trade, Version: 1, Event: "file", Issued: model.At(model.MustDate("2026-11-20").Time()),
		Digest: document, Evidence: []model.Evidence{{ID: linked, Digest: document, MediaType: "application/vc"}},
	}
	for name, change := range map[string]func(*model.Record){
		"nothing more":    func(*model.Record) {},
		"a later version": func(r *model.Record) { r.Version, r.Previous, r.Event = 1_000_000, &previous, "refile" },
		"lookups":         func(r *model.Record) { r.Lookups = []string{commitment} },
		"several pieces": func(r *model.Record) {
			r.Evidence = append(r.Evidence, model.Evidence{ID: id, Digest: previous, MediaType: "application/pdf"})
		},
		"a decision with reason": func(r *model.Record) {
			r.Type, r.Event, r.Reason = model.TypeEntryDisposition, "reject", []string{"004", "998"}
			r.Links = []model.Link{{Rel: "entry", ID: linked, Ledger: "eip155:1:0x1", Version: 7, Digest: document}}
		},
		"many links": func(r *model.Record) {
			for range 200 {
				r.Links = append(r.Links, model.Link{Rel: "certificate", ID: model.NewID(), Ledger: trade, Version: 1, Digest: document})
			}
		},
	} {
		r := base
		change(&r)
		p, err := model.SignRecord(r, signer)
		if err != nil {
			t.Fatal(name, err)
		}
		body, _, err := m.Body(p)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		back, err := m.Record(&driver.Entry{Body: body})
		if err != nil || back.Digest != p.Digest {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := proof.Verify(back.Object, proof.AssertionMethod); err != nil {
			t.Errorf("%s: the signature does not hold any more: %v", name, err)
		}
	}
	r := base
	r.Evidence = append(r.Evidence, model.Evidence{ID: id, Digest: previous, MediaType: "text/csv"})
	p, err := model.SignRecord(r, signer)
	if err != nil {
		t.Fatal(err)
	}
	if body, _, err := m.Body(p); err == nil || !strings.Contains(err.Error(), "contract.yaml:") {
		t.Errorf("a media type without a row was written as %s, %v", body, err)
	}
}

// The digest is over what the file defines: not over its comments, its notes, its examples or the order of its keys.
func TestTheDigestOfAFileIsThatOfItsMeaning(t *testing.T) {
	digest := func(file string) ld.Digest {
		t.Helper()
		m, err := translate.Parse("acme.yaml", []byte(file), translate.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return m.Digest()
	}
	same := digest(head + "  - {model: /event, native: /s}\n")
	for _, file := range []string{
		"# a comment\n" + head + "  - native: /s\n    model: \"/event\"\n",
		head + "  - {model: /event, native: /s}\nnote: a status\nexamples: [{native: {s: file}}]\n",
	} {
		if digest(file) != same {
			t.Errorf("another digest for\n%s", file)
		}
	}
	for _, file := range []string{
		head + "  - {model: /event, native: /t}\n", head + "  - {model: /event, native: /s}\nledger: {namespace: a}\n",
		strings.Replace(head, "version: 1", "version: 2", 1) + "  - {model: /event, native: /s}\n",
	} {
		if digest(file) == same {
			t.Errorf("the same digest for\n%s", file)
		}
	}
}

func TestTheExamplesOfAMappingHoldItsLaws(t *testing.T) {
	r := translate.Test(load(t, "contract.yaml", translate.Options{}))
	if !r.OK() || len(r.Examples) != 1 {
		t.Error(r)
	}
}
