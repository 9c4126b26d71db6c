package api_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

// list takes pages to the end, and lets the ledgers grow after each.
func (s *site) list(query string, grow func(page int)) []string {
	s.t.Helper()
	var ids []string
	for page, cursor := 0, ""; page < 50; page++ {
		var got gateway.Page
		s.do(get("/v1/records?"+query+"&cursor="+url.QueryEscape(cursor))).want(http.StatusOK, &got)
		for _, a := range got.Records {
			ids = append(ids, a.ID)
		}
		if got.Next == "" {
			return ids
		}
		cursor = got.Next
		grow(page)
	}
	s.t.Fatal("the pages do not end")
	return nil
}

func quiet(int) {}

func TestRecordsAreListedByWhatIsAskedFor(t *testing.T) {
	s, certificate, entry := filed(t, options{})
	decision := s.Decide(entry, lifecycle.Accept, "")
	c, e, d := certificate.Record.ID, entry.Record.ID, decision.Record.ID
	hour := func(n time.Duration) string {
		return url.QueryEscape(time.Now().Add(n * time.Hour).UTC().Format(time.RFC3339))
	}
	for query, want := range map[string][]string{
		"":                             {d, c, e},
		"limit=1":                      {d, c, e},
		"limit=100000":                 {d, c, e},
		"type=EntrySummary":            {e},
		"event=accept":                 {d},
		"type=EntrySummary&event=file": {e},
		"ledger=cbp":                   {d},
		"from=" + hour(-1):             {d, c, e},
		"from=" + hour(1):              nil,
		"to=" + hour(-1):               nil,
		"type=Invoice":                 nil,
	} {
		if got := s.list(query, quiet); !slices.Equal(got, want) {
			t.Errorf("?%s: %v, want %v", query, got, want)
		}
	}
}

func TestPagesStayRightWhileTheLedgersGrow(t *testing.T) {
	s := newSite(t, options{})
	var want []string
	add := func(slug string) {
		made := s.Make(s.Exporter, slug, sample.Certificate(model.NAFTA), filing.Filing{})
		s.Write(slug, made.Record.ID, made.Record)
		want = append(want, made.Record.ID)
	}
	for range 3 {
		add("trade")
	}
	got := s.list("limit=2", func(page int) {
		if page < 2 {
			add("trade")
			add("cbp")
		}
	})
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("listed %v, want each once of %v", got, want)
	}
}

func TestAForeignCursorIsRefused(t *testing.T) {
	s, _, _ := filed(t, options{})
	for _, path := range []string{"/v1/records?cursor=AAAA", "/v1/records?cursor=eyJ0cmFkZSI6ImFiYy43In0", "/v1/witness?after=AAAA", "/v1/witness/export?after=AAAA"} {
		s.do(get(path)).problem(http.StatusBadRequest, gateway.CursorMismatch)
	}
}
