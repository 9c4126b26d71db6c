package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust"
)

// through is how a second gateway reads a ledger that a server at an address shows.
func through(address, slug string) gatewaytest.Reader {
	return gatewaytest.Reader{Config: adapters.Config{Slug: slug, URL: "ledger+" + address + "/v1/ledgers/" + slug + "/native/"}}
}

// beside serves another gateway of the same world over HTTP.
func (s *site) beside(readers ...gatewaytest.Reader) *site {
	s.t.Helper()
	return s.besideIt(s.Second(readers...))
}

func (s *site) besideIt(g *gateway.Gateway) *site {
	next := &site{World: s.World, t: s.t, log: &journal{}}
	next.serve(api.Config{Gateway: g})
	return next
}

// row is a gateway with a filed entry, and a second one that reads trade and cbp through it.
func row(t *testing.T) (first, second *site, entry gatewaytest.Filed) {
	first, _, entry = filed(t, options{})
	return first, first.beside(through(first.server.URL, "trade"), through(first.server.URL, "cbp")), entry
}

func (s *site) entryFile(id string) (file gateway.EntryFile) {
	s.t.Helper()
	s.do(get("/v1/entries/"+id)).want(http.StatusOK, &file)
	return file
}

func (s *site) onTrade(id string) (a gateway.Answer) {
	s.t.Helper()
	s.do(get("/v1/ledgers/trade/records/"+id)).want(http.StatusOK, &a)
	return a
}

func lineOf(v trust.Verdict, name string) trust.Check {
	i := slices.IndexFunc(v.Checks, func(c trust.Check) bool { return c.Name == name })
	if i < 0 {
		return trust.Check{}
	}
	return v.Checks[i]
}

// Two gateways in a row: the second one finds, reads and judges what the first one's chain holds, and says where it is
// from.
func TestAGatewayReadsThroughAnother(t *testing.T) {
	first, second, entry := row(t)
	var found gateway.Found
	second.do(find(sample.EntryUSMCA)).want(http.StatusOK, &found)
	if !slices.Equal(found.Entries, []string{entry.Record.ID}) {
		t.Fatalf("%+v", found)
	}
	file := second.entryFile(entry.Record.ID)
	if file.Outcome != trust.Valid || file.Summary.URI != first.URI("trade") || file.Summary.Document == nil || len(file.Linked) != 1 {
		t.Errorf("outcome %s %v, summary of %s, %d linked", file.Outcome, file.Reasons, file.Summary.URI, len(file.Linked))
	}
	var direct, behind gateway.LedgerState
	first.do(get("/v1/ledgers/trade")).want(http.StatusOK, &direct)
	second.do(get("/v1/ledgers/trade")).want(http.StatusOK, &behind)
	if len(direct.Via) != 0 || !slices.Equal(behind.Via, []string{first.Gateway.Name()}) {
		t.Errorf("via %v and %v", direct.Via, behind.Via)
	}
	if behind.URI != direct.URI || behind.Kind != direct.Kind || behind.AsOf.Height != direct.AsOf.Height || behind.WriteMode != "none" {
		t.Errorf("%+v of\n%+v", behind, direct)
	}
	third := second.beside(through(second.server.URL, "trade"))
	third.do(get("/v1/ledgers/trade")).want(http.StatusOK, &behind)
	if len(behind.Via) != 2 || behind.Via[1] != first.Gateway.Name() || third.onTrade(entry.Record.ID).Verdict.Outcome != trust.Valid {
		t.Errorf("of three in a row: %v", behind.Via)
	}
}

// What the first gateway thinks of a record is its own affair: each knows its own people.
func TestEachGatewayJudgesForItself(t *testing.T) {
	var known *trust.Participants
	nobody, _ := trust.LoadParticipants(t.TempDir(), trust.Issuers{})
	first, _, entry := filed(t, options{})
	known = first.Config.Participants
	first.Config.Participants = nobody
	ignorant := first.besideIt(first.Afresh())
	first.Config.Participants = known
	second := ignorant.beside(through(ignorant.server.URL, "trade"))
	for name, c := range map[string]struct {
		at   *site
		want trust.Outcome
	}{"the first, which knows nobody": {ignorant, trust.Undetermined}, "the second, which reads through it": {second, trust.Valid}} {
		if v := c.at.onTrade(entry.Record.ID).Verdict; v.Outcome != c.want && (c.want == trust.Valid || v.Outcome == trust.Valid) {
			t.Errorf("%s: %s %+v", name, v.Outcome, v.Checks)
		}
	}
	first.Config.Participants = nobody
	careful := first.beside(through(first.server.URL, "trade"))
	if v := careful.onTrade(entry.Record.ID).Verdict; v.Outcome == trust.Valid {
		t.Errorf("%s, where the one before says valid and nobody is known here", v.Outcome)
	}
}

// crooked stands between two gateways and does to the first one's answers what a test tells it.
type crooked struct {
	honest http.Handler
	bend   atomic.Pointer[func(op protocol.Operation, w *httptest.ResponseRecorder)]
}

func (c *crooked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	said := httptest.NewRecorder()
	c.honest.ServeHTTP(said, r)
	if bend := c.bend.Load(); bend != nil {
		(*bend)(protocol.Operation(r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]), said)
	}
	for name, values := range said.Header() {
		w.Header()[name] = values
	}
	w.Header().Del("Content-Length")
	w.WriteHeader(said.Code)
	_, _ = w.Write(said.Body.Bytes())
}

// edit changes the text of an entry's body where it is read.
func edit(old, by string) func(protocol.Operation, *httptest.ResponseRecorder) {
	return func(op protocol.Operation, w *httptest.ResponseRecorder) {
		var e protocol.Entry
		if op != protocol.OpGet || json.Unmarshal(w.Body.Bytes(), &e) != nil {
			return
		}
		e.Body = bytes.Replace(e.Body, []byte(old), []byte(by), 1)
		w.Body.Reset()
		_ = json.NewEncoder(w.Body).Encode(e)
	}
}

// A gateway that lies is found out as any node is, or believed in nothing.
func TestAGatewayThatLiesIsFoundOut(t *testing.T) {
	first, _, entry := filed(t, options{})
	between := &crooked{honest: first.handler}
	server := httptest.NewServer(between)
	t.Cleanup(server.Close)
	second := first.beside(through(server.URL, "trade"))
	id := entry.Record.ID
	if v := second.onTrade(id).Verdict; v.Outcome != trust.Valid {
		t.Fatalf("%s before it lies: %+v", v.Outcome, v.Checks)
	}
	lie := func(how func(protocol.Operation, *httptest.ResponseRecorder)) { between.bend.Store(&how) }

	lie(edit(`"issued":"202`, `"issued":"203`))
	if a := second.onTrade(id); a.Verdict.Outcome != trust.Invalid || lineOf(a.Verdict, trust.Proof).Outcome != trust.Invalid || a.Record != nil {
		t.Errorf("an altered record: %s %+v", a.Verdict.Outcome, a.Verdict.Checks)
	}
	lie(func(op protocol.Operation, w *httptest.ResponseRecorder) {
		if op == protocol.OpGet {
			text := bytes.Replace(w.Body.Bytes(), []byte("{"), []byte(`{"verdict":{"outcome":"invalid"},"outcome":"invalid",`), 1)
			w.Body = bytes.NewBuffer(text)
		}
	})
	if v := second.onTrade(id).Verdict; v.Outcome != trust.Valid {
		t.Errorf("a verdict of its own: %s", v.Outcome)
	}
	lie(func(op protocol.Operation, w *httptest.ResponseRecorder) {
		if op == protocol.OpGet || op == protocol.OpVersions {
			w.Code, w.Body = http.StatusNotFound, bytes.NewBufferString(`{"type":"x","title":"x","status":404,"code":"not-found"}`)
			w.Header().Set("Content-Type", protocol.ProblemType)
		}
	})
	var answer gateway.RecordAnswer
	second.do(get("/v1/records/"+id)).want(http.StatusOK, &answer)
	if len(answer.Answers) != 1 || answer.Answers[0].State != gateway.Stale {
		t.Errorf("what was seen is hidden: %+v", answer.Answers)
	}
	lie(func(_ protocol.Operation, w *httptest.ResponseRecorder) {
		w.Header().Set(protocol.LedgerHeader, "urn:uuid:other")
	})
	second.do(get("/v1/ledgers/trade/records/"+id)).problem(http.StatusServiceUnavailable, gateway.Code(driver.Unavailable))
}

// A chain's own proof is worth the same whoever hands it on.
func TestAProofIsGoodThroughAGateway(t *testing.T) {
	first, _, entry := filed(t, options{})
	for name, c := range map[string]struct {
		anchors driver.Anchors
		want    trust.Outcome
	}{
		"of the chain":       {first.Chain("trade").Anchors(), trust.Valid},
		"of another chain":   {memory.NewChain(memory.Options{}).Anchors(), trust.Invalid},
		"of no chain at all": {driver.Anchors(`[]`), trust.Undetermined},
	} {
		reader := through(first.server.URL, "trade")
		reader.Anchors, reader.Require = c.anchors, append(slices.Clone(adapters.DefaultRequire), trust.Inclusion)
		second := first.beside(reader)
		if v := second.onTrade(entry.Record.ID).Verdict; v.Outcome != c.want || lineOf(v, trust.Inclusion).Outcome != c.want {
			t.Errorf("anchors %s: %s, %+v", name, v.Outcome, lineOf(v, trust.Inclusion))
		}
		var p api.Proven
		second.do(get("/v1/ledgers/trade/records/"+entry.Record.ID+"/versions/1/proof")).want(http.StatusOK, &p)
	}
}

// Whatever becomes of the gateway in front, the one behind it says that it could not ask, and never that there is nothing.
func TestAnOutageInARowIsNoAbsence(t *testing.T) {
	for name, breaks := range map[string]func(first *site){
		"the chain is down":     func(first *site) { first.Stop("trade") },
		"the gateway is gone":   func(first *site) { first.server.Close() },
		"the gateway is silent": func(first *site) { first.server.Config.Handler = http.HandlerFunc(dead) },
		"the ledger is not configured any more": func(first *site) {
			first.server.Config.Handler = http.StripPrefix("/v1/ledgers", first.handler)
		},
	} {
		t.Run(name, func(t *testing.T) {
			first, second, entry := row(t)
			if file := second.entryFile(entry.Record.ID); file.Outcome != trust.Valid {
				t.Fatalf("%s before", file.Outcome)
			}
			unseen := first.beside(through(first.server.URL, "trade"))
			breaks(first)
			unseen.do(get("/v1/ledgers/trade/records/"+entry.Record.ID)).problem(http.StatusServiceUnavailable, gateway.Code(driver.Unavailable))
			p := unseen.do(get("/v1/records/"+entry.Record.ID)).problem(http.StatusServiceUnavailable, gateway.NotFoundSoFar)
			if !p.Retryable || !slices.Equal(p.Ledgers, []string{"trade"}) {
				t.Errorf("%+v", p)
			}
			if file := second.entryFile(entry.Record.ID); file.Outcome != trust.Undetermined {
				t.Errorf("what was seen before is %s now: %v", file.Outcome, file.Reasons)
			}
		})
	}
}

// dead ends a connection without an answer.
func dead(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// A gateway that comes back is asked again without anybody's doing. One that was away when the next one was started has
// told nothing of its ledger yet.
func TestAGatewayThatComesBackIsAskedAgain(t *testing.T) {
	first, _, entry := filed(t, options{})
	var up atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !up.Load() {
			dead(w, r)
		}
		first.handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	second := first.beside(through(server.URL, "trade"))
	second.do(get("/v1/records/"+entry.Record.ID)).problem(http.StatusServiceUnavailable, gateway.NotFoundSoFar)
	for _, is := range []bool{true, false, true} {
		up.Store(is)
		want := map[bool]int{true: http.StatusOK, false: http.StatusServiceUnavailable}[is]
		second.soon(get("/v1/ledgers/trade/records/"+entry.Record.ID), want)
	}
}

// soon asks until the status is as wanted: a breaker tries now and then only whether a ledger is back.
func (s *site) soon(c call, want int) {
	s.t.Helper()
	a := s.do(c)
	for began := time.Now(); a.Status != want && time.Since(began) < 15*time.Second; {
		time.Sleep(20 * time.Millisecond)
		a = s.do(c)
	}
	if a.Status != want {
		s.t.Errorf("%s %s: %d, want %d: %s", c.method, c.path, a.Status, want, a.Body)
	}
}

// One chain, reached by its node and through a gateway, is one chain: what both show is shown once, and the gateway that
// shows it otherwise is contradicted.
func TestAChainAndItsMirrorThroughAGatewayAreOne(t *testing.T) {
	first, _, entry := filed(t, options{})
	between := &crooked{honest: first.handler}
	server := httptest.NewServer(between)
	t.Cleanup(server.Close)
	mirror := through(server.URL, "trade")
	mirror.Slug, mirror.Mirror = "mirror", true
	direct, err := first.Chain("trade").Connect(nil)
	if err != nil {
		t.Fatal(err)
	}
	second := first.beside(gatewaytest.Reader{Config: adapters.Config{Slug: "trade"}, Chain: direct}, mirror)
	file := second.entryFile(entry.Record.ID)
	if file.Outcome != trust.Valid || file.Summary.Ledger != "trade" || len(file.Versions) != 1 || len(file.Linked) != 1 || len(file.Findings) != 0 {
		t.Errorf("%s %v, summary of %s, %d versions, findings %v", file.Outcome, file.Reasons, file.Summary.Ledger, len(file.Versions), file.Findings)
	}
	bend := edit(`"issued":"202`, `"issued":"203`)
	between.bend.Store(&bend)
	file = second.entryFile(entry.Record.ID)
	if file.Outcome != trust.Valid || len(file.Findings)+len(file.Summary.Findings) == 0 {
		t.Errorf("with a mirror that lies: %s %v, findings %v", file.Outcome, file.Reasons, file.Findings)
	}
	server.Close()
	file = second.entryFile(entry.Record.ID)
	if file.Summary.Verdict.Outcome != trust.Valid || !slices.ContainsFunc(file.Reasons, func(r string) bool { return strings.Contains(r, "mirror could not be asked") }) {
		t.Errorf("without the mirror: %s %v", file.Summary.Verdict.Outcome, file.Reasons)
	}
}

// Two gateways that read through each other notice at the first turn: each is asked once, and the answer is an outage.
func TestGatewaysThatReadThroughEachOtherStopAtOnce(t *testing.T) {
	w := newSite(t, options{})
	var doors [2]door
	for i := range doors {
		server := httptest.NewServer(&doors[i])
		t.Cleanup(server.Close)
		doors[i].address = server.URL
	}
	first := w.beside(through(doors[1].address, "trade"))
	doors[0].open(first.handler)
	second := w.beside(through(doors[0].address, "trade"))
	doors[1].open(second.handler)
	doors[0].asked.Store(0)
	doors[1].asked.Store(0)

	began := time.Now()
	first.do(get("/v1/ledgers/trade/records/"+model.NewID())).problem(http.StatusServiceUnavailable, gateway.Code(driver.Unavailable))
	first.do(get("/v1/records/"+model.NewID())).problem(http.StatusServiceUnavailable, gateway.NotFoundSoFar)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s to notice", took)
	}
	if a, b := doors[0].asked.Load(), doors[1].asked.Load(); a == 0 || a > 4 || b > 4 {
		t.Errorf("the first was asked %d times and the second %d times for two questions", a, b)
	}
}

// door is an address before anybody answers there.
type door struct {
	address string
	behind  atomic.Pointer[http.Handler]
	asked   atomic.Int32
}

func (d *door) open(h http.Handler) { d.behind.Store(&h) }

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.asked.Add(1)
	h := d.behind.Load()
	if h == nil {
		dead(w, r)
	}
	(*h).ServeHTTP(w, r)
}

// A second gateway follows a chain through the first one, and hears of a record when it is final.
func TestChangesArriveThroughAGateway(t *testing.T) {
	first, second, _ := row(t)
	l, err := driver.Open(t.Context(), "ledger+"+second.server.URL+native, driver.Env{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	h, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	heard := make(chan *driver.Batch, 1)
	go func() {
		b, err := l.Changes(ctx, h.Cursor, 0, 30*time.Second)
		if err != nil {
			t.Error(err)
		}
		heard <- b
	}()
	made := first.File(first.Importer, "trade", unclaimed(), filing.Filing{})
	if b := <-heard; b == nil || len(b.Entries) != 1 || b.Entries[0].Key != made.Record.ID {
		t.Errorf("%+v", b)
	}
}
