package api_test

import (
	"net/http"
	"testing"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

// tagged asks for a path, and expects an answer with a tag.
func (s *site) tagged(path string) string {
	s.t.Helper()
	a := s.do(get(path)).want(http.StatusOK, nil)
	if a.Header.Get("ETag") == "" {
		s.t.Fatalf("%s has no tag", path)
	}
	return a.Header.Get("ETag")
}

// Everything that may be asked for again has a tag, and who has the answer is told so without content; by HEAD too.
func TestWhoHasTheAnswerIsToldThatItHolds(t *testing.T) {
	s, _, entry := filed(t, options{})
	id := entry.Record.ID
	s.entryFile(id) // the evidence and the witness log are as they stay
	for path, keep := range map[string]string{
		"/v1/entries/" + id:                                   "no-store",
		"/v1/entries/" + id + "?documents=false":              "private, no-cache",
		"/v1/records/" + id:                                   "no-store",
		"/v1/records/" + id + "?documents=false":              "private, no-cache",
		"/v1/records?type=EntrySummary":                       "private, no-cache",
		"/v1/ledgers":                                         "private, no-cache",
		"/v1/ledgers/trade":                                   "private, no-cache",
		"/v1/ledgers/trade/records/" + id:                     "private, no-cache",
		"/v1/ledgers/trade/records/" + id + "?documents=true": "no-store",
		"/v1/ledgers/trade/records/" + id + "/versions":       "private, no-cache",
		"/v1/ledgers/trade/records/" + id + "/versions/1":     "private, no-cache",
		"/v1/witness":                                         "private, no-cache",
		"/v1/openapi.json":                                    "public, max-age=3600",
		"/schemas/Record.json":                                "public, max-age=3600",
		"/contexts/fta-v1":                                    "public, max-age=86400, immutable",
	} {
		tag := s.tagged(path)
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			a := s.do(call{method: method, path: path}.with("If-None-Match", `"another", `+tag))
			if a.Status != http.StatusNotModified || len(a.Body) != 0 || a.Header.Get("ETag") != tag {
				t.Errorf("%s %s: %d with %d bytes and tag %s, want 304, none, and %s", method, path, a.Status, len(a.Body), a.Header.Get("ETag"), tag)
			}
			if got := a.Header.Get("Cache-Control"); got != keep {
				t.Errorf("%s %s: %q, want %q", method, path, got, keep)
			}
		}
		s.do(get(path).with("If-None-Match", `"another"`)).want(http.StatusOK, nil)
	}
}

// A tag stands for what an answer means. That the chain goes on changes nothing; that anything happened to the record, or
// that a ledger cannot be asked any more, does.
func TestATagStandsForWhatAnAnswerMeans(t *testing.T) {
	s, _, entry := filed(t, options{})
	paths := []string{"/v1/entries/" + entry.Record.ID, "/v1/records/" + entry.Record.ID}
	ages := func() (all []string) {
		for _, path := range paths {
			all = append(all, s.tagged(path))
		}
		return all
	}
	before := ages()
	s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	s.File(s.Exporter, "trade", sample.Certificate("CAFTA-DR"), filing.Filing{})
	if after := ages(); after[0] != before[0] || after[1] != before[1] {
		t.Errorf("other records came, and the tags went from %v to %v", before, after)
	}
	s.Decide(entry, lifecycle.Accept, "")
	decided := s.tagged(paths[0])
	if decided == before[0] {
		t.Error("the entry was accepted, and its tag stayed")
	}
	s.Stop("cbp")
	if down := s.tagged(paths[0]); down == decided {
		t.Error("a ledger cannot be asked any more, and the tag stayed")
	}
}

// Gateways side by side give the same tags, and those of one media type are not those of the other.
func TestTagsAreTheSameOnEveryGateway(t *testing.T) {
	s, _, entry := filed(t, options{})
	path := "/v1/ledgers/trade/records/" + entry.Record.ID
	tag := s.tagged(path)
	beside := s.besideIt(s.Afresh())
	if other := beside.tagged(path); other != tag {
		t.Errorf("%s here and %s on another gateway", tag, other)
	}
	linked := s.do(get(path).with("Accept", "application/ld+json")).want(http.StatusOK, nil).Header.Get("ETag")
	if linked == tag {
		t.Error("one tag for two media types")
	}
}

// What is not asked for again has no tag and is kept by nobody: who asked for which entry is nobody's business, and
// problems pass.
func TestWhatNobodyMayKeep(t *testing.T) {
	s, _, entry := filed(t, options{})
	for name, c := range map[string]call{
		"a search": find(sample.EntryUSMCA), "capabilities": get("/v1/capabilities"),
		"an absence": get("/v1/records/urn:uuid:00000000-0000-4000-8000-000000000000"),
		"health":     get("/healthz"), "a wrong path": get("/v1/nowhere"),
		"a check": post("/v1/verify", map[string]any{"record": entry.Record.Object}),
	} {
		a := s.do(c.with("If-None-Match", "*"))
		if a.Status == http.StatusNotModified || a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("ETag") != "" {
			t.Errorf("%s: %d, %v", name, a.Status, a.Header)
		}
	}
}

// An invalid record's verdict is kept like any other; what a ledger shows of it now is in the tag.
func TestTheStateOfALedgerIsInItsTag(t *testing.T) {
	s, _, _ := filed(t, options{})
	before := s.tagged("/v1/ledgers/trade")
	if again := s.tagged("/v1/ledgers/trade"); again != before {
		t.Error("nothing happened, and the tag changed")
	}
	s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	if grown := s.tagged("/v1/ledgers/trade"); grown == before {
		t.Error("where the ledger stands is what was asked for, and the tag stayed")
	}
	s.Stop("trade")
	var state gateway.LedgerState
	s.do(get("/v1/ledgers/trade").with("If-None-Match", before)).want(http.StatusOK, &state)
	if state.Health != "failing" || state.LastGood == nil {
		t.Errorf("%+v", state)
	}
}
