package gateway_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

// list takes pages to the end. After each, grow may write more.
func list(t *testing.T, w *gatewaytest.World, f gateway.Filter, grow func(page int)) []gateway.Answer {
	t.Helper()
	var all []gateway.Answer
	for page := 0; ; page++ {
		if page > 100 {
			t.Fatal("the pages do not end")
		}
		p, err := w.Gateway.Records(w.Context(), f, gateway.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if limit := max(f.Limit, 1); f.Limit > 0 && len(p.Records) > limit {
			t.Fatalf("%d records on a page of %d", len(p.Records), limit)
		}
		all = append(all, p.Records...)
		if p.Next == "" {
			return all
		}
		f.After = p.Next
		grow(page)
	}
}

func quiet(int) {}

func ids(answers []gateway.Answer) []string {
	all := make([]string, len(answers))
	for i, a := range answers {
		all[i] = a.ID
	}
	return all
}

func TestAListIsFiltered(t *testing.T) {
	w, certificate, entry := filed(t)
	rejection := w.Decide(entry, lifecycle.Reject, "", "004")
	refiled := w.File(w.Importer, "trade", sample.Summary(model.USMCA, certificate.Pin()), filing.Filing{Previous: entry.Record})
	c, e, d := certificate.Record.ID, entry.Record.ID, rejection.Record.ID
	at := refiled.Receipt.ChainTime.Time()
	for name, f := range map[string]struct {
		gateway.Filter
		want []string // cbp before trade, each in its own order
	}{
		"nothing asked for":     {gateway.Filter{}, []string{d, c, e, e}},
		"by type":               {gateway.Filter{Type: model.TypeEntrySummary}, []string{e, e}},
		"by event":              {gateway.Filter{Event: "reject"}, []string{d}},
		"by type and event":     {gateway.Filter{Type: model.TypeEntrySummary, Event: "refile"}, []string{e}},
		"by ledger":             {gateway.Filter{Ledger: "trade"}, []string{c, e, e}},
		"until before them all": {gateway.Filter{Until: at.Add(-time.Hour)}, nil},
		"from after them all":   {gateway.Filter{From: at.Add(time.Hour)}, nil},
		"from and until":        {gateway.Filter{From: at.Add(-time.Hour), Until: at.Add(time.Hour)}, []string{d, c, e, e}},
		"what there is none of": {gateway.Filter{Event: "withdraw"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			for _, limit := range []int{0, 1, 3} {
				f.Limit = limit
				if got := ids(list(t, w, f.Filter, quiet)); !slices.Equal(got, f.want) {
					t.Errorf("pages of %d: %v, want %v", limit, got, f.want)
				}
			}
		})
	}
}

// Nothing is missed and nothing repeated while the ledgers grow under the reader's hands.
func TestPagesStayRightWhileTheLedgersGrow(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	var want []string
	add := func(slug string) {
		raw := w.Make(w.Exporter, slug, sample.Certificate(model.NAFTA), filing.Filing{})
		w.Write(slug, raw.Record.ID, raw.Record)
		want = append(want, raw.Record.ID)
	}
	for range 5 {
		add("trade")
	}
	got := ids(list(t, w, gateway.Filter{Limit: 2}, func(page int) {
		if page < 3 {
			add("trade")
			add("cbp")
		}
	}))
	for _, id := range want {
		if n := count(got, id); n != 1 {
			t.Errorf("%s is listed %d times", id, n)
		}
	}
}

func count(all []string, id string) (n int) {
	for _, have := range all {
		if have == id {
			n++
		}
	}
	return n
}

func TestALedgerThatIsDownKeepsItsPlaceInTheList(t *testing.T) {
	w, certificate, entry := filed(t)
	decision := w.Decide(entry, lifecycle.Accept, "")
	w.Stop("trade")
	page, err := w.Gateway.Records(w.Context(), gateway.Filter{}, gateway.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := ids(page.Records); !slices.Equal(got, []string{decision.Record.ID}) || page.Next == "" {
		t.Errorf("%v, next %q; want customs' decision, and a way to go on", got, page.Next)
	}
	if s := page.Sources[1]; s.Ledger != "trade" || s.State != gateway.Unavailable || s.Error != "unavailable" {
		t.Errorf("source %+v, want trade to be named unavailable", s)
	}
	w.Start("trade")
	rest := list(t, w, gateway.Filter{After: page.Next}, quiet)
	if got := ids(rest); !slices.Equal(got, []string{certificate.Record.ID, entry.Record.ID}) {
		t.Errorf("then %v", got)
	}
}

func TestAPageNamesTheLedgersWhoseTurnComesLater(t *testing.T) {
	w, _, entry := filed(t)
	w.Decide(entry, lifecycle.Accept, "")
	page, err := w.Gateway.Records(w.Context(), gateway.Filter{Limit: 1}, gateway.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if page.Sources[0].State != gateway.Answered || page.Sources[1].State != gateway.NotAsked {
		t.Errorf("sources %+v, want cbp answered and trade not asked", page.Sources)
	}
}

// A chain's run of changes may be empty and still move on: there is more behind it.
func TestAnEmptyBatchThatMovesOnIsNotTheEnd(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	certificate, entry := fileIn(w)
	b.OnChanges = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
		if after == "" {
			begin, err := b.Ledger.Head(ctx)
			return &driver.Batch{Next: driver.Cursor(begin.ChainID + ".0")}, err
		}
		return b.Ledger.Changes(ctx, after, limit, wait)
	}
	got := ids(list(t, w, gateway.Filter{Ledger: "trade"}, quiet))
	if !slices.Equal(got, []string{certificate.Record.ID, entry.Record.ID}) {
		t.Errorf("%v", got)
	}
}

func TestALedgerThatMovesOnForEverEndsAPage(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	calls := 0
	b.OnChanges = func(context.Context, driver.Cursor, int, time.Duration) (*driver.Batch, error) {
		calls++
		return &driver.Batch{Next: driver.Cursor(model.NewID())}, nil
	}
	page, err := w.Gateway.Records(w.Context(), gateway.Filter{Ledger: "trade"}, gateway.Options{})
	if err != nil || page.Next == "" || calls > 200 {
		t.Errorf("%+v, %v after %d calls", page, err, calls)
	}
}

// A ledger that answers, and takes its time each time, ends a page while there is time left for the last answer, whatever the
// budget is; and the page after it goes on.
func TestASlowLedgerEndsAPage(t *testing.T) {
	for budget, most := range map[time.Duration]int{15 * time.Second: 3, 30 * time.Second: 5, 9 * time.Second: 2} {
		t.Run(budget.String(), func(t *testing.T) {
			w, b := bent(t, gatewaytest.Options{})
			now, calls := time.Now(), 0
			w.Config.Now, w.Config.Budget = func() time.Time { return now }, budget
			g, err := gateway.New(w.Config)
			if err != nil {
				t.Fatal(err)
			}
			b.OnChanges = func(context.Context, driver.Cursor, int, time.Duration) (*driver.Batch, error) {
				now, calls = now.Add(4*time.Second), calls+1
				return &driver.Batch{Next: driver.Cursor(model.NewID())}, nil
			}
			var before string
			for range 2 {
				page, err := g.Records(w.Context(), gateway.Filter{Ledger: "trade", After: before}, gateway.Options{})
				if err != nil || page.Next == "" || page.Next == before || calls != most {
					t.Fatalf("%+v, %v after %d calls of four seconds each, want %d", page, err, calls, most)
				}
				before, calls = page.Next, 0
			}
		})
	}
}

func TestALedgerWithoutChangesEndsTheList(t *testing.T) {
	w, b := bent(t, gatewaytest.Options{})
	b.Fail(driver.Errorf(driver.Unsupported, "no changes here"))
	page, err := w.Gateway.Records(w.Context(), gateway.Filter{}, gateway.Options{})
	if err != nil || page.Next != "" || page.Sources[1].State != gateway.NotGiven {
		t.Errorf("%+v, %v: want the end, and the ledger named", page, err)
	}
}

func TestWhatIsNoCursorIsRefused(t *testing.T) {
	w, _, _ := filed(t)
	for name, cursor := range map[string]string{
		"no base64":            "***",
		"no JSON":              "AAAA",
		"null":                 "bnVsbA",
		"of another type":      "WzFd",                       // [1]
		"of no chain":          "eyJ0cmFkZSI6Im5vd2hlcmUifQ", // {"trade":"nowhere"}
		"of a chain made anew": "eyJ0cmFkZSI6ImFiYy43In0",    // {"trade":"abc.7"}
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.Gateway.Records(w.Context(), gateway.Filter{After: cursor}, gateway.Options{})
			problemOf(t, err, gateway.CursorMismatch)
		})
	}
	_, err := w.Gateway.Records(w.Context(), gateway.Filter{Ledger: "nowhere"}, gateway.Options{})
	problemOf(t, err, gateway.NoSuchLedger)
}

// What stands on a ledger and is no record is listed as what it is.
func TestGarbageIsListedAndJudged(t *testing.T) {
	w := gatewaytest.New(t, gatewaytest.Options{})
	w.WriteRaw("trade", model.NewID(), []byte("\xff\x00 no JSON"))
	w.WriteRaw("trade", "no id at all", []byte(`{"some":"JSON"}`))
	for _, a := range list(t, w, gateway.Filter{}, quiet) {
		if a.Verdict.Outcome != "invalid" || a.Record != nil || a.Type != "" {
			t.Errorf("%+v, want invalid, without content", a)
		}
	}
	if got := list(t, w, gateway.Filter{Type: model.TypeEntrySummary}, quiet); len(got) != 0 {
		t.Errorf("%d of them pass for entry summaries", len(got))
	}
}
