package api_test

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// cachedBy answers for the trade chain as a cache in front of it does that last heard of it some time ago and has kept
// what stood there then. asked counts what the chain was asked.
type standInCache struct {
	bent  *gatewaytest.Bent
	seen  driver.Seen
	kept  map[string]*driver.Entry
	asked int
}

func cachedBy(t *testing.T) (*site, *standInCache) {
	t.Helper()
	c := &standInCache{bent: &gatewaytest.Bent{}, kept: map[string]*driver.Entry{}}
	return newSite(t, options{Options: gatewaytest.Options{Wrap: wrap(c.bent), Limits: adapters.Limits{Failures: 1000}}}), c
}

// keep keeps the newest of some keys, and has the cache answer from now on as if it had heard of the chain so long ago.
func (c *standInCache) keep(t *testing.T, old time.Duration, keys ...string) {
	t.Helper()
	head, err := c.bent.Ledger.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c.seen = driver.Seen{Block: head.Final, At: time.Now().Add(-old)}
	for _, key := range keys {
		if c.kept[key], err = c.bent.Ledger.Get(t.Context(), driver.Ref{Key: key}); driver.CodeOf(err) != driver.NotFound && err != nil {
			t.Fatal(err)
		}
	}
	c.bent.OnGet = c.get
}

func (c *standInCache) get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	terms := cache.TermsOf(ctx)
	e, kept := c.kept[ref.Key]
	fresh := terms.MaxAge == nil || time.Since(c.seen.At) <= *terms.MaxAge
	switch {
	case kept && fresh && !terms.NoCache && ref.Version == 0 && ref.Finality == driver.Final && e != nil:
		answer := *e
		answer.Seen = &c.seen
		return &answer, nil
	case kept && fresh && !terms.NoCache && ref.Version == 0 && ref.Finality == driver.Final:
		return nil, &driver.Error{Code: driver.NotFound, Err: &cache.Absent{Seen: c.seen}}
	case terms.OnlyIfCached:
		return nil, &driver.Error{Code: driver.Unavailable, Err: cache.ErrNotCached}
	}
	c.asked++
	return c.bent.Ledger.Get(ctx, ref)
}

// ageOf is an answer's Age; -1 where it has none.
func ageOf(t *testing.T, a *answer) int {
	t.Helper()
	text := a.Header.Get("Age")
	if text == "" {
		return -1
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// An answer from a cache says how old it is, and speaks of the block up to which the cache had followed the chain.
func TestAnAnswerFromACacheSaysItsAge(t *testing.T) {
	s, c := cachedBy(t)
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	path := "/v1/ledgers/trade/records/" + entry.Record.ID
	if age := ageOf(t, s.do(get(path))); age != -1 {
		t.Errorf("the chain was asked, and the answer is %d s old", age)
	}
	absent := model.NewID()
	c.keep(t, 9*time.Second, entry.Record.ID, absent)
	var a gateway.Answer
	got := s.do(get(path)).want(http.StatusOK, &a)
	if age := ageOf(t, got); age < 9 || age > 60 || c.asked > 0 {
		t.Errorf("%d s old after %d questions, want about 9 after none", age, c.asked)
	}
	if a.Verdict.Outcome != trust.Valid || a.Verdict.AsOf.Height != c.seen.Block.Height {
		t.Errorf("%+v, want it valid as of block %d", a.Verdict, c.seen.Block.Height)
	}
	again := s.do(get(path).with("If-None-Match", got.Header.Get("ETag")))
	if age := ageOf(t, again); again.Status != http.StatusNotModified || age < 9 {
		t.Errorf("%d, %d s old", again.Status, age)
	}
	if age := ageOf(t, s.do(get("/v1/records/"+entry.Record.ID+"?documents=false"))); age < 9 {
		t.Errorf("wherever it is: %d s old", age)
	}
	s.do(get("/v1/records/"+absent)).problem(http.StatusNotFound, gateway.NotFound)
}

func TestAClientSaysHowOldAnAnswerMayBe(t *testing.T) {
	s, c := cachedBy(t)
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	c.keep(t, 9*time.Second, entry.Record.ID)
	path := "/v1/ledgers/trade/records/" + entry.Record.ID
	for field, asked := range map[string]int{
		"": 0, "max-age=60": 0, "max-age=5": 1, "max-age=0": 1, "no-cache": 1, "only-if-cached": 0, "only-if-cached, max-age=60": 0,
		"max-age=none": 0, "no-store": 0, "min-fresh=60": 0, "max-stale": 0,
	} {
		c.asked = 0
		a := s.do(get(path).with("Cache-Control", field)).want(http.StatusOK, nil)
		if c.asked != asked || (ageOf(t, a) < 0) != (asked > 0) {
			t.Errorf("Cache-Control %q: the chain was asked %d times, want %d; the answer is %d s old", field, c.asked, asked, ageOf(t, a))
		}
	}
	if a := s.do(get(path+"?finality=final").with("Cache-Control", "")); ageOf(t, a) < 9 {
		t.Error("what is final comes from the cache")
	}
}

// Where no ledger is to be asked, and something is not cached that fits, there is no answer; no ledger was asked.
func TestWhatIsNotCachedIsNotAskedFor(t *testing.T) {
	s, c := cachedBy(t)
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	other := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	c.keep(t, 9*time.Second, entry.Record.ID)
	id := "/records/" + entry.Record.ID
	for path, field := range map[string]string{
		"/v1/ledgers/trade" + id:                       "only-if-cached, max-age=5",
		"/v1/ledgers/trade" + id + "?finality=latest":  "only-if-cached",
		"/v1/ledgers/trade/records/" + other.Record.ID: "only-if-cached",
		"/v1/ledgers/trade" + id + "/versions/1":       "only-if-cached, no-cache",
		"/v1/records/" + other.Record.ID:               "only-if-cached",
		"/v1/entries/" + entry.Record.ID:               "only-if-cached",
		"/v1/records":                                  "only-if-cached",
	} {
		p := s.do(get(path).with("Cache-Control", field)).problem(http.StatusGatewayTimeout, gateway.NotCached)
		if !p.Retryable {
			t.Errorf("%s: the same may be answered once somebody has asked", path)
		}
	}
	if c.asked > 0 {
		t.Errorf("the chain was asked %d times", c.asked)
	}
	p := s.do(get("/v1/records/"+other.Record.ID).with("Cache-Control", "only-if-cached")).problem(http.StatusGatewayTimeout, gateway.NotCached)
	if !slices.Contains(p.Ledgers, "trade") {
		t.Errorf("%v, want trade among them", p.Ledgers)
	}
}

// A cache that has not heard yet of what this gateway wrote, or saw by another node, makes no ledger look as if it had taken
// something back.
func TestACacheThatLagsIsNoRollback(t *testing.T) {
	s, c := cachedBy(t)
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	later := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
	c.keep(t, time.Second, entry.Record.ID, later.Record.ID)
	s.Decide(entry, lifecycle.Reject, "", "004")
	next := s.File(s.Importer, "trade", unclaimed(), filing.Filing{Previous: entry.Record})
	if a := s.onTrade(entry.Record.ID); a.Version != next.Record.Version || a.Verdict.Outcome != trust.Valid {
		t.Errorf("version %d is %s: %+v", a.Version, a.Verdict.Outcome, a.Verdict.Checks)
	}
	s.do(post("/v1/ledgers/trade/records", later.Submission())).want(http.StatusCreated, nil)
	var all gateway.RecordAnswer
	s.do(get("/v1/records/"+later.Record.ID)).want(http.StatusOK, &all)
	if len(all.Answers) != 1 || all.Answers[0].State != gateway.Current || all.Answers[0].Verdict.Outcome != trust.Valid {
		t.Errorf("%+v, want the record that was written, current and valid", all.Answers)
	}
}

// A client may ask for what is not settled yet. It is told so, nobody keeps it, and the witness log does not remember it:
// the block that takes its place is no contradiction.
func TestAClientMayAskForWhatIsNotSettled(t *testing.T) {
	s, bent, entry := provisional(t)
	path := "/v1/ledgers/trade/records/" + entry.Record.ID
	for _, query := range []string{"?finality=first", "?finality=Latest", "?finality=final,latest", "?finality=final&finality=latest"} {
		if p := s.do(get(path+query)).problem(http.StatusUnprocessableEntity, gateway.BadInput); !p.points("?finality") {
			t.Errorf("%s: %+v", query, p)
		}
	}
	s.do(get("/v1/ledgers?finality=latest")).problem(http.StatusUnprocessableEntity, gateway.BadInput)
	s.do(get(path)).problem(http.StatusNotFound, gateway.NotFound)
	var a gateway.Answer
	got := s.do(get(path+"?finality=latest")).want(http.StatusOK, &a)
	if a.Verdict.AsOf.Final || got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("asOf %+v, Cache-Control %q", a.Verdict.AsOf, got.Header.Get("Cache-Control"))
	}
	var all gateway.RecordAnswer
	s.do(get("/v1/records/"+entry.Record.ID+"?finality=latest")).want(http.StatusOK, &all)
	if len(all.Answers) != 1 || all.Answers[0].Verdict.AsOf.Final {
		t.Errorf("%+v", all)
	}
	var file gateway.EntryFile
	s.do(get("/v1/entries/"+entry.Record.ID+"?finality=latest")).want(http.StatusOK, &file)
	if file.Summary == nil || file.Summary.Verdict.AsOf.Final {
		t.Errorf("%+v", file)
	}
	bent.OnGet = nil // another block took its place: the record stands in none
	s.do(get("/v1/records/"+entry.Record.ID)).problem(http.StatusNotFound, gateway.NotFound)
}

// provisional is a site whose trade chain shows a record in its newest block, which is not final, to whoever asks for the
// latest.
func provisional(t *testing.T) (*site, *gatewaytest.Bent, gatewaytest.Filed) {
	t.Helper()
	bent := &gatewaytest.Bent{}
	s := newSite(t, options{Options: gatewaytest.Options{Wrap: wrap(bent)}})
	entry := s.Make(s.Importer, "trade", unclaimed(), filing.Filing{})
	elsewhere := gatewaytest.New(t, gatewaytest.Options{})
	elsewhere.Write("trade", entry.Record.ID, entry.Record)
	e, err := elsewhere.Trade.Get(t.Context(), driver.Ref{Key: entry.Record.ID})
	if err != nil {
		t.Fatal(err)
	}
	e.Final = false
	bent.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		if ref.Key == entry.Record.ID && ref.Finality == driver.Latest {
			return e, nil
		}
		return bent.Ledger.Get(ctx, ref)
	}
	return s, bent, entry
}

// The ledger's own cache answers so, and not only what stands in for it here.
func TestTheLedgersOwnCacheAnswersOnTheseTerms(t *testing.T) {
	s := newSite(t, options{Options: gatewaytest.Options{MaxAge: time.Minute}})
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	path := "/v1/ledgers/trade/records/" + entry.Record.ID
	cached := get(path).with("Cache-Control", "only-if-cached")
	for until := time.Now().Add(20 * time.Second); ageOf(t, s.do(get(path))) < 0; {
		if time.Now().After(until) {
			t.Fatal("the cache never answers")
		}
		time.Sleep(10 * time.Millisecond)
	}
	if a := s.do(cached).want(http.StatusOK, nil); ageOf(t, a) < 0 {
		t.Error("only what is cached was asked for, and the answer has no age")
	}
	if a := s.do(get(path).with("Cache-Control", "no-cache")).want(http.StatusOK, nil); ageOf(t, a) >= 0 {
		t.Error("the ledger was to be asked, and the answer has an age")
	}
	s.do(cached.with("Cache-Control", "only-if-cached, no-cache")).problem(http.StatusGatewayTimeout, gateway.NotCached)
}
