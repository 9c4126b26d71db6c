package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/witness"
)

// FuzzRequest reads any bytes as each of the bodies that there are. What is taken is JSON that says the same to another
// parser; what is not is a Problem with a status of the client's.
func FuzzRequest(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `[]`, `null`, `{"entryNumber":"ABC12345676"}`, `{"entryNumber":7}`, `{"entryNumber":null}`, `{"ENTRYNUMBER":"x"}`,
		`{"record":{},"document":{},"mediaType":"application/vc"}`, `{"record":{"a":1,"a":2}}`, `{"record":{}} {}`, "{\"record\":\"\xff\"}",
		`{"previous":[{},[],7]}`, `{"previous":{}}`, `{"previous":null}`, strings.Repeat(`{"record":`, 50), `{"record":1e400}`, `{"record":"\ud800"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var question struct {
			EntryNumber string `json:"entryNumber"`
		}
		check(t, data, &question, "entryNumber")
		check(t, data, &gateway.Submission{}, "record", "document", "mediaType")
		check(t, data, &gateway.Bundle{}, "document", "record", "previous")
	})
}

func check(t *testing.T, data []byte, into any, members ...string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(data))
	r.Header.Set("Content-Type", "application/json")
	err := read(r, into, members...)
	if err == nil {
		strict := json.NewDecoder(bytes.NewReader(data))
		strict.DisallowUnknownFields()
		if err := strict.Decode(into); err != nil || strict.More() {
			t.Errorf("%q was taken: %v", data, err)
		}
		return
	}
	var p *gateway.Problem
	if !errors.As(err, &p) || table[p.Code].status != http.StatusUnprocessableEntity || len(p.Faults)+len(p.Detail) == 0 {
		t.Errorf("%q: %v, want faults", data, err)
	}
}

// FuzzQuery reads any query. What is taken has no parameter that is unknown, twofold or of the wrong form.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{
		"", "limit=1", "limit=-1", "limit=1&limit=2", "limit=99999999999999999999", "from=2026-11-23T00:00:00Z", "from=now", "include=invalid",
		"documents=TRUE", "%zz", "a=%00", ";", "&&&", "limit", "=", "from=2026-11-23T00%3A00%3A00%2B14%3A00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.URL.RawQuery = raw
		q := queryOf(r, "from", "limit", "include", "documents")
		from, limit, options := q.instant("from"), q.limit(), q.options(false)
		if err := q.err(); err != nil {
			if p := asProblem(err); p.Code != gateway.BadInput || len(p.Faults) == 0 {
				t.Errorf("%q: %v, want faults", raw, err)
			}
			return
		}
		if limit < 0 || from.IsZero() != (q.text("from") == "") || options.Invalid != (q.text("include") == "invalid") {
			t.Errorf("%q was taken as limit %d, from %v, %+v", raw, limit, from, options)
		}
		holdQuery(t, q)
	})
}

// holdQuery holds what was taken to the parameters that there are.
func holdQuery(t *testing.T, q *query) {
	t.Helper()
	for name, values := range q.values {
		if len(values) != 1 || !slices.Contains([]string{"from", "limit", "include", "documents"}, name) {
			t.Errorf("%s was taken %d times", name, len(values))
		}
	}
}

// FuzzCursor gives any cursor to the witness log and to a listing of no ledgers: it is taken, or refused as a cursor.
func FuzzCursor(f *testing.F) {
	for _, seed := range []string{"", "AAAA", "e30", "bnVsbA", "eyJ0cmFkZSI6ImFiYy43In0", "***", "AAAAAAAAAAEWrSWaFKra_w"} {
		f.Add(seed)
	}
	log, err := witness.Open(empty{}, time.Now)
	if err != nil {
		f.Fatal(err)
	}
	g := &gateway.Gateway{Config: gateway.Config{Now: time.Now}}
	f.Fuzz(func(t *testing.T, cursor string) {
		_, err := g.Records(t.Context(), gateway.Filter{After: cursor}, gateway.Options{})
		if err != nil && asProblem(err).Code != gateway.CursorMismatch {
			t.Errorf("%q: %v", cursor, err)
		}
		_, err = log.Page(witness.Query{After: cursor})
		if err != nil && asProblem(unread(err)).Code != gateway.CursorMismatch {
			t.Errorf("%q: %v", cursor, err)
		}
	})
}
