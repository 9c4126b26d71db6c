package api_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// The tests of this file are named for the risks of the OWASP API Security Top 10 of 2023.

// Nobody signs in yet, and whoever reaches loopback may read. What is held now is whose records one may write: a filer's
// are the filer's, and customs' are customs'.
func TestOWASP_API1_BrokenObjectLevelAuthorization(t *testing.T) {
	s := newSite(t, options{})
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	s.Decide(entry, lifecycle.Reject, "", "004")
	rival := s.newcomer()
	for name, c := range map[string]struct {
		slug string
		made gatewaytest.Filed
	}{
		"another filer files the next version": {"trade", s.Make(rival, "trade", unclaimed(), filing.Filing{Previous: entry.Record})},
		"a filer decides on its own entry": {"cbp", s.Make(s.Importer, "cbp", &model.EntryDisposition{
			Entry: entry.Pin(), Action: model.ActionAccept, DecidedOn: model.DateOf(time.Now())}, filing.Filing{})},
	} {
		t.Run(name, func(t *testing.T) {
			before := s.Count(c.slug)
			p := s.do(post("/v1/ledgers/"+c.slug+"/records", map[string]any{"record": c.made.Submission().Record})).
				problem(http.StatusUnprocessableEntity, gateway.RuleBroken)
			if !p.points("/record/issuer") || s.Count(c.slug) != before {
				t.Errorf("%+v, and %d versions written", p, s.Count(c.slug)-before)
			}
		})
	}
}

// Content of what is invalid, and where a capability leads to, are shown to nobody who did not ask or has no use for it.
func TestOWASP_API3_BrokenObjectPropertyLevelAuthorization(t *testing.T) {
	s, certificate, entry := filed(t, options{})
	if err := s.Evidence.Alter(certificate.Document); err != nil {
		t.Fatal(err)
	}
	body := s.do(get("/v1/entries/"+entry.Record.ID)).want(http.StatusOK, nil).Body
	for _, secret := range []string{"Arneses del Norte", certificate.Document.Salt} {
		if bytes.Contains(body, []byte(secret)) {
			t.Errorf("the altered certificate's %q is shown", secret)
		}
	}
	held := s.do(get("/v1/capabilities")).want(http.StatusOK, nil).Body
	if bytes.Contains(held, []byte("invocationTarget")) || bytes.Contains(held, []byte(s.Importer.Collection.Target)) {
		t.Errorf("the list of capabilities tells where they lead: %s", held)
	}
}

func TestOWASP_API4_UnrestrictedResourceConsumption(t *testing.T) {
	s := newSite(t, options{})
	for range 3 {
		s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	}
	t.Run("a body above the limit", func(t *testing.T) {
		s.do(post("/v1/verify", bytes.Repeat([]byte(" "), 7<<20))).problem(http.StatusRequestEntityTooLarge, api.CodeTooLarge)
	})
	t.Run("JSON that is deep, or has very many values", func(t *testing.T) {
		for _, body := range []string{strings.Repeat(`{"record":`, 100_000), `{"previous":[` + strings.Repeat(`{},`, 300_000) + `{}]}`} {
			s.do(post("/v1/verify", []byte(body))).problem(http.StatusUnprocessableEntity, gateway.BadInput)
		}
	})
	t.Run("a compressed body is not inflated", func(t *testing.T) {
		var bomb bytes.Buffer
		z := gzip.NewWriter(&bomb)
		_, _ = z.Write(bytes.Repeat([]byte(" "), 64<<20))
		_ = z.Close()
		s.do(post("/v1/verify", bomb.Bytes()).with("Content-Encoding", "gzip")).problem(http.StatusUnprocessableEntity, gateway.BadInput)
	})
	t.Run("a page of a million", func(t *testing.T) {
		var page gateway.Page
		s.do(get("/v1/records?limit=1000000")).want(http.StatusOK, &page)
		s.do(get("/v1/witness?limit=1000000")).want(http.StatusOK, nil)
		s.do(get("/v1/records?limit=99999999999999999999")).problem(http.StatusUnprocessableEntity, gateway.BadInput)
	})
	t.Run("a cursor that is long", func(t *testing.T) {
		s.do(get("/v1/records?cursor="+strings.Repeat("A", 100<<10))).problem(http.StatusBadRequest, gateway.CursorMismatch)
	})
}

// A capability may name any address. It is judged when it is dialled: only public ones, and those that are allowed.
func TestOWASP_API7_ServerSideRequestForgery(t *testing.T) {
	for name, c := range map[string]struct {
		private []netip.Prefix
		want    trust.Outcome
	}{
		"private addresses are not allowed": {nil, trust.Undetermined},
		"others are allowed":                {[]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, trust.Undetermined},
		"this one is allowed":               {[]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, trust.Valid},
	} {
		t.Run(name, func(t *testing.T) {
			s, _, entry := filed(t, options{})
			s.Config.Evidence = s.Fetcher(c.private...)
			s.Gateway.Evidence = s.Config.Evidence
			asked := s.Evidence.Asked.Load()
			file := s.open("/v1/entries/" + entry.Record.ID)
			if got := check(file.Summary.Verdict, trust.Evidence); got.Outcome != c.want {
				t.Errorf("%+v, want %s", got, c.want)
			}
			if fetched := s.Evidence.Asked.Load() > asked; fetched != (c.want == trust.Valid) {
				t.Errorf("the address was asked: %t", fetched)
			}
		})
	}
}

// A server that a capability leads to may point elsewhere: nobody goes there.
func TestOWASP_API7_RedirectsAreNotFollowed(t *testing.T) {
	s, _, entry := filed(t, options{})
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed") }))
	defer inside.Close()
	s.Evidence.Answer(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, inside.URL, http.StatusFound) })
	file := s.open("/v1/entries/" + entry.Record.ID)
	if c := check(file.Summary.Verdict, trust.Evidence); c.Outcome != trust.Undetermined || !strings.Contains(c.Reason, "redirect") {
		t.Errorf("%+v", c)
	}
}

func TestOWASP_API8_SecurityMisconfiguration(t *testing.T) {
	s := newSite(t, options{})
	for _, path := range []string{"/debug/vars", "/debug/pprof/heap", "/.env", "/v1/ledgers/../../etc/passwd", "/schemas/..%2f..%2fgo.mod"} {
		if a := s.do(get(path)); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
	for _, method := range []string{http.MethodTrace, http.MethodConnect, http.MethodOptions, "PROPFIND"} {
		if method == http.MethodConnect {
			continue // the client speaks it to proxies only
		}
		s.do(call{method: method, path: "/v1/ledgers"}).problem(http.StatusMethodNotAllowed, api.CodeNoMethod)
	}
	a := s.do(get("/v1/ledgers").with("Origin", "https://attacker.example")).want(http.StatusOK, nil)
	if got := a.Header.Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("answers are shared with %q", got)
	}
	if got := a.Header.Get("Cache-Control"); got != "private, no-cache" {
		t.Errorf("answers may be shared, or used without asking: %q", got)
	}
}

// Every path that is served is described, and nothing else is served.
func TestOWASP_API9_ImproperInventoryManagement(t *testing.T) {
	TestEveryRouteIsDescribedAndEveryDescriptionIsARoute(t)
}

// What a ledger answers is judged, whatever it is: no answer of it makes an error of ours, or passes for a record.
func TestOWASP_API10_UnsafeConsumptionOfLedgers(t *testing.T) {
	bent := &gatewaytest.Bent{}
	s := newSite(t, options{Options: gatewaytest.Options{Wrap: wrap(bent)}})
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	id := entry.Record.ID
	for name, body := range map[string][]byte{
		"nothing":                nil,
		"no JSON":                []byte("\x00\xff<html>"),
		"a number":               []byte("7"),
		"another object":         []byte(`{"id":"` + id + `"}`),
		"a key twice":            bytes.Replace(entry.Record.Bytes, []byte(`"event":"file"`), []byte(`"event":"file","event":"accept"`), 1),
		"very deep":              []byte(strings.Repeat(`{"a":`, 100_000)),
		"very large":             append(bytes.Clone(entry.Record.Bytes), bytes.Repeat([]byte(" "), 8<<20)...),
		"a name without end":     []byte(`{"` + strings.Repeat("<script>", 50_000) + `":1}`),
		"a record with one flaw": bytes.Replace(entry.Record.Bytes, []byte(`"version":1`), []byte(`"version":2`), 1),
	} {
		t.Run(name, func(t *testing.T) {
			bent.OnGet = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
				e, err := bent.Ledger.Get(ctx, ref)
				if err == nil {
					e.Body = body
				}
				return e, err
			}
			for _, path := range []string{"/v1/records/" + id, "/v1/entries/" + id, "/v1/ledgers/trade/records/" + id} {
				a := s.do(get(path)).want(http.StatusOK, nil)
				if !bytes.Contains(a.Body, []byte(`"outcome":"invalid"`)) || len(a.Body) > 10_000 {
					t.Errorf("%s: %d bytes: %.2000s", path, len(a.Body), a.Body)
				}
			}
		})
	}
}

// What an evidence server answers is the recorded document, or it is not taken.
func TestOWASP_API10_UnsafeConsumptionOfEvidenceServers(t *testing.T) {
	s, _, entry := filed(t, options{})
	endless := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", model.MediaType)
		for r.Context().Err() == nil {
			if _, err := fmt.Fprint(w, strings.Repeat("x", 1<<20)); err != nil {
				return
			}
		}
	}
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   trust.Outcome
	}{
		"a refusal":         {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, trust.Undetermined},
		"a failure":         {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, trust.Undetermined},
		"a page":            {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>sign in</html>") }, trust.Undetermined},
		"an endless answer": {endless, trust.Undetermined},
		"another document": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", model.MediaType)
			fmt.Fprint(w, `{"some":"document"}`)
		}, trust.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			s.Evidence.Answer(c.answer)
			summary := s.open("/v1/entries/" + entry.Record.ID).Summary
			if got := check(summary.Verdict, trust.Evidence); got.Outcome != c.want || summary.Document != nil {
				t.Errorf("%+v, document %d bytes; want %s and none", got, len(summary.Document), c.want)
			}
		})
	}
}
