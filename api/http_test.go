package api_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

func TestUnknownPathsAndMethodsAreProblems(t *testing.T) {
	s := newSite(t, options{})
	for _, path := range []string{"/", "/v1", "/v1/", "/v2/entries", "/v1/entries", "/v1/records/a/b", "/v1/ledgers/", "/favicon.ico", "/debug/pprof/", "//v1/ledgers"} {
		s.do(get(path)).problem(http.StatusNotFound, api.CodeNoRoute)
	}
	for c, allow := range map[string]string{
		"DELETE /v1/records": "GET", "PUT /v1/entries/find": "GET,POST", "PATCH /v1/ledgers/trade/records": "POST",
		"POST /v1/witness": "GET", "TRACE /healthz": "GET", "PUT /v1/capabilities": "GET,POST", "BREW /v1/ledgers": "GET",
	} {
		method, path, _ := strings.Cut(c, " ")
		a := s.do(call{method: method, path: path})
		a.problem(http.StatusMethodNotAllowed, api.CodeNoMethod)
		if got := strings.Join(a.Header.Values("Allow"), ","); got != allow {
			t.Errorf("%s: allowed are %q, want %q", c, got, allow)
		}
	}
}

func TestHeadAnswersAsGetWithoutContent(t *testing.T) {
	s, _, entry := filed(t, options{})
	for path, status := range map[string]int{"/v1/entries/" + entry.Record.ID: 200, "/v1/ledgers": 200, "/healthz": 200, "/v1/records/" + model.NewID(): 404} {
		a := s.do(call{method: http.MethodHead, path: path})
		if a.Status != status || len(a.Body) != 0 {
			t.Errorf("HEAD %s: %d and %d bytes, want %d and none", path, a.Status, len(a.Body), status)
		}
	}
}

// A name of an attacker's that points to this machine (DNS rebinding) is none of this gateway's.
func TestForeignHostsAreRefused(t *testing.T) {
	s := newSite(t, options{})
	for _, host := range []string{"attacker.example", "attacker.example:8080", "10.0.0.1", "localhost.attacker.example", "127.0.0.1.attacker.example", "[::ffff:8.8.8.8]:80", "0.0.0.0"} {
		s.do(get("/v1/ledgers").with("Host", host)).problem(http.StatusMisdirectedRequest, api.CodeForeignHost)
	}
	for _, host := range []string{"localhost", "LocalHost:8080", "127.0.0.1", "127.8.9.1:80", "[::1]", "[::1]:8080"} {
		s.do(get("/v1/ledgers").with("Host", host)).want(http.StatusOK, nil)
	}
}

// A page in a browser on this machine may not have the browser change anything.
func TestRequestsOfOtherOriginsAreRefused(t *testing.T) {
	s := newSite(t, options{})
	question := find(sample.EntryUSMCA)
	for name, c := range map[string]call{
		"another origin":           question.with("Origin", "https://attacker.example"),
		"another site, by fetch":   question.with("Sec-Fetch-Site", "cross-site"),
		"another port here":        question.with("Origin", "http://127.0.0.1:1"),
		"a form's content":         question.with("Origin", "null").with("Content-Type", "text/plain"),
		"giving up a capability":   {method: http.MethodDelete, path: "/v1/capabilities/x", header: http.Header{"Origin": {"https://attacker.example"}}},
		"handing over another key": post("/v1/capabilities", map[string]string{}).with("Origin", "https://attacker.example"),
	} {
		t.Run(name, func(t *testing.T) { s.do(c).problem(http.StatusForbidden, api.CodeOrigin) })
	}
	s.do(question.with("Sec-Fetch-Site", "same-origin")).problem(http.StatusNotFound, gateway.NotFound)
	s.do(question.with("Origin", s.server.URL)).problem(http.StatusNotFound, gateway.NotFound)
}

func TestOnlyJSONIsTaken(t *testing.T) {
	s := newSite(t, options{})
	for _, path := range []string{"/v1/entries/find", "/v1/verify", "/v1/ledgers/trade/records", "/v1/capabilities"} {
		for _, media := range []string{"text/plain", "application/x-www-form-urlencoded", "application/xml", "application/json; charset", "json", ""} {
			s.do(post(path, []byte(`{}`)).with("Content-Type", media)).problem(http.StatusUnsupportedMediaType, api.CodeMediaType)
		}
		for _, media := range []string{"application/ld+json", "application/json; charset=utf-8", "Application/JSON"} {
			if a := s.do(post(path, []byte(`{}`)).with("Content-Type", media)); a.Status == http.StatusUnsupportedMediaType {
				t.Errorf("%s of type %s: %s", path, media, a.Body)
			}
		}
	}
}

func TestTheAnswersTypeIsTheClientsChoice(t *testing.T) {
	s := newSite(t, options{})
	for accept, want := range map[string]string{
		"":                         "application/json",
		"*/*":                      "application/json",
		"application/*":            "application/json",
		"application/json":         "application/json",
		"application/ld+json":      "application/ld+json",
		"application/ld+json, */*": "application/json", // both alike: the plain one
		"application/ld+json, application/json;q=0.5": "application/ld+json",
		"application/ld+json;q=0.4, */*;q=0.5":        "application/json",
		"text/html, application/xhtml+xml, */*;q=0.8": "application/json",
		"garbage, application/json":                   "application/json",
	} {
		a := s.do(get("/v1/ledgers").with("Accept", accept)).want(http.StatusOK, nil)
		if got := a.Header.Get("Content-Type"); got != want {
			t.Errorf("Accept %q: %s, want %s", accept, got, want)
		}
	}
	for _, accept := range []string{"text/html", "application/xml", "application/json;q=0", "text/*", "*/*;q=0", "image/png;q=x"} {
		s.do(get("/v1/ledgers").with("Accept", accept)).problem(http.StatusNotAcceptable, api.CodeNotAcceptable)
	}
}

// What a client does not take is refused before anything is done for it.
func TestNothingIsWrittenForWhoCannotReadTheReceipt(t *testing.T) {
	s := newSite(t, options{})
	s.do(post("/v1/ledgers/trade/records", made(s)).with("Accept", "text/html")).problem(http.StatusNotAcceptable, api.CodeNotAcceptable)
	if s.Count("trade") != 0 {
		t.Errorf("%d versions were written", s.Count("trade"))
	}
}

// A panic is a problem, and the process goes on. The log says where it was; what it holds stays in.
func TestAPanicIsAProblemAndShowsNothing(t *testing.T) {
	bent := &gatewaytest.Bent{}
	s := newSite(t, options{Options: gatewaytest.Options{Wrap: wrap(bent)}})
	bent.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) {
		panic("while reading " + sample.EntryUSMCA + " from 10.9.8.7:26657")
	}
	for _, path := range []string{"/v1/ledgers/trade/records/" + model.NewID(), "/v1/records/" + model.NewID(), "/v1/entries/" + model.NewID()} {
		a := s.do(get(path))
		if a.Status < http.StatusInternalServerError {
			t.Errorf("%s: %d: %s", path, a.Status, a.Body)
		}
	}
	bent.Heal()
	s.do(get("/v1/ledgers/trade/records/"+model.NewID())).problem(http.StatusNotFound, gateway.NotFound)
	if !strings.Contains(s.log.String(), "panic") {
		t.Errorf("the log does not tell of it: %s", s.log)
	}
}

// With all places taken, more are told to come again; whoever watches the process is answered all the same.
func TestTooManyAtOnceAreToldToComeAgain(t *testing.T) {
	bent := &gatewaytest.Bent{}
	s := newSite(t, options{Options: gatewaytest.Options{Wrap: wrap(bent)}, Concurrency: 1})
	inside, leave := make(chan struct{}), make(chan struct{})
	bent.OnGet = func(context.Context, driver.Ref) (*driver.Entry, error) {
		close(inside)
		<-leave
		return nil, driver.Errorf(driver.NotFound, "absent")
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		resp, err := s.server.Client().Do(get("/v1/ledgers/trade/records/" + model.NewID()).request(s.server.URL))
		if err != nil {
			t.Error(err)
			return
		}
		resp.Body.Close()
	})
	<-inside
	a := s.do(get("/v1/ledgers"))
	if p := a.problem(http.StatusServiceUnavailable, api.CodeBusy); !p.Retryable || a.Header.Get("Retry-After") != "1" {
		t.Errorf("%+v after %q s, want it to be tried again after 1", p, a.Header.Get("Retry-After"))
	}
	s.do(get("/healthz")).want(http.StatusOK, nil)
	s.do(get("/readyz")).want(http.StatusOK, nil)
	close(leave)
	wg.Wait()
	s.do(get("/v1/ledgers")).want(http.StatusOK, nil)
}

// Every answer tells browsers that it is no page.
func TestAnswersAreNoPages(t *testing.T) {
	s := newSite(t, options{})
	for _, path := range []string{"/v1/ledgers", "/nowhere", "/schemas/Record.json", "/healthz", "/metrics"} {
		h := s.do(get(path)).Header
		if h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %v", path, h)
		}
		if h.Get("Access-Control-Allow-Origin") != "" || h.Get("Server") != "" {
			t.Errorf("%s: %v", path, h)
		}
	}
}
