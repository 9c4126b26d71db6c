package translate_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate"
)

func published(t testing.TB, name string, o translate.Options) *translate.Mapping {
	t.Helper()
	m, err := translate.Published(name, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("published/examples/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func derive(t testing.TB, m *translate.Mapping, body []byte) *translate.Derived {
	t.Helper()
	e := &driver.Entry{Key: "CERT-7", Version: 3, Body: body, Author: driver.Author{Kind: "x509", ID: "Org1:ab"}, Position: driver.Position{Tx: "0xt"}}
	d, err := m.Derive(e, "urn:fabric:abc")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestADerivedCertificateSaysWhatItIsDerivedFrom(t *testing.T) {
	m, body := published(t, "usmca", translate.Options{Keys: keys(t, newStore())}), sample(t, "usmca-blanket.json")
	d := derive(t, m, body)
	want := translate.DerivedFrom{Ledger: "urn:fabric:abc", Tx: "0xt", NativeDigest: ld.Sum(body), MappingDigest: m.Digest()}
	if d.From != want || d.Version != 3 || d.Author.ID != "Org1:ab" || d.Type != model.TypeCertificateOfOrigin {
		t.Errorf("derived %+v", d)
	}
	c, ok := d.Subject.(*model.CertificateOfOrigin)
	if !ok {
		t.Fatalf("subject %T", d.Subject)
	}
	if c.Agreement != model.USMCA || c.Certifier.Name != "Aceros del Norte SA" || c.BlanketPeriod.To != model.MustDate("2026-12-31") ||
		len(c.Goods) != 2 || c.Goods[1].Number != 2 || c.Goods[1].HS != "72142000" || c.Importer.Parties[0].Name != "Lakeside Fasteners Inc" {
		t.Errorf("subject %+v", c)
	}
}

// What nobody said is not there: not the signature, not the certifier's role, not the statement of certification.
func TestNothingIsInvented(t *testing.T) {
	m := published(t, "usmca", translate.Options{Keys: keys(t, newStore())})
	d := derive(t, m, sample(t, "usmca-various.json"))
	c := d.Subject.(*model.CertificateOfOrigin)
	if c.CertifierRole != "" || c.Certification || !c.SignedOn.IsZero() || c.Signatory.Name != "" {
		t.Errorf("subject %+v", c)
	}
	for _, at := range []string{"/subject/certifierRole", "/subject/certification", "/subject/signedOn", "/subject/signatory/name"} {
		if !slices.Contains(d.Lacks, at) {
			t.Errorf("%s is not among what is lacking: %v", at, d.Lacks)
		}
	}
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	object, err := ld.Parse(data, ld.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"issuer", "proof", "previous", "digest"} {
		if _, ok := object[name]; ok {
			t.Errorf("a derived record has %s", name)
		}
	}
}

// A document of ours has more than the shape has a place for: what is dropped is told, and what is missing is asked for.
func TestRenderingADocumentTellsWhatItDrops(t *testing.T) {
	m := published(t, "usmca", translate.Options{Keys: keys(t, newStore())})
	d := derive(t, m, sample(t, "usmca-blanket.json"))
	c := *d.Subject.(*model.CertificateOfOrigin)
	c.CertifierRole, c.Certification, c.SignedOn, c.Signatory.Name = "producer", true, model.MustDate("2026-01-02"), "Ana Prieto"
	own := &translate.Derived{Type: d.Type, Subject: &c}
	if _, _, err := m.Render(own); err == nil || !strings.Contains(err.Error(), "/id") {
		t.Errorf("%v, want the credential's id asked for", err)
	}
	own.Beside = map[string]any{"/id": "urn:example:1"}
	body, dropped, err := m.Render(own)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"/subject/certification", "/subject/certifierRole", "/subject/signatory/name", "/subject/signedOn"}
	if !slices.Equal(dropped, want) {
		t.Errorf("dropped %v, want %v", dropped, want)
	}
	if bytes.Contains(body, []byte("producer\"")) {
		t.Errorf("the role was written: %s", body)
	}
	c.Producer = model.StatedParty(model.StatedOnRequest)
	if _, _, err := m.Render(own); err == nil || !strings.Contains(err.Error(), "/subject/producer") {
		t.Errorf("%v, want a fault: the shape has no place for that statement", err)
	}
}

func TestADerivingMappingGivesNoRecords(t *testing.T) {
	m := published(t, "usmca", translate.Options{})
	if !m.Derives() || m.Gives() != model.TypeCertificateOfOrigin {
		t.Errorf("gives %s", m.Gives())
	}
	var faults schemas.Faults
	if _, err := m.Record(&driver.Entry{Body: sample(t, "usmca-blanket.json")}); !errors.As(err, &faults) {
		t.Errorf("a record: %v", err)
	}
	if _, _, err := m.Body(sign(t)); !errors.As(err, &faults) {
		t.Errorf("a body: %v", err)
	}
	if _, err := builtin(t).Derive(&driver.Entry{}, ""); !errors.As(err, &faults) {
		t.Errorf("derived from a record: %v", err)
	}
}

// A typed subject has an empty member for what is lacking; what is shown has none.
func TestADerivedIsShownAsItWasSaid(t *testing.T) {
	d := derive(t, published(t, "usmca", translate.Options{Keys: keys(t, newStore())}), sample(t, "usmca-various.json"))
	data, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var shown struct {
		Subject map[string]any      `json:"subject"`
		Author  map[string]string   `json:"author"`
		From    struct{ Tx string } `json:"derivedFrom"`
		Lacks   []string            `json:"lacks"`
	}
	if err := json.Unmarshal(data, &shown); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"certifierRole", "signedOn", "certification"} {
		if _, ok := shown.Subject[name]; ok {
			t.Errorf("the subject shows %s, which nobody said", name)
		}
	}
	if shown.Author["kind"] != "x509" || shown.From.Tx != "0xt" || len(shown.Lacks) == 0 || shown.Subject["agreement"] != "USMCA" {
		t.Errorf("shown as %s", data)
	}
}

// That an id cannot be kept says nothing of the body: it is no schemas.Faults.
func TestAStoreThatFailsIsNoFaultOfTheBody(t *testing.T) {
	kv := newStore()
	data, err := os.ReadFile("testdata/status.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m, err := translate.Parse("status.yaml", data, translate.Options{Keys: keys(t, kv)})
	if err != nil {
		t.Fatal(err)
	}
	body := []byte(`{"docType":"entry","status":"FILED","changed":1795132800,"certificates":[{"key":"CERT-1","version":"1"}]}`)
	kv.err = errors.New("disk full")
	_, err = m.Derive(&driver.Entry{Key: "E-1", Version: 1, Body: body}, "urn:fabric:abc")
	var faults schemas.Faults
	if err == nil || errors.As(err, &faults) {
		t.Errorf("%v, want an error that is no fault of the body", err)
	}
	kv.err = nil
	if _, err = m.Derive(&driver.Entry{Key: "E-1", Version: 1, Body: body}, "urn:fabric:abc"); err != nil {
		t.Error(err)
	}
}
