package api_test

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	_ "github.com/ftagateway/ftagateway/adapters/remote"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/model/sample"
)

const native = "/v1/ledgers/trade/native/"

// refusal is a problem of the ledger protocol.
func (a *answer) refusal(status int, code driver.Code) protocol.Problem {
	a.t.Helper()
	var p protocol.Problem
	a.want(status, &p)
	if p.Code != code || p.Status != status {
		a.t.Fatalf("%s of %d, want %s of %d: %s", p.Code, p.Status, code, status, a.Body)
	}
	return p
}

// A gateway serves its ledgers as their chains have them: keys, bytes, places and proofs, and no verdict.
func TestALedgerIsServedAsItsChainHasIt(t *testing.T) {
	s, _, entry := filed(t, options{})
	var d protocol.Description
	s.do(get(native+"describe")).want(http.StatusOK, &d)
	if d.URI != s.URI("trade") || d.Kind != "memory" || len(d.Via) != 1 || d.Via[0] != s.Gateway.Name() || d.WriteMode != driver.WriteNone {
		t.Errorf("%+v", d)
	}
	var e protocol.Entry
	a := s.do(post(native+"get", map[string]string{"key": entry.Record.ID})).want(http.StatusOK, &e)
	if string(e.Body) != string(entry.Record.Bytes) || a.Header.Get(protocol.LedgerHeader) != s.URI("trade") {
		t.Errorf("%s, of %s", e.Body, a.Header.Get(protocol.LedgerHeader))
	}
	var p protocol.Proof
	s.do(post(native+"prove", protocol.Prove{Entry: &e})).want(http.StatusOK, &p)
	proof := &driver.Proof{Type: p.Type, Data: []byte(p.Data)}
	if r := driver.Verify(e.Driver(), proof, s.Chain("trade").Anchors()); r.Outcome != driver.Verified {
		t.Errorf("%+v", r)
	}
	s.do(get(native+"openapi.json")).want(http.StatusOK, nil)
}

// What is refused by the protocol speaks the protocol; what never came to it is the gateway's own problem, which has no
// code, so that nobody takes it for an answer of the chain's.
func TestNativeRequestsThatAreRefused(t *testing.T) {
	s := newSite(t, options{})
	s.do(post(native+"get", map[string]string{"key": "absent"})).refusal(http.StatusNotFound, driver.NotFound)
	s.do(post(native+"get", map[string]string{"kye": "k"})).refusal(http.StatusBadRequest, driver.Invalid)
	s.do(post(native+"get", []byte("{}")).with("Content-Type", "text/plain")).refusal(http.StatusUnsupportedMediaType, driver.Invalid)
	s.do(get(native+"get")).refusal(http.StatusMethodNotAllowed, driver.Unsupported)
	s.do(get(native+"entries")).refusal(http.StatusNotFound, driver.Unsupported)
	s.do(post(native+"entries/1", []byte("{}"))).refusal(http.StatusNotFound, driver.Unsupported)
	s.do(get(native+"head").with(protocol.HopsHeader, s.Gateway.Name())).refusal(http.StatusLoopDetected, driver.Unavailable)
	s.do(get(native+"head").with(protocol.VersionHeader, "2")).refusal(http.StatusBadRequest, driver.Invalid)
	s.do(post(native+"changes", map[string]string{"after": "x"})).refusal(http.StatusBadRequest, driver.CursorInvalid)
	for _, op := range []string{"append", "receipt"} {
		message := map[string]any{"append": protocol.Append{Key: "k", Body: []byte("{}")}, "receipt": protocol.AskReceipt{Tx: "x"}}[op]
		s.do(post(native+op, message)).refusal(http.StatusNotImplemented, driver.Unsupported)
	}
	s.do(get("/v1/ledgers/nosuch/native/head")).problem(http.StatusNotFound, gateway.NoSuchLedger)
	s.do(get(native+"head?key=k")).problem(http.StatusUnprocessableEntity, gateway.BadInput)
	s.do(get(native+"head").with("Host", "attacker.example")).problem(http.StatusMisdirectedRequest, api.CodeForeignHost)
	s.do(post(native+"get", []byte("{}")).with("Origin", "https://attacker.example")).problem(http.StatusForbidden, api.CodeOrigin)
	s.Stop("trade")
	s.do(get(native+"head")).refusal(http.StatusServiceUnavailable, driver.Unavailable)
	s.do(get(native+"describe")).refusal(http.StatusServiceUnavailable, driver.Unavailable)
	if s.Count("cbp") != 0 {
		t.Error("something was written")
	}
}

// A chain whose keys are entry numbers is read by them, and no log has seen them.
func TestTheChainsOwnKeysStayOutOfTheLog(t *testing.T) {
	s := newSite(t, options{})
	s.WriteRaw("trade", sample.EntryUSMCA, []byte(`{"status":"filed"}`))
	var e protocol.Entry
	s.do(post(native+"get", map[string]string{"key": sample.EntryUSMCA})).want(http.StatusOK, &e)
	if e.Key != sample.EntryUSMCA || string(e.Body) != `{"status":"filed"}` {
		t.Errorf("%+v", e)
	}
	s.do(post(native+"get", map[string]string{"key": sample.EntryNAFTA})).refusal(http.StatusNotFound, driver.NotFound)
	if log := s.log.String(); !strings.Contains(log, "native") && !strings.Contains(log, "/get") {
		t.Errorf("the failure is not in the log, which the test reads: %s", log)
	}
} // the log is searched for entry numbers when the site ends

// A record that goes in by this path has passed no check but disclosure's, and so it may only where that is wanted.
func TestWritesBelowRecordsAreTheOperatorsToAllow(t *testing.T) {
	s := newSite(t, options{Options: gatewaytest.Options{NativeWrites: true}})
	f := s.Make(s.Stranger(), "trade", unclaimed(), filing.Filing{})
	var r protocol.Receipt
	s.do(post(native+"append", protocol.Append{Key: f.Record.ID, Body: f.Record.Bytes})).want(http.StatusOK, &r)
	s.do(post(native+"receipt", protocol.AskReceipt{Tx: r.Tx})).want(http.StatusOK, nil)
	private := []byte(`{"importer":"Great Lakes Assembly"}`)
	s.do(post(native+"append", protocol.Append{Key: f.Record.ID, Expect: 1, Body: private})).refusal(http.StatusBadRequest, driver.Invalid)
	if s.Count("trade") != 1 {
		t.Errorf("%d versions", s.Count("trade"))
	}
	if s.log.String() == "" || strings.Contains(s.log.String(), base64.StdEncoding.EncodeToString(private)) {
		t.Errorf("the log: %s", s.log)
	}
}

// follow waits for what comes after a cursor, and gives how that ended.
func follow(s *site, after driver.Cursor) func() *answer {
	done := make(chan *answer, 1)
	go func() {
		done <- s.do(post(native+"changes", protocol.Changes{After: after, WaitMillis: 60_000}))
	}()
	return func() *answer { return <-done }
}

// waiting is a site whose trade chain tells when somebody waits for its changes.
func waiting(t *testing.T, o options) (s *site, begun chan struct{}) {
	begun = make(chan struct{}, 8)
	bent := &gatewaytest.Bent{}
	o.Wrap = wrap(bent)
	s = newSite(t, o)
	bent.OnChanges = func(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
		if wait > 0 {
			begun <- struct{}{}
		}
		return bent.Ledger.Changes(ctx, after, limit, wait)
	}
	return s, begun
}

func headOf(t *testing.T, s *site) (h protocol.Head) {
	t.Helper()
	s.do(get(native+"head")).want(http.StatusOK, &h)
	return h
}

func TestWhoWaitsForChangesIsToldOfThem(t *testing.T) {
	s, begun := waiting(t, options{})
	got := follow(s, headOf(t, s).Cursor)
	<-begun
	made := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	var b protocol.Batch
	got().want(http.StatusOK, &b)
	if len(b.Entries) != 1 || b.Entries[0].Key != made.Record.ID {
		t.Errorf("%+v", b)
	}
}

// A server that is to end answers who waits, from genesis too, and keeps nobody for the rest of the wait.
func TestTheEndOfTheServerEndsTheWait(t *testing.T) {
	ending, end := context.WithCancel(t.Context())
	s, begun := waiting(t, options{Ending: ending})
	got := []func() *answer{follow(s, headOf(t, s).Cursor), follow(s, "")}
	<-begun
	<-begun
	end()
	for _, wait := range got {
		var b protocol.Batch
		wait().want(http.StatusOK, &b)
		if len(b.Entries) != 0 || b.Next != headOf(t, s).Cursor {
			t.Errorf("%+v", b)
		}
	}
}

// Other gateways that wait take none of the places of who asks; one more of them than there are places is told to come
// again, in a way that its driver takes for an outage.
func TestWhoWaitsTakesNobodysPlace(t *testing.T) {
	ending, end := context.WithCancel(t.Context())
	s, begun := waiting(t, options{Ending: ending, Concurrency: 1})
	got := follow(s, headOf(t, s).Cursor)
	<-begun
	s.do(get("/v1/ledgers/trade")).want(http.StatusOK, nil)
	s.do(get(native+"head")).problem(http.StatusServiceUnavailable, api.CodeBusy)
	l, err := driver.Open(t.Context(), "ledger+"+s.server.URL+native, driver.Env{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = l.Head(t.Context())
	if driver.CodeOf(err) != driver.Unavailable {
		t.Errorf("%v, want an outage", err)
	}
	end()
	got().want(http.StatusOK, nil)
}
