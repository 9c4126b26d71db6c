package gateway

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust"
)

// Nothing is kept that could turn out otherwise without anything changing that it is compared with.
func TestOnlyWhatIsSettledIsKept(t *testing.T) {
	verdict := func(outcome trust.Outcome, versions, other trust.Outcome) trust.Verdict {
		return trust.Verdict{Outcome: outcome, Checks: []trust.Check{
			{Name: trust.Schema, Outcome: trust.Valid}, {Name: trust.Versions, Outcome: versions}, {Name: trust.Inclusion, Outcome: other},
		}}
	}
	for name, c := range map[string]struct {
		v    trust.Verdict
		want bool
	}{
		"all is well":                     {verdict(trust.Valid, trust.Valid, trust.Valid), true},
		"one is not offered":              {verdict(trust.Valid, trust.Valid, trust.NotOffered), true},
		"one could not be asked":          {verdict(trust.Valid, trust.Valid, trust.Undetermined), false},
		"no versions could be had":        {verdict(trust.Valid, trust.NotOffered, trust.Valid), false},
		"undetermined as a whole":         {verdict(trust.Undetermined, trust.Valid, trust.NotOffered), false},
		"invalid":                         {verdict(trust.Invalid, trust.Valid, trust.Invalid), false},
		"nothing is said of the versions": {trust.Verdict{Outcome: trust.Valid}, false},
	} {
		if got := settled(c.v); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// What is written in two halves reads as if it was written as one.
func TestAnAnswerInTwoHalvesIsTheSame(t *testing.T) {
	age := int64(3)
	a := Answer{ID: "urn:uuid:1", Version: 1, Ledger: "trade", URI: "urn:l", State: Current, Record: json.RawMessage(`{"a":"}}"}`)}
	a.Verdict = trust.Verdict{Outcome: trust.Valid, Assurance: trust.ByIssuer, Checks: []trust.Check{{Name: "proof", Outcome: trust.Valid}}}
	halves, err := write(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, mapping := range []trust.AsOf{
		{Ledger: "urn:l", Height: 7, ChainTime: time.Unix(1, 0).UTC(), Final: true, Age: &age}, {Ledger: "urn:l", Final: true},
	} {
		a.Verdict.AsOf, a.written = mapping, nil
		want, err := a.AppendJSON([]byte("before"))
		a.written = halves
		got, err2 := a.AppendJSON([]byte("before"))
		if err != nil || err2 != nil || string(got) != string(want) {
			t.Errorf("%s\nwant\n%s\n%v, %v", got, want, err, err2)
		}
	}
}

// However many are asked for, what is kept has its bound.
func TestAnswersAreKeptWithinABound(t *testing.T) {
	const bound = 64 << 10
	kept := newFinished(bound)
	for i := range 1000 {
		r := &adapters.Reading{Entry: &driver.Entry{Body: make([]byte, 1000)}}
		kept.Set(place{"trade", fmt.Sprint(i)}, &finished{basis: r.Basis(), answer: Answer{written: &written{before: make([]byte, 1000)}}})
	}
	kept.CleanUp()
	if n, held := kept.WeightedSize(), kept.EstimatedSize(); n > bound || held == 0 || held > bound/finishedSize {
		t.Errorf("%d answers of %d bytes are kept, want within %d", held, n, bound)
	}
}
