package gateway_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

// Two ledgers of a shape of their own: one holds certificates whole, one what became of entries, under their numbers.
const (
	certificates = `mapping: certificates
version: 1
type: CertificateOfOrigin
shape:
  - {model: /event, native: /step, table: {certify: NEW, replace: AMENDED}}
  - {model: /subject, native: /certificate}
`
	statuses = `mapping: statuses
version: 1
type: EntrySummary
find: {/subject/entryNumber: {key: true}}
shape:
  - {model: /event, native: /status, table: {file: FILED, refile: REFILED, reject: REJECTED}}
  - {model: /subject, native: /entry}
`
)

// abroad is a world with a ledger of a shape of its own, "abroad", whose writer is bound to a party.
func abroad(t *testing.T, mapping, name string, whose func(*gatewaytest.World) *filing.Partner) (*gatewaytest.World, *gatewaytest.Foreign, *gatewaytest.Bent) {
	t.Helper()
	f := gatewaytest.NewForeign(t, mapping)
	b := &gatewaytest.Bent{Ledger: f.Chain}
	w := gatewaytest.New(t, gatewaytest.Options{
		Also: map[string]driver.Ledger{"abroad": b}, Mappings: map[string]*translate.Mapping{"abroad": f.Mapping}})
	if whose != nil {
		w.Bind(name, whose(w), f.Account())
	}
	return w, f, b
}

func exporter(w *gatewaytest.World) *filing.Partner { return w.Exporter }
func importer(w *gatewaytest.World) *filing.Partner { return w.Importer }

// native writes a body with a step and a whole document.
func native(t *testing.T, step, value, name string, subject any) string {
	t.Helper()
	body := map[string]any{step: value}
	if subject != nil {
		body[name] = subject
	}
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func certificateBody(t *testing.T) string {
	return native(t, "step", "NEW", "certificate", sample.Certificate(model.USMCA))
}

func entryBody(t *testing.T, status string) string {
	return native(t, "status", status, "entry", recently())
}

// only is the one answer there is of a record.
func only(t *testing.T, w *gatewaytest.World, id string, o gateway.Options) gateway.Answer {
	t.Helper()
	a, err := w.Gateway.Record(w.Context(), id, o)
	if err != nil || len(a.Answers) != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
	return a.Answers[0]
}

// An entry on a ledger of records claims under a certificate on a ledger of another shape, which holds it whole.
func TestAnEntryLinksToADerivedCertificate(t *testing.T) {
	w, f, _ := abroad(t, certificates, "exporter", exporter)
	digest := f.Put("CERT-7", 1, certificateBody(t))
	entry := w.File(w.Importer, "trade", sample.Summary(model.USMCA, f.Pin("CERT-7", 1, digest)), filing.Filing{})

	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	for _, line := range claims(t, file, "claimed", trust.Valid) {
		if line.Certificate != f.ID("CERT-7") || len(line.Findings) > 0 {
			t.Errorf("%+v", line)
		}
	}
	c := file.Linked[0]
	if c.Ledger != "abroad" || c.Derived == nil || c.Record != nil || c.Document != nil || c.Verdict.Assurance != trust.BySender {
		t.Errorf("%+v", c)
	}
	for name, want := range map[string]trust.Outcome{trust.Schema: trust.Valid, trust.Proof: trust.NotOffered, trust.Authority: trust.Valid,
		trust.Versions: trust.Valid, trust.Evidence: trust.NotOffered} {
		if got := lineOf(c.Verdict, name); got.Outcome != want || want == trust.NotOffered && got.Reason == "" {
			t.Errorf("%s: %+v, want %s", name, got, want)
		}
	}
	var shown translate.Derived
	shown.Subject = &model.CertificateOfOrigin{}
	if err := json.Unmarshal(c.Derived, &shown); err != nil {
		t.Fatal(err)
	}
	if shown.From.NativeDigest != digest || shown.From.MappingDigest != f.Mapping.Digest() || shown.From.Ledger != f.Chain.Describe().URI {
		t.Errorf("derived from %+v", shown.From)
	}
}

// Goods that the derived certificate does not name are found, and so is another digest than the line pinned.
func TestADerivedCertificateIsHeldAgainstItsLines(t *testing.T) {
	w, f, _ := abroad(t, certificates, "exporter", exporter)
	f.Put("CERT-7", 1, native(t, "step", "NEW", "certificate", otherGoods()))
	entry := w.Make(w.Importer, "trade", sample.Summary(model.USMCA, f.Pin("CERT-7", 1, ld.Sum([]byte("what the filer saw")))), filing.Filing{})
	w.Write("trade", entry.Record.ID, entry.Record)
	file := open(t, w, entry.Record.ID, withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	wantFinding(t, file.Linked[0].Findings, "digest-other")
	for _, line := range claims(t, file, "claimed", trust.Valid) {
		wantFinding(t, line.Findings, "certificate-does-not-cover")
	}
}

// An entry that a partner's chain keeps is found by its number there, decided on by customs on customs' own ledger, and
// folded from both.
func TestADerivedEntryIsFoundDecidedAndFolded(t *testing.T) {
	w, f, _ := abroad(t, statuses, "importer", importer)
	number := recently().EntryNumber
	first := f.Put(number, 1, entryBody(t, "FILED"))
	found, err := w.Gateway.Find(w.Context(), number)
	if err != nil || len(found.Entries) != 1 || found.Entries[0] != f.ID(number) {
		t.Fatalf("%+v, %v", found, err)
	}
	id := found.Entries[0]
	wantOutcome(t, open(t, w, id, withDocuments), trust.Valid, "filed")

	decide := func(pin model.Pin, action lifecycle.Event, reasons ...string) {
		t.Helper()
		w.File(w.Customs, "cbp", &model.EntryDisposition{Entry: pin, Action: string(action), ReasonCodes: reasons,
			DecidedOn: model.DateOf(time.Now())}, filing.Filing{})
	}
	decide(f.Pin(number, 1, first), lifecycle.Reject, "004")
	file := open(t, w, id, withDocuments)
	wantOutcome(t, file, trust.Valid, "rejected")
	if len(file.Linked) != 1 || len(file.Lines) == 0 || len(file.Findings) > 0 {
		t.Errorf("%d decisions on %d lines, findings %v", len(file.Linked), len(file.Lines), codes(file.Findings))
	}

	second := f.Put(number, 2, entryBody(t, "REFILED"))
	wantOutcome(t, open(t, w, id, withDocuments), trust.Valid, "filed")
	decide(f.Pin(number, 2, second), lifecycle.Accept)
	wantOutcome(t, open(t, w, id, withDocuments), trust.Valid, "accepted")
}

// A partner's chain may repeat what customs decided. Only customs may have written that, and it decides nothing: what counts
// is the decision on customs' own ledger.
func TestADecisionThatAPartnersChainRepeatsDecidesNothing(t *testing.T) {
	w, f, b := abroad(t, statuses, "importer", importer)
	first := f.Put("E-1", 1, entryBody(t, "FILED"))
	w.File(w.Customs, "cbp", &model.EntryDisposition{Entry: f.Pin("E-1", 1, first), Action: string(lifecycle.Reject),
		ReasonCodes: []string{"004"}, DecidedOn: model.DateOf(time.Now())}, filing.Filing{})
	f.Put("E-1", 2, entryBody(t, "REJECTED"))
	f.Put("E-1", 3, entryBody(t, "REFILED"))

	file := open(t, w, f.ID("E-1"), withDocuments)
	wantOutcome(t, file, trust.Invalid, "filed")
	if got := lineOf(file.Versions[1].Verdict, trust.Authority); got.Outcome != trust.Invalid || !strings.Contains(got.Reason, "act as cbp") {
		t.Errorf("the importer wrote customs' decision: %+v", got)
	}

	customs := driver.Author{Kind: model.AccountAddress, ID: "0xA0Cf798816D4b9b9866b5330EEa46a18382f251e"}
	w.Bind("customs", w.Customs, model.Account{Kind: customs.Kind, ID: strings.ToLower(customs.ID), Ledger: f.Chain.Describe().URI})
	b.OnVersions = func(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
		all, err := f.Chain.Versions(ctx, key, after, limit)
		for _, e := range all {
			if e.Version == 2 {
				e.Author = customs
			}
		}
		return all, err
	}
	file = open(t, w, f.ID("E-1"), withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	if got := lineOf(file.Versions[1].Verdict, trust.Lifecycle); got.Outcome != trust.NotOffered || got.Reason == "" || len(file.Findings) > 1 {
		t.Errorf("%+v, findings %v", got, codes(file.Findings))
	}
}

// What is wrong with it comes out as the check that says so, and withholds its content.
func TestADerivedRecordIsJudged(t *testing.T) {
	const elsewhere = "urn:uuid:7e0a6a3e-1111-4222-8333-000000000000"
	for name, c := range map[string]struct {
		whose  func(*gatewaytest.World) *filing.Partner
		as     string
		change func(*model.Account)
		body   string
		check  string
		want   trust.Outcome
		says   string
		by     trust.Assurance
	}{
		"nobody is known by that name":     {nil, "", nil, "", trust.Authority, trust.Undetermined, "binds this account", trust.ByLedger},
		"an importer certifies":            {importer, "importer", nil, "", trust.Authority, trust.Valid, "", trust.BySender},
		"customs certifies":                {func(w *gatewaytest.World) *filing.Partner { return w.Customs }, "customs", nil, "", trust.Authority, trust.Invalid, "act as certifier", trust.BySender},
		"bound to another ledger":          {exporter, "exporter", func(a *model.Account) { a.Ledger = elsewhere }, "", trust.Authority, trust.Invalid, "another ledger", trust.ByLedger},
		"a body that is no JSON":           {exporter, "exporter", nil, `{"step":`, trust.Schema, trust.Invalid, "", trust.BySender},
		"a step that the table lacks":      {exporter, "exporter", nil, `{"step":"BURNT"}`, trust.Schema, trust.Invalid, "", trust.BySender},
		"a document that breaks its rules": {exporter, "exporter", nil, `{"step":"NEW","certificate":{"agreement":"EFTA"}}`, trust.Schema, trust.Invalid, "", trust.BySender},
		"more than the mapping names":      {exporter, "exporter", nil, `{"step":"NEW","memo":"x"}`, trust.Schema, trust.Invalid, "", trust.BySender},
		"too deep":                         {exporter, "exporter", nil, strings.Repeat(`{"step":`, 1000), trust.Schema, trust.Invalid, "", trust.BySender},
		"a first version that replaces":    {exporter, "exporter", nil, `{"step":"AMENDED"}`, trust.Lifecycle, trust.Invalid, "", trust.BySender},
	} {
		t.Run(name, func(t *testing.T) {
			w, f, _ := abroad(t, certificates, "", nil)
			if c.whose != nil {
				a := f.Account()
				if c.change != nil {
					c.change(&a)
				}
				w.Bind(c.as, c.whose(w), a)
			}
			if c.body == "" {
				c.body = certificateBody(t)
			}
			f.Put("CERT-7", 1, c.body)
			a := only(t, w, f.ID("CERT-7"), gateway.Options{})
			got := lineOf(a.Verdict, c.check)
			if got.Outcome != c.want || !strings.Contains(got.Reason, c.says) || a.Verdict.Assurance != c.by {
				t.Errorf("%+v by %s, want %s because %q by %s", got, a.Verdict.Assurance, c.want, c.says, c.by)
			}
			if a.Verdict.Outcome != c.want || (a.Derived == nil) != (c.want == trust.Invalid) || a.Record != nil {
				t.Errorf("%s, with %d bytes derived", a.Verdict.Outcome, len(a.Derived))
			}
			if all := only(t, w, f.ID("CERT-7"), gateway.Options{Invalid: true}); all.Derived == nil && c.check != trust.Schema {
				t.Error("the content is withheld from whoever asks for it")
			}
		})
	}
}
