package webledger_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// faults are what a sick node or network does to an answer, and the codes that this may be told as.
var faults = map[string]struct {
	do    http.HandlerFunc
	codes []driver.Code
}{
	"reset": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, []driver.Code{driver.Unavailable}},
	"truncated": {func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte(`{"genesis":`))
	}, []driver.Code{driver.Unavailable}},
	"half of JSON": {text(`{"ledgerAgent":[`), []driver.Code{driver.Corrupt}},
	"garbage":      {text("\x00\xff<html>"), []driver.Code{driver.Corrupt}},
	"nothing":      {text(""), []driver.Code{driver.Corrupt}},
	"wrong shape":  {text(`{"ledgerAgent":{},"genesis":[],"block":1,"record":true,"meta":"x"}`), []driver.Code{driver.Corrupt}},
	"empty object": {text(`{}`), []driver.Code{driver.Corrupt, driver.Unavailable}},
	"an error's body with 200": {text(`{"message":"database is down","type":"UnavailableError"}`),
		[]driver.Code{driver.Corrupt, driver.Unavailable}},
	"nested deeply": {text(strings.Repeat(`{"genesis":`, 20_000)), []driver.Code{driver.Corrupt}},
	"endless":       {endless, []driver.Code{driver.Corrupt}},
	"announced too large": {func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "99999999999")
		_, _ = w.Write([]byte(`{`))
	}, []driver.Code{driver.Corrupt}},
	"500":        {status(http.StatusInternalServerError), []driver.Code{driver.Unavailable}},
	"503":        {status(http.StatusServiceUnavailable), []driver.Code{driver.Unavailable}},
	"429":        {status(http.StatusTooManyRequests), []driver.Code{driver.ResourceExhausted}},
	"400":        {status(http.StatusBadRequest), []driver.Code{driver.Unavailable}},
	"413":        {status(http.StatusRequestEntityTooLarge), []driver.Code{driver.Unavailable}},
	"forbidden":  {status(http.StatusForbidden), []driver.Code{driver.PermissionDenied}},
	"redirect":   {redirect, []driver.Code{driver.Unavailable}},
	"black hole": {silence, []driver.Code{driver.DeadlineExceeded, driver.NotReady}},
	"slow drip":  {drip, []driver.Code{driver.DeadlineExceeded, driver.NotReady}},
}

func text(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(answer)) }
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// strayed counts requests that came where no request may go.
var strayed atomic.Int32

func redirect(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "http://"+r.Host+"/stray", http.StatusTemporaryRedirect)
}

// silence never answers. It reads the request first, or a server would not notice that the client has gone.
func silence(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.ReadAll(r.Body)
	<-r.Context().Done()
}

func endless(w http.ResponseWriter, r *http.Request) {
	chunk := []byte(`{"record":"` + strings.Repeat("x", 1<<16))
	for r.Context().Err() == nil {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}

func drip(w http.ResponseWriter, r *http.Request) {
	_, _ = io.ReadAll(r.Body)
	for r.Context().Err() == nil {
		_, _ = w.Write([]byte(" "))
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// readCalls are the calls that ask a node, and the services that each of them needs for a record that is new to it.
func readCalls(key string) map[string]func(ctx context.Context, l driver.Ledger) error {
	return map[string]func(ctx context.Context, l driver.Ledger) error{
		"Head": func(ctx context.Context, l driver.Ledger) error { _, err := l.Head(ctx); return err },
		"Get": func(ctx context.Context, l driver.Ledger) error {
			_, err := l.Get(ctx, driver.Ref{Key: key})
			return err
		},
		"Get absent": func(ctx context.Context, l driver.Ledger) error {
			if _, err := l.Get(ctx, driver.Ref{Key: newID()}); driver.CodeOf(err) != driver.NotFound {
				return err
			}
			return nil
		},
		"Versions": func(ctx context.Context, l driver.Ledger) error { _, err := l.Versions(ctx, key, 0, 0); return err },
		"Find": func(ctx context.Context, l driver.Ledger) error {
			_, _, err := l.Find(ctx, driver.Lookup{Value: "x"}, "", 0)
			return err
		},
		"Changes": func(ctx context.Context, l driver.Ledger) error { _, err := l.Changes(ctx, "", 0, 0); return err },
		"Receipt": func(ctx context.Context, l driver.Ledger) error {
			if _, err := l.Receipt(ctx, "zQmNothing"); driver.CodeOf(err) != driver.NotFound {
				return err
			}
			return nil
		},
	}
}

var needs = map[string][]service{
	"Head": {agentsService, endsService}, "Get": {agentsService, endsService, blockService, queryService},
	"Get absent": {agentsService, endsService, blockService, queryService}, "Versions": {agentsService, endsService, blockService},
	"Find": {agentsService, endsService, blockService}, "Changes": {agentsService, endsService, blockService},
	"Receipt": {agentsService, endsService, blockService},
}

// Whatever a service answers, no call says that something is not there, and none answers anything: it was not learnt.
// When the node is well again, so is the ledger.
func TestNoFaultBecomesAnAnswer(t *testing.T) {
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for call, services := range needs {
				for _, which := range services {
					noAnswer(t, call, which, fault.do, fault.codes)
				}
			}
		})
	}
	t.Cleanup(func() {
		if strayed.Load() != 0 {
			t.Error("a redirect was followed")
		}
	})
}

func noAnswer(t *testing.T, call string, which service, fault http.HandlerFunc, codes []driver.Code) {
	t.Helper()
	s, key := newStandIn(t), newID()
	defer s.server.Close()
	s.history(key, 3)
	l := s.openAfter(t, which)
	defer l.Close()
	s.spoiled(which, fault)
	ctx, cancel := context.WithTimeout(context.Background(), patienceFor(codes))
	defer cancel()
	err := readCalls(key)[call](ctx, l)
	if code := driver.CodeOf(err); !slices.Contains(codes, code) {
		t.Errorf("%s with %s spoiled: %v, want one of %v", call, which, err, codes)
	}
	s.spoiled(which, nil)
	if err := readCalls(key)[call](within(t), l); err != nil {
		t.Errorf("%s after %s was well again: %v", call, which, err)
	}
}

// patienceFor is short where a fault is that nothing comes.
func patienceFor(codes []driver.Code) time.Duration {
	if slices.Contains(codes, driver.DeadlineExceeded) {
		return 100 * time.Millisecond
	}
	return patience
}

// openAfter opens before the fault, but for one of the service where every client starts: that one is only met by who
// opens during it.
func (s *standIn) openAfter(t *testing.T, which service) *opened {
	if which == agentsService {
		s.spoiled(which, status(http.StatusServiceUnavailable))
	}
	l := s.open(t)
	if uri := l.Describe().URI; (uri == "") != (which == agentsService) {
		t.Fatalf("URI %q", uri)
	}
	return l
}

// The services must be where the operator said that the node is.
func TestServicesElsewhereAreNotCalled(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strayed.Add(1) }))
	defer elsewhere.Close()
	before := strayed.Load()
	for _, at := range []string{elsewhere.URL + "/q", "//" + elsewhere.Listener.Addr().String() + "/q", "ftp://x/q", "http://[::1", "", "http://user@127.0.0.1/q"} {
		s := newStandIn(t)
		s.spoiled(agentsService, func(w http.ResponseWriter, r *http.Request) {
			list := s.list(r)
			list.LedgerAgent[0].Service.Query = at
			s.answer(w, list)
		})
		_, err := s.open(t).Get(within(t), driver.Ref{Key: newID()})
		if driver.CodeOf(err) != driver.Corrupt {
			t.Errorf("%q: %v", at, err)
		}
	}
	if strayed.Load() != before {
		t.Error("another host was called")
	}
}

func TestADownNodeIsUnavailableAndComesBack(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	address := s.server.Listener.Addr().String()
	s.server.Close()
	began := time.Now()
	l := openOn(t, s.url(), newTable(), s.key)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("Open took %s", took)
	}
	_, err := l.Get(within(t), driver.Ref{Key: key})
	wantCode(t, err, driver.Unavailable)
	if l.Describe().URI != "" {
		t.Error("described before it was reached")
	}
	s.listen(t, address)
	if e, err := l.Get(within(t), driver.Ref{Key: key}); err != nil || e.Version != 1 {
		t.Errorf("after it came back: %+v, %v", e, err)
	}
	if l.Describe().URI != s.ledger {
		t.Errorf("URI %q, want %q", l.Describe().URI, s.ledger)
	}
}

func TestANodeOfSeveralLedgersIsAskedForOne(t *testing.T) {
	s := newStandIn(t)
	s.agents = append(s.agents, newID())
	for option, want := range map[string]driver.Code{
		"": driver.Unavailable, "?ledger=" + s.agents[1]: "", "?ledger=" + s.ledger: "", "?ledger=" + newID(): driver.Unavailable,
	} {
		l := openOn(t, s.url()+option, newTable(), nil)
		if _, err := l.Head(within(t)); driver.CodeOf(err) != want {
			t.Errorf("%q: %v, want %q", option, err, want)
		}
	}
}

func TestTestingIsMarkedByTheURL(t *testing.T) {
	s := newStandIn(t)
	for option, want := range map[string]bool{"": false, "?testing=1": true, "?testing=0": false, "?testing=true&ledger=" + s.ledger: true} {
		if got := openOn(t, s.url()+option, newTable(), nil).Describe().ForTesting; got != want {
			t.Errorf("%q: %t", option, got)
		}
	}
}

func TestCloseEndsWhatIsUnderWay(t *testing.T) {
	s := newStandIn(t)
	s.history(newID(), 1)
	l := s.open(t)
	began := make(chan struct{}, 1)
	s.spoiled(endsService, func(_ http.ResponseWriter, r *http.Request) {
		began <- struct{}{}
		<-r.Context().Done()
	})
	failed := make(chan error, 1)
	go func() {
		_, err := l.Changes(context.Background(), "", 0, time.Hour)
		failed <- err
	}()
	<-began
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	wantCode(t, <-failed, driver.Canceled)
	for name, call := range readCalls(newID()) {
		if err := call(within(t), l); driver.CodeOf(err) != driver.Canceled {
			t.Errorf("%s after Close: %v", name, err)
		}
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func TestAContextThatEndedAsksNothing(t *testing.T) {
	s := newStandIn(t)
	s.history(newID(), 1)
	l := s.open(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	before := fmt.Sprint(s.count(endsService), s.count(queryService))
	for name, call := range readCalls(newID()) {
		if err := call(ctx, l); driver.CodeOf(err) != driver.Canceled {
			t.Errorf("%s: %v", name, err)
		}
	}
	if after := fmt.Sprint(s.count(endsService), s.count(queryService)); after != before {
		t.Errorf("asked %s times, before %s", after, before)
	}
}

// A client that the operator configures is used as it is, but for redirects, and is not closed.
func TestTheGivenClientSpeaksTLS(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	secure := httptest.NewTLSServer(s)
	defer secure.Close()
	url := "webledger+" + secure.URL
	l, err := driver.Open(within(t), url, driver.Env{Store: newTable(), HTTP: secure.Client()})
	if err != nil {
		t.Fatal(err)
	}
	if e, err := l.Get(within(t), driver.Ref{Key: key}); err != nil || e.Version != 1 {
		t.Errorf("%+v, %v", e, err)
	}
	l.Close()
	if secure.Client().CheckRedirect != nil {
		t.Error("the given client was changed")
	}
	stranger := openOn(t, url, newTable(), nil) // who does not know the server's certificate
	_, err = stranger.Head(within(t))
	wantCode(t, err, driver.Unavailable)
}
