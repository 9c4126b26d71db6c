package webledger_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// direct answers requests without a network: by the handler, but for those to one service.
type direct struct {
	handler http.Handler
	which   service
	status  int
	body    []byte
}

func (d *direct) RoundTrip(r *http.Request) (*http.Response, error) {
	if serviceOf(r) == d.which {
		return &http.Response{StatusCode: d.status, Header: http.Header{}, ContentLength: -1, Body: io.NopCloser(bytes.NewReader(d.body)), Request: r}, nil
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	return w.Result(), nil
}

// FuzzAnswer lets one service of a node answer anything. No call may panic, say that the record is not there, or hand
// over another record than the chain holds without saying so.
func FuzzAnswer(f *testing.F) {
	s, key := newStandIn(f), newID()
	s.history(key, 2)
	services := []service{agentsService, endsService, blockService, queryService}
	for i, seed := range seeds(f, s, key) {
		for j := range services {
			f.Add(uint8(j), uint16(200), seed)
			f.Add(uint8(j), uint16(404-(i%3)), seed)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, status uint16, answer []byte) {
		d := &direct{s, services[int(which)%len(services)], 200 + int(status)%400, answer}
		ctx, cancel := context.WithTimeout(context.Background(), 400*time.Millisecond)
		defer cancel()
		l, err := driver.Open(ctx, s.url(), driver.Env{Store: newTable(), HTTP: &http.Client{Transport: d}})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		e, err := l.Get(ctx, driver.Ref{Key: key})
		judge(t, e, err, body(t, record(key, 2)))
		all, err := l.Versions(ctx, key, 0, 0)
		for i, e := range all {
			judge(t, e, nil, body(t, record(key, i+1)))
		}
		wantOutage(t, err)
		_, err = l.Head(ctx)
		wantOutage(t, err)
	})
}

// judge expects an entry to be true, or contradicted, or not to be there because of an outage.
func judge(t *testing.T, e *driver.Entry, err error, want []byte) {
	t.Helper()
	wantOutage(t, err)
	if err == nil && e.Contradiction == "" && !bytes.Equal(e.Body, want) {
		t.Fatalf("believed %s", e.Body)
	}
}

func wantOutage(t *testing.T, err error) {
	t.Helper()
	if err != nil && !driver.IsOutage(err) && driver.CodeOf(err) != driver.PermissionDenied {
		t.Fatalf("%v is no outage", err)
	}
}

// seeds are true answers of every service, and lies.
func seeds(f *testing.F, s *standIn, key string) [][]byte {
	f.Helper()
	agents := s.list(httptest.NewRequest(http.MethodGet, s.server.URL, nil))
	lie := blockAnswer(s.blocks[2])
	lie.Block = bytes.Replace(lie.Block, []byte(`"value":2}`), []byte(`"value":7}`), 1)
	var all [][]byte
	for _, v := range []any{
		agents, blockAnswers(s), shortened(blockAnswers(s)), blockAnswer(s.blocks[0]), blockAnswer(s.blocks[1]), lie,
		recordAnswer(body(f, record(key, 2)), 1), recordAnswer(body(f, record(key, 1)), 0), recordAnswer(body(f, record(key, 7)), 1),
		recordAnswer(body(f, record(key, 7)), 6), protocol.Failure{Message: "no", Type: protocol.FailureNotFound},
	} {
		data, err := json.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, data)
	}
	return append(all, nil, []byte(`{"record":{"id":1,"id":2},"meta":{"sequence":1}}`), []byte(`{"record":null,"meta":{"sequence":1e300}}`),
		[]byte(`{"record":[[[[`), bytes.Repeat([]byte(`[`), 1000))
}

// FuzzNative reads anything as the ledger section of a mapping.
func FuzzNative(f *testing.F) {
	for _, seed := range []string{"", `{"index":["/a/*"]}`, `{"index":["/~0~1"]}`, `{"index":[""]}`, `[]`, `{"index":null}`, `{"x":1}`} {
		f.Add([]byte(seed))
	}
	down := &http.Client{Transport: &direct{http.NotFoundHandler(), agentsService, http.StatusBadGateway, nil}}
	f.Fuzz(func(t *testing.T, native []byte) {
		l, err := driver.Open(context.Background(), "webledger+http://127.0.0.1", driver.Env{Store: newTable(), HTTP: down, Native: native})
		if err != nil {
			wantCode(t, err, driver.Invalid)
			return
		}
		l.Close()
	})
}

// FuzzCursor reads anything as a cursor and as a page.
func FuzzCursor(f *testing.F) {
	s := newStandIn(f)
	s.history(newID(), 2)
	l := s.open(f)
	head, err := l.Head(within(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(head.Cursor))
	f.Add("")
	f.Add("AAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := l.Changes(within(t), driver.Cursor(text), 0, 0); err != nil {
			wantCode(t, err, driver.CursorInvalid)
		}
		if _, _, err := l.Find(within(t), driver.Lookup{Value: "x"}, text, 0); err != nil {
			wantCode(t, err, driver.Invalid)
		}
	})
}
