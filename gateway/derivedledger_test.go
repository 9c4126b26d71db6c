package gateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

// The witness log remembers native digests: a node that shows other bytes for a version, that takes the newest back, or
// that leaves one out is found out, though no version names the one before it.
func TestADishonestLedgerOfAnotherShapeIsFoundOut(t *testing.T) {
	for name, c := range map[string]struct {
		lies func(b *gatewaytest.Bent, chain driver.Ledger)
		says string
	}{
		"other bytes": {func(b *gatewaytest.Bent, chain driver.Ledger) {
			b.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
				e, err := chain.Get(ctx, ref)
				if err == nil {
					e.Body = []byte(strings.Replace(string(e.Body), `"AMENDED"`, `"NEW"`, 1))
				}
				return e, err
			}
		}, "another digest"},
		"the newest taken back": {func(b *gatewaytest.Bent, chain driver.Ledger) {
			b.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
				ref.Version = 1
				return chain.Get(ctx, ref)
			}
		}, "version 2 was seen"},
	} {
		t.Run(name, func(t *testing.T) {
			w, f, b := abroad(t, certificates, "exporter", exporter)
			f.Put("CERT-7", 1, certificateBody(t))
			f.Put("CERT-7", 2, strings.Replace(certificateBody(t), `"NEW"`, `"AMENDED"`, 1))
			if a := only(t, w, f.ID("CERT-7"), gateway.Options{}); a.Verdict.Outcome != trust.Valid || a.Version != 2 {
				t.Fatalf("%+v", a)
			}
			c.lies(b, f.Chain)
			a := only(t, w, f.ID("CERT-7"), gateway.Options{})
			if got := lineOf(a.Verdict, trust.Versions); got.Outcome != trust.Invalid || !strings.Contains(got.Reason, c.says) || a.Derived != nil {
				t.Errorf("%+v", got)
			}
		})
	}
}

// A ledger that authenticates nobody is believed by its own word, where no authority is required: that word is remembered.
func TestALedgerIsHeldToItsOwnWord(t *testing.T) {
	f := gatewaytest.NewForeign(t, certificates)
	b := &gatewaytest.Bent{Ledger: f.Chain}
	w := gatewaytest.New(t, gatewaytest.Options{Also: map[string]driver.Ledger{"abroad": b},
		Mappings: map[string]*translate.Mapping{"abroad": f.Mapping}, Require: map[string][]string{"abroad": {trust.Schema, trust.Versions}}})
	f.Put("CERT-7", 1, certificateBody(t))
	f.Put("CERT-7", 2, strings.Replace(certificateBody(t), `"NEW"`, `"AMENDED"`, 1))
	if a := only(t, w, f.ID("CERT-7"), gateway.Options{}); a.Verdict.Outcome != trust.Valid || a.Verdict.Assurance != trust.ByLedger {
		t.Fatalf("%+v", a.Verdict)
	}
	b.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		ref.Version = 1
		return f.Chain.Get(ctx, ref)
	}
	a := only(t, w, f.ID("CERT-7"), gateway.Options{})
	if got := lineOf(a.Verdict, trust.Versions); got.Outcome != trust.Invalid || !strings.Contains(got.Reason, "version 2 was seen") {
		t.Errorf("%+v", got)
	}
	b.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) {
		return nil, driver.Errorf(driver.Unavailable, "no answer")
	}
	if a := only(t, w, f.ID("CERT-7"), gateway.Options{}); a.State != gateway.Stale || a.Version != 2 {
		t.Errorf("%+v: want what was seen last", a)
	}
}

func TestAGapInAnotherShapesVersionsIsInvalid(t *testing.T) {
	w, f, b := abroad(t, certificates, "exporter", exporter)
	f.Put("CERT-7", 1, certificateBody(t))
	f.Put("CERT-7", 2, strings.Replace(certificateBody(t), `"NEW"`, `"AMENDED"`, 1))
	b.OnVersions = func(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
		all, err := f.Chain.Versions(ctx, key, after, limit)
		if after == 0 && len(all) > 1 {
			all = all[1:]
		}
		return all, err
	}
	a := only(t, w, f.ID("CERT-7"), gateway.Options{})
	if got := lineOf(a.Verdict, trust.Versions); got.Outcome != trust.Invalid || !strings.Contains(got.Reason, "version 1 is missing") {
		t.Errorf("%+v", got)
	}
}

// What was seen and cannot be shown now is answered as stale; nobody tells the ledger's key.
func TestADerivedRecordThatIsNotShownNowIsStale(t *testing.T) {
	w, f, b := abroad(t, certificates, "exporter", exporter)
	f.Put("CERT-7", 1, certificateBody(t))
	only(t, w, f.ID("CERT-7"), gateway.Options{})
	hides(b, 100)
	wantStale(t, only(t, w, f.ID("CERT-7"), gateway.Options{}), trust.Invalid, "now says that it has none")
	b.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) {
		return nil, driver.Errorf(driver.Unavailable, "no answer about CERT-7")
	}
	wantStale(t, only(t, w, f.ID("CERT-7"), gateway.Options{}), trust.Undetermined, "cannot be asked now")
	_, err := w.Gateway.LedgerRecord(w.Context(), "abroad", f.ID("CERT-7"), 0, gateway.Options{})
	if p := problemOf(t, err, gateway.Code(driver.Unavailable)); strings.Contains(p.Err.Error(), "CERT-7") {
		t.Errorf("the log would tell the key: %v", p.Err)
	}
}

// An id of version 8 whose key was never read here cannot be asked for; a random one can stand under no key of that ledger.
func TestSourcesOfALedgerOfAnotherShape(t *testing.T) {
	w, f, _ := abroad(t, certificates, "exporter", exporter)
	f.Put("CERT-7", 1, certificateBody(t))
	state := func(sources []gateway.Source, slug string) gateway.SourceState {
		for _, s := range sources {
			if s.Ledger == slug {
				return s.State
			}
		}
		return "missing"
	}
	a, err := w.Gateway.Record(w.Context(), f.ID("CERT-7"), gateway.Options{})
	if err != nil || state(a.Sources, "abroad") != gateway.Answered || state(a.Sources, "trade") != gateway.Absent {
		t.Errorf("%+v, %v", a, err)
	}
	entry := w.File(w.Importer, "trade", unclaimed(), filing.Filing{})
	if a, err = w.Gateway.Record(w.Context(), entry.Record.ID, gateway.Options{}); err != nil || state(a.Sources, "abroad") != gateway.Absent {
		t.Errorf("%+v, %v", a, err)
	}
	_, err = w.Gateway.Record(w.Context(), "urn:uuid:0d9c1c5e-95a4-8c9a-8b1f-6f2f1f3f9a01", gateway.Options{})
	if p := problemOf(t, err, gateway.NotFoundSoFar); !slices.Equal(p.Ledgers, []string{"abroad"}) {
		t.Errorf("%+v: only what derives may hold what was never read there", p)
	}
	_, err = w.Gateway.LedgerRecord(w.Context(), "abroad", "urn:uuid:0d9c1c5e-95a4-8c9a-8b1f-6f2f1f3f9a01", 0, gateway.Options{})
	problemOf(t, err, gateway.Code(driver.Unsupported))
	found, err := w.Gateway.Find(w.Context(), sample.EntryUSMCA)
	if err != nil || state(found.Sources, "abroad") != gateway.Absent || state(found.Sources, "trade") != gateway.Answered {
		t.Errorf("%+v, %v", found, err)
	}
}

// The number itself is asked of the ledger that its mapping lets be asked, and stands in no error.
func TestFindOnALedgerOfAnotherShape(t *testing.T) {
	w, f, b := abroad(t, statuses, "importer", importer)
	number := recently().EntryNumber
	_, err := w.Gateway.Find(w.Context(), number)
	problemOf(t, err, gateway.NotFound)
	f.Put(number, 1, entryBody(t, "FILED"))
	strange := "ZZZ" + number[3:10]
	strange += string(model.CheckDigit(strange))
	if _, err = w.Gateway.Find(w.Context(), strange); err == nil {
		t.Error("found under a number that nobody has")
	}
	problemOf(t, err, gateway.BadInput) // ledgers of records could not be asked: the filer is not known
	f.Put(strange, 1, entryBody(t, "FILED"))
	found, err := w.Gateway.Find(w.Context(), strange)
	if err != nil || len(found.Entries) != 1 || found.Entries[0] != f.ID(strange) {
		t.Errorf("%+v, %v", found, err)
	}
	b.OnGet = func(_ context.Context, ref driver.Ref) (*driver.Entry, error) {
		return nil, driver.Errorf(driver.Unavailable, "asking for %s", ref.Key)
	}
	_, err = w.Gateway.Find(w.Context(), number)
	for cause := error(problemOf(t, err, gateway.NotFoundSoFar)); cause != nil; cause = errors.Unwrap(cause) {
		if strings.Contains(cause.Error(), number) {
			t.Errorf("the number stands in %v", cause)
		}
	}
}

func TestDerivedRecordsAreListed(t *testing.T) {
	w, f, _ := abroad(t, certificates, "exporter", exporter)
	f.Put("CERT-7", 1, certificateBody(t))
	f.Put("CERT-7", 2, strings.Replace(certificateBody(t), `"NEW"`, `"AMENDED"`, 1))
	f.Put("CERT-8", 1, `{"step":"BURNT"}`)
	for name, c := range map[string]struct {
		filter gateway.Filter
		want   int
	}{
		"all of the ledger": {gateway.Filter{Ledger: "abroad"}, 3}, "by type": {gateway.Filter{Type: model.TypeCertificateOfOrigin}, 2},
		"by another type": {gateway.Filter{Type: model.TypeEntrySummary}, 0}, "by step": {gateway.Filter{Event: "replace"}, 1},
	} {
		page, err := w.Gateway.Records(w.Context(), c.filter, gateway.Options{})
		if err != nil || len(page.Records) != c.want {
			t.Errorf("%s: %d records, %v; want %d", name, len(page.Records), err, c.want)
		}
	}
	versions, err := w.Gateway.LedgerVersions(w.Context(), "abroad", f.ID("CERT-7"), 0, 0, gateway.Options{})
	if err != nil || len(versions.Versions) != 2 || versions.Versions[1].Derived == nil || versions.Versions[1].Verdict.Outcome != trust.Valid {
		t.Errorf("%+v, %v", versions, err)
	}
}

func TestNothingIsWrittenToALedgerOfAnotherShape(t *testing.T) {
	w, f, _ := abroad(t, certificates, "exporter", exporter)
	made := w.Make(w.Exporter, "abroad", sample.Certificate(model.USMCA), filing.Filing{})
	_, err := w.Gateway.Submit(w.Context(), "abroad", made.Submission())
	if p := problemOf(t, err, gateway.NotOffered); !strings.Contains(p.Detail, "read only here") {
		t.Errorf("%v", p)
	}
	if head, err := f.Chain.Head(w.Context()); err != nil || head.Newest.Height != 0 {
		t.Errorf("height %d, %v: something was written", head.Newest.Height, err)
	}
}

// A shape that tells no step is read all the same: who may sign such a document may have written it, and the life cycle is
// not offered.
func TestAShapeThatTellsNoStep(t *testing.T) {
	stepless := strings.Replace(statuses, "  - {model: /event, native: /status, table: {file: FILED, refile: REFILED, reject: REJECTED}}\n", "", 1)
	w, f, _ := abroad(t, stepless, "importer", importer)
	digest := f.Put("E-1", 1, native(t, "entry", "", "entry", recently()))
	file := open(t, w, f.ID("E-1"), withDocuments)
	wantOutcome(t, file, trust.Valid, "")
	v := file.Summary.Verdict
	if a, l := lineOf(v, trust.Authority), lineOf(v, trust.Lifecycle); a.Outcome != trust.Valid || l.Outcome != trust.NotOffered || l.Reason == "" {
		t.Errorf("%+v, %+v", a, l)
	}
	decision := w.Make(w.Customs, "cbp", &model.EntryDisposition{Entry: f.Pin("E-1", 1, digest), Action: "accept", DecidedOn: recently().SummaryDate}, filing.Filing{})
	w.Write("cbp", decision.Record.ID, decision.Record)
	file = open(t, w, f.ID("E-1"), withDocuments)
	wantOutcome(t, file, trust.Valid, "")
	if got := lineOf(file.Linked[0].Verdict, trust.Lifecycle); got.Outcome != trust.NotOffered {
		t.Errorf("the decision's life cycle: %+v", got)
	}
}

// A derived link seldom names a ledger: what it names is looked for on all of them.
func TestADerivedEntryLinksToARecordWhereverThatIs(t *testing.T) {
	linking := strings.TrimSuffix(statuses, "  - {model: /subject, native: /entry}\n") +
		"  - model: /links\n    native: /certificates\n    each:\n      - {model: /rel, const: certificate}\n      - {model: /id, native: /record}\n"
	w, f, _ := abroad(t, linking, "importer", importer)
	certificate := w.File(w.Exporter, "trade", sample.Certificate(model.USMCA), filing.Filing{})
	f.Put("E-1", 1, `{"status":"FILED","certificates":[{"record":"`+certificate.Record.ID+`"}]}`)
	file := open(t, w, f.ID("E-1"), withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	if len(file.Linked) != 1 || file.Linked[0].Ledger != "trade" || file.Linked[0].Document == nil || len(file.Linked[0].Findings) > 0 {
		t.Errorf("%+v", file.Linked)
	}
	f.Put("E-2", 1, `{"status":"FILED","certificates":[{"record":"`+model.NewID()+`"}]}`)
	wantOutcome(t, open(t, w, f.ID("E-2"), withDocuments), trust.Undetermined, "filed")
}

// A rule about what the shape has no place for is neither kept nor broken.
func TestWhatTheShapeLacksBreaksNoRule(t *testing.T) {
	dateless := strings.Replace(statuses, "refile: REFILED", "correct: CORRECTED", 1) + "lacks: [/subject/entryDate, /subject/lines/*/certificate]\n"
	w, f, _ := abroad(t, dateless, "importer", importer)
	entry := func(status string) string {
		var body map[string]any
		if err := json.Unmarshal([]byte(entryBody(t, status)), &body); err != nil {
			t.Fatal(err)
		}
		subject, _ := body["entry"].(map[string]any)
		delete(subject, "entryDate")
		lines, _ := subject["lines"].([]any)
		for _, l := range lines {
			l.(map[string]any)["spi"] = "S"
		}
		data, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	first := f.Put("E-1", 1, entry("FILED"))
	w.File(w.Customs, "cbp", &model.EntryDisposition{Entry: f.Pin("E-1", 1, first), Action: string(lifecycle.Accept),
		DecidedOn: model.DateOf(time.Now())}, filing.Filing{})
	f.Put("E-1", 2, entry("CORRECTED"))
	file := open(t, w, f.ID("E-1"), withDocuments)
	wantOutcome(t, file, trust.Valid, "filed")
	if got := lineOf(file.Versions[1].Verdict, trust.Lifecycle); got.Outcome != trust.Undetermined {
		t.Errorf("%+v, want that the days since entry cannot be told", got)
	}
}
