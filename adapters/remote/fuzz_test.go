package remote_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// inProcess answers requests without a network, so that a fuzzer's time goes into what is read.
type inProcess struct{ http.Handler }

func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w.Result(), nil
}

// FuzzAnswers gives a driver any answer to any question: it answers something that keeps its word, or an error.
func FuzzAnswers(f *testing.F) {
	for _, text := range []string{
		description, entry("k", 2, 7, "c2"), `{"entries":[` + entry("k", 2, 7, "c2") + `],"next":"c2","head":` + block + `}`,
		`{"chainId":"c","newest":` + block + `,"final":` + block + `,"cursor":"c9"}`, `{"keys":["a"],"next":"p2"}`,
		`{"tx":"t1","state":"final","key":"k","version":2,"position":` + position + `,"asked":"2026-11-23T08:00:00Z"}`,
		`{"type":"acme","data":[[[]]]}`, `{"code":"not-found","status":404}`, `{"entries":[null],"next":""}`, `null`, "\xff", `{"a":1e999}`,
	} {
		for _, status := range []uint16{200, 404} {
			f.Add([]byte(text), status, "c1")
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, status uint16, cursor string) {
		l, err := driver.Open(t.Context(), "ledger+http://vendor", driver.Env{HTTP: &http.Client{
			Transport: inProcess{answering(func(w http.ResponseWriter, _ *http.Request) {
				if status = 200 + status%400; status != 200 {
					w.Header().Set("Content-Type", protocol.ProblemType)
				}
				w.WriteHeader(int(status))
				_, _ = w.Write(text)
			})}}})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		keepsItsWord(t, l, driver.Cursor(cursor))
		for _, do := range []call{head, newest, find, write, receipt, prove} {
			_ = do(t.Context(), l)
		}
	})
}

func keepsItsWord(t *testing.T, l driver.Ledger, cursor driver.Cursor) {
	if e, err := l.Get(t.Context(), driver.Ref{Key: "k", Version: 2}); err == nil && (e.Key != "k" || e.Version != 2 || !e.Final) {
		t.Errorf("%+v", e)
	}
	page, err := l.Versions(t.Context(), "k", 1, 2)
	for i, e := range page {
		if err == nil && (e.Version != uint64(i+2) || len(e.Body) > 1000) {
			t.Errorf("place %d: %+v", i, e)
		}
	}
	if b, err := l.Changes(t.Context(), cursor, 2, 0); err == nil && (b.Next == "" || len(b.Entries) > 2) {
		t.Errorf("%+v", b)
	}
}

// FuzzDescriptions gives a driver any description: what it makes of it is within bounds.
func FuzzDescriptions(f *testing.F) {
	f.Add([]byte(description))
	f.Add([]byte(`{"protocol":"1","uri":"urn:x","kind":"k","abilities":["read"],"maxBody":1,"pageSize":1,"finality":"","writeMode":"none"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := driver.Open(t.Context(), "ledger+http://vendor", driver.Env{HTTP: &http.Client{
			Transport: inProcess{vendor{protocol.OpDescribe: string(text)}}}})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		d := l.Describe()
		if d.MaxBody < 1 || d.MaxBody > protocol.MaxBody || d.PageSize < 1 || d.PageSize > protocol.MaxPage || !d.Can(driver.AbilityRead) {
			t.Errorf("%+v", d)
		}
	})
}
