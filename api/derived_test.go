package api_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

const entriesAbroad = `mapping: entries
version: 1
type: EntrySummary
find: {/subject/entryNumber: {key: true}}
shape:
  - {model: /event, native: /status, table: {file: FILED}}
  - {native: /memo}
  - {model: /subject, native: /entry}
  - model: /links
    native: /certificates
    each:
      - {model: /rel, const: certificate}
      - {model: /id, native: /key, format: key}
`

// What a ledger of another shape shows is answered under the description, wherever it is asked for; the number, which is
// the ledger's key, stands in no address, log or problem.
func TestDerivedRecordsAreAnswered(t *testing.T) {
	f := gatewaytest.NewForeign(t, entriesAbroad, "native:/memo")
	b := &gatewaytest.Bent{Ledger: f.Chain}
	s := newSite(t, options{Options: gatewaytest.Options{
		Also: map[string]driver.Ledger{"abroad": b}, Mappings: map[string]*translate.Mapping{"abroad": f.Mapping}}})
	s.Bind("importer", s.Importer, f.Account())
	body, err := json.Marshal(map[string]any{"status": "FILED", "memo": "7 pallets", "entry": unclaimed(), "certificates": []any{map[string]any{"key": "CERT-1"}}})
	if err != nil {
		t.Fatal(err)
	}
	f.Put(sample.EntryUSMCA, 1, string(body))

	var found gateway.Found
	s.do(find(sample.EntryUSMCA)).want(http.StatusOK, &found)
	id := found.Entries[0]
	var answer gateway.Answer
	s.do(get("/v1/ledgers/abroad/records/"+id)).want(http.StatusOK, &answer)
	if answer.Record != nil || answer.Document != nil || answer.Verdict.Outcome != trust.Valid || answer.Verdict.Assurance != trust.BySender {
		t.Errorf("%+v", answer)
	}
	for _, want := range []string{`"/memo":"7 pallets"`, `"rel":"certificate"`, `"author":`, `"nativeDigest":`} {
		if !strings.Contains(string(answer.Derived), want) {
			t.Errorf("%s is not in %s", want, answer.Derived)
		}
	}
	var file gateway.EntryFile
	s.do(get("/v1/entries/"+id)).want(http.StatusOK, &file)
	if file.Status != "filed" || len(file.Lines) == 0 || file.Summary.Derived == nil {
		t.Errorf("%+v", file)
	}
	s.do(get("/v1/records/"+id)).want(http.StatusOK, nil)
	s.do(get("/v1/records?type=EntrySummary&ledger=abroad")).want(http.StatusOK, nil)
	s.do(get("/v1/ledgers/abroad/records/"+id+"/versions")).want(http.StatusOK, nil)
	s.do(get("/v1/ledgers/abroad/records/"+id+"/versions/1/proof")).want(http.StatusOK, nil)
	var state gateway.LedgerState
	s.do(get("/v1/ledgers/abroad")).want(http.StatusOK, &state)
	if !state.Derives || state.Policy != "permissioned" {
		t.Errorf("%+v", state)
	}

	b.OnGet = func(_ context.Context, ref driver.Ref) (*driver.Entry, error) {
		return nil, driver.Errorf(driver.Unavailable, "n1.example says nothing about %s", ref.Key)
	}
	s.do(get("/v1/ledgers/abroad/records/"+id)).problem(http.StatusServiceUnavailable, gateway.Code(driver.Unavailable))
	s.do(find(sample.EntryUSMCA)).problem(http.StatusServiceUnavailable, gateway.NotFoundSoFar)
}

func TestNothingIsSubmittedToALedgerOfAnotherShape(t *testing.T) {
	f := gatewaytest.NewForeign(t, entriesAbroad, "native:/memo")
	s := newSite(t, options{Options: gatewaytest.Options{
		Also: map[string]driver.Ledger{"abroad": f.Chain}, Mappings: map[string]*translate.Mapping{"abroad": f.Mapping}}})
	made := s.Make(s.Importer, "abroad", unclaimed(), filing.Filing{})
	p := s.do(post("/v1/ledgers/abroad/records", sent(made.Record.Bytes, made.Document.Bytes))).problem(http.StatusNotImplemented, gateway.NotOffered)
	if !strings.Contains(p.Detail, "read only here") {
		t.Errorf("%+v", p)
	}
}
