package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// steady is a report without a fault, over ten seconds.
func steady() *report {
	r := &report{options: options{For: 10 * time.Second}, load: &load{book: &book{}, tally: newTally()}}
	for _, k := range kinds() {
		r.load.tally.right(k.name, time.Millisecond)
	}
	for i := range 100 {
		r.readings = append(r.readings, reading{at: time.Duration(i) * 100 * time.Millisecond, resident: 200 << 20, routines: 100})
	}
	return r
}

// What a soak is for must end it: growth, a wrong answer, a lost write, a record that no watcher was told of, and a kind of
// question that was never answered. A peak in between is no growth.
func TestWhatEndsASoak(t *testing.T) {
	for name, c := range map[string]struct {
		break_ func(r *report)
		want   string
	}{
		"nothing":         {func(*report) {}, ""},
		"a peak":          {func(r *report) { r.readings[95].resident *= 9 }, ""},
		"memory":          {func(r *report) { grows(r, func(x *reading) { x.resident *= 1.6 }) }, "resident memory grew"},
		"goroutines":      {func(r *report) { grows(r, func(x *reading) { x.routines *= 3 }) }, "goroutines grew"},
		"no metrics":      {func(r *report) { r.readings = nil }, "metrics do not tell"},
		"a wrong answer":  {func(r *report) { r.load.tally.isWrong("list", "upside down") }, "list: upside down"},
		"a lost write":    {func(r *report) { r.lost = []string{"urn:uuid:1"} }, "acknowledged and lost: urn:uuid:1"},
		"an untold event": {func(r *report) { r.untold = 2 }, "never told of 2"},
		"never answered":  {func(r *report) { delete(r.load.tally.by, "entry file") }, "no answer was right: entry file"},
	} {
		r := steady()
		c.break_(r)
		err := r.judge()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func grows(r *report, how func(*reading)) {
	for i := range r.readings[80:] {
		how(&r.readings[80+i])
	}
}

// The answers that a soak must not let pass.
func TestWrongAnswers(t *testing.T) {
	c, err := newCast()
	if err != nil {
		t.Fatal(err)
	}
	m, err := c.certificate("urn:uuid:6e2b8e0a-6d6c-4c4b-8f4e-3f6f2f3a5b10")
	if err != nil {
		t.Fatal(err)
	}
	i := &item{made: m}
	right := gateway.Answer{ID: m.record.ID, State: gateway.Current, Record: m.record.Bytes, Verdict: trust.Verdict{Outcome: trust.Valid}}
	other, stale, invalid, unsure, stranger := right, right, right, right, right
	other.Record = slices.Concat(m.record.Bytes[:len(m.record.Bytes)-1], []byte(`,"more":1}`))
	stale.State = gateway.Stale
	invalid.Verdict.Outcome = trust.Invalid
	unsure.Verdict.Outcome, unsure.State = trust.Undetermined, gateway.Stale
	stranger.ID = "urn:uuid:1"
	for name, tc := range map[string]struct {
		answer answer
		ok     bool
	}{
		"right":            {answer{status: http.StatusOK, body: text(t, right)}, true},
		"other bytes":      {answer{status: http.StatusOK, body: text(t, other)}, false},
		"stale and valid":  {answer{status: http.StatusOK, body: text(t, stale)}, false},
		"invalid":          {answer{status: http.StatusOK, body: text(t, invalid)}, false},
		"another's":        {answer{status: http.StatusOK, body: text(t, stranger)}, false},
		"absent":           {answer{status: http.StatusNotFound, body: []byte(`{"type":"x/not-found"}`)}, false},
		"a failure":        {answer{status: http.StatusInternalServerError, body: []byte(`oops`)}, false},
		"its own failure":  {answer{status: http.StatusInternalServerError, body: []byte(`{"type":"x/internal","retryable":true}`)}, false},
		"not undetermined": {answer{status: http.StatusOK, body: text(t, unsure)}, true},
		"away":             {answer{status: http.StatusServiceUnavailable, body: []byte(`{"type":"x/unavailable","retryable":true}`)}, true},
	} {
		if err := holdOnLedger(i, &tc.answer); (err == nil || errors.Is(err, errAway)) != tc.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func text(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
