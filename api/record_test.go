package api_test

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// mirrored is a site that reaches the trade chain by two nodes, of which one can be bent.
func mirrored(t *testing.T) (*site, *gatewaytest.Bent) {
	bent := &gatewaytest.Bent{}
	return newSite(t, options{Options: gatewaytest.Options{Mirrors: []string{"mirror"},
		Wrap: func(slug string, chain driver.Ledger) driver.Ledger {
			if slug != "mirror" {
				return chain
			}
			bent.Ledger = chain
			return bent
		}}}), bent
}

func TestLedgersThatDisagreeAreShownSideBySide(t *testing.T) {
	s, bent := mirrored(t)
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	s.Decide(entry, lifecycle.Reject, "", "004")
	s.File(s.Importer, "trade", unclaimed(), filing.Filing{Previous: entry.Record})
	bent.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		return bent.Ledger.Get(ctx, driver.Ref{Key: ref.Key, Version: 1})
	}
	var got gateway.RecordAnswer
	s.do(get("/v1/records/"+entry.Record.ID)).want(http.StatusOK, &got)
	outcomes := map[string]trust.Outcome{}
	for _, a := range got.Answers {
		outcomes[a.Ledger] = a.Verdict.Outcome
		if (a.Record == nil) != (a.Verdict.Outcome == trust.Invalid) {
			t.Errorf("%s is %s, with a record of %d bytes", a.Ledger, a.Verdict.Outcome, len(a.Record))
		}
	}
	if outcomes["trade"] != trust.Valid || outcomes["mirror"] != trust.Invalid {
		t.Errorf("%v, want trade valid, and the mirror that took a version back invalid", outcomes)
	}
	s.do(get("/v1/records/"+entry.Record.ID+"?include=invalid")).want(http.StatusOK, &got)
	if i := slices.IndexFunc(got.Answers, func(a gateway.Answer) bool { return a.Ledger == "mirror" }); got.Answers[i].Record == nil {
		t.Error("the content of what is invalid is not shown where it is asked for")
	}
}

func TestACopyIsShownAfterItsHome(t *testing.T) {
	s := newSite(t, options{Options: gatewaytest.Options{Also: map[string]driver.Ledger{"another": memory.New(memory.Options{})}}})
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	s.Write("another", entry.Record.ID, entry.Record)
	var got gateway.RecordAnswer
	s.do(get("/v1/records/"+entry.Record.ID)).want(http.StatusOK, &got)
	if len(got.Answers) != 2 || got.Answers[0].Copy || !got.Answers[1].Copy {
		t.Errorf("%+v, want trade's record, and the copy after it", got.Answers)
	}
}

func TestAllVersionsOfARecordAreListed(t *testing.T) {
	s := newSite(t, options{})
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	s.Decide(entry, lifecycle.Reject, "", "004")
	s.File(s.Importer, "trade", unclaimed(), filing.Filing{Previous: entry.Record})
	at := "/v1/ledgers/trade/records/" + entry.Record.ID
	for query, want := range map[string][]uint64{"": {1, 2}, "?limit=1": {1}, "?after=1": {2}, "?after=2": {}, "?after=9223372036854775807": {}} {
		var page struct{ Versions []gateway.Answer }
		s.do(get(at+"/versions"+query)).want(http.StatusOK, &page)
		var got []uint64
		for _, v := range page.Versions {
			got = append(got, v.Version)
		}
		if !slices.Equal(got, want) {
			t.Errorf("versions%s: %v, want %v", query, got, want)
		}
	}
	for path, want := range map[string]uint64{"": 2, "/versions/1": 1, "/versions/2": 2} {
		var got gateway.Answer
		s.do(get(at+path)).want(http.StatusOK, &got)
		if got.Version != want || got.Verdict.Outcome != trust.Valid {
			t.Errorf("%s: version %d, %s", path, got.Version, got.Verdict.Outcome)
		}
	}
}

func TestWhatOneLedgerDoesNotHoldIsNotFoundThere(t *testing.T) {
	s, _, entry := filed(t, options{})
	id := entry.Record.ID
	for path, code := range map[string]gateway.Code{
		"/v1/ledgers/cbp/records/" + id:                           gateway.NotFound,
		"/v1/ledgers/cbp/records/" + id + "/versions":             gateway.NotFound,
		"/v1/ledgers/trade/records/" + id + "/versions/2":         gateway.NotFound,
		"/v1/ledgers/cbp/records/" + id + "/versions/1/proof":     gateway.NotFound,
		"/v1/ledgers/nowhere":                                     gateway.NoSuchLedger,
		"/v1/ledgers/nowhere/records/" + id:                       gateway.NoSuchLedger,
		"/v1/ledgers/nowhere/records/" + id + "/versions":         gateway.NoSuchLedger,
		"/v1/ledgers/nowhere/records/" + id + "/versions/1":       gateway.NoSuchLedger,
		"/v1/records/" + model.NewID():                            gateway.NotFound,
		"/v1/entries/" + model.NewID():                            gateway.NotFound,
		"/v1/submissions/" + model.NewID():                        gateway.NotFound,
		"/v1/records?ledger=nowhere":                              gateway.NoSuchLedger,
		"/v1/witness?ledger=nowhere":                              gateway.NoSuchLedger,
		"/v1/ledgers/nowhere/records/" + id + "/versions/1/proof": gateway.NoSuchLedger,
	} {
		s.do(get(path)).problem(http.StatusNotFound, code)
	}
}

func TestBadPartsOfAPathAndParametersAreNamed(t *testing.T) {
	s, _, entry := filed(t, options{})
	at := "/v1/ledgers/trade/records/" + entry.Record.ID
	for path, pointer := range map[string]string{
		"/v1/entries/ABC":                      "/id",
		"/v1/records/urn:uuid:1":               "/id",
		at + "/versions/0":                     "/version",
		at + "/versions/-1":                    "/version",
		at + "/versions/one":                   "/version",
		at + "/versions/1/proof?x=1":           "?x",
		at + "?include=all":                    "?include",
		at + "?documents=yes":                  "?documents",
		at + "?document=true":                  "?document",
		at + "/versions?after=-1":              "?after",
		at + "/versions?limit=many":            "?limit",
		at + "?documents=true&documents=false": "?documents",
		"/v1/records?from=yesterday":           "?from",
		"/v1/records?to=2026-11-23":            "?to",
		"/v1/records?limit=-1":                 "?limit",
		"/v1/records?typo=EntrySummary":        "?typo",
		"/v1/records?type=%zz":                 "?",
		"/v1/ledgers?x=":                       "?x",
		"/v1/witness?limit=1.5":                "?limit",
		"/healthz?verbose=1":                   "?verbose",
	} {
		if p := s.do(get(path)).problem(http.StatusUnprocessableEntity, gateway.BadInput); !p.points(pointer) {
			t.Errorf("%s: %+v, want %s to be named", path, p, pointer)
		}
	}
}

// Whoever has anchors of the chain needs neither this gateway nor the node.
func TestAProofIsCheckedWithoutTheGateway(t *testing.T) {
	s, _, entry := filed(t, options{})
	var got api.Proven
	s.do(get("/v1/ledgers/trade/records/"+entry.Record.ID+"/versions/1/proof")).want(http.StatusOK, &got)
	e := &driver.Entry{
		Key: got.Key, Version: got.Version, Body: got.Body, Deleted: got.Deleted,
		Author:   driver.Author{Kind: got.Author.Kind, ID: got.Author.ID, Evidence: got.Author.Evidence},
		Position: driver.Position{Height: got.Height, Index: got.Index, Tx: got.Tx, Time: got.ChainTime},
	}
	anchors := s.Trade.(*memory.Ledger).Chain().Anchors()
	if r := driver.Verify(e, got.Proof, anchors); r.Outcome != driver.Verified {
		t.Errorf("%+v", r)
	}
	e.Body = append(e.Body, ' ')
	if r := driver.Verify(e, got.Proof, anchors); r.Outcome != driver.Failed {
		t.Errorf("an altered entry: %+v", r)
	}
}

func TestWhatWasSeenIsAnsweredStaleWhileItsLedgerIsDown(t *testing.T) {
	s, _, entry := filed(t, options{})
	s.Stop("trade")
	var got gateway.RecordAnswer
	s.do(get("/v1/records/"+entry.Record.ID)).want(http.StatusOK, &got)
	if a := got.Answers[0]; a.State != gateway.Stale || a.Version != 1 || a.Record != nil || a.Verdict.Outcome != trust.Undetermined {
		t.Errorf("%+v", a)
	}
	s.do(get("/v1/ledgers/trade/records/"+entry.Record.ID)).problem(http.StatusServiceUnavailable, gateway.Code(driver.Unavailable))
}
