package gateway_test

import (
	"cmp"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

// repeated reports whether an answer is one that was made before: what was made of it is known.
func repeated(a *gateway.Answer) bool {
	a.Once("of the first", func() string { return "made" })
	return a.Once("of the first", func() string { return "made anew" }) == "made"
}

// repeatable is a world whose ledgers are followed, and a record on trade whose answer is kept.
func repeatable(t *testing.T, o gatewaytest.Options) (*gatewaytest.World, gatewaytest.Filed) {
	t.Helper()
	o.MaxAge = cmp.Or(o.MaxAge, 10*time.Minute)
	w := gatewaytest.New(t, o)
	filed := w.File(w.Importer, "trade", recently(), filing.Filing{})
	settle(t, w, filed.Record.ID)
	return w, filed
}

// settle asks until the answer is repeated.
func settle(t *testing.T, w *gatewaytest.World, id string) *gateway.Answer {
	t.Helper()
	var a *gateway.Answer
	soon(t, "the answer is never kept", func() bool {
		cachedNow(t, w, id)
		a = newest(t, w, id, adapters.Terms{})
		return repeated(a) && a.Verdict.Outcome == trust.Valid
	})
	return a
}

// soon waits for what must come to be.
func soon(t *testing.T, otherwise string, holds func() bool) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal(otherwise)
		}
	}
}

// Who is answered once more is told the same as the first, in the same bytes as one who is answered anew.
func TestARepeatedAnswerIsTheSame(t *testing.T) {
	w, filed := repeatable(t, gatewaytest.Options{})
	a := newest(t, w, filed.Record.ID, adapters.Terms{})
	anew, err := w.Afresh().LedgerRecord(adapters.WithTerms(w.Context(), adapters.Terms{NoCache: true}), "trade", filed.Record.ID, 0, gateway.Options{})
	if err != nil || repeated(anew) || !repeated(a) {
		t.Fatalf("repeated: %t, and anew: %t, %v", repeated(a), repeated(anew), err)
	}
	if a.Confirmed().IsZero() {
		t.Error("it does not say when the ledger confirmed it")
	}
	anew.Verdict.AsOf = a.Verdict.AsOf
	got, err := a.AppendJSON(nil)
	want, err2 := anew.AppendJSON(nil)
	if err != nil || err2 != nil || string(got) != string(want) || !json.Valid(got) {
		t.Errorf("%s\nwant\n%s\n%v, %v", got, want, err, err2)
	}
	still, _ := a.Still().(gateway.Answer).AppendJSON(nil)
	wanted, _ := anew.Still().(gateway.Answer).AppendJSON(nil)
	if string(still) != string(wanted) {
		t.Errorf("what it means is %s, want %s", still, wanted)
	}
}

// As of which block is told anew each time (held.AsOf, in repeat).
func TestARepeatedAnswerSpeaksOfTheBlockThatTheLedgerWasFollowedTo(t *testing.T) {
	w, filed := repeatable(t, gatewaytest.Options{})
	before := newest(t, w, filed.Record.ID, adapters.Terms{})
	for range 3 {
		w.File(w.Importer, "trade", recently(), filing.Filing{})
	}
	soon(t, "the height stays", func() bool {
		a := newest(t, w, filed.Record.ID, adapters.Terms{})
		return repeated(a) && a.Verdict.AsOf.Height >= before.Verdict.AsOf.Height+3 && !a.Confirmed().Before(before.Confirmed())
	})
}

// Each of these is something that an answer rests on: what it is compared with is named, and without that comparison the
// test fails.
func TestAnAnswerIsMadeAnewWhenWhatItRestsOnChanges(t *testing.T) {
	for name, c := range map[string]struct {
		change func(w *gatewaytest.World, filed gatewaytest.Filed)
		want   func(a *gateway.Answer) bool
	}{
		"the record, by somebody else (same, in cache.Holds)": {func(w *gatewaytest.World, filed gatewaytest.Filed) {
			next := w.Make(w.Importer, "trade", recently(), filing.Filing{Previous: filed.Record})
			w.Write("trade", next.Record.ID, next.Record)
		}, func(a *gateway.Answer) bool { return a.Version == 2 && a.Verdict.Outcome == trust.Valid }},
		"whose key it is (f.people, in repeat)": {func(w *gatewaytest.World, _ gatewaytest.Filed) {
			w.Revoke(time.Now().Add(-time.Hour), model.RevokedSuperseded)
		}, func(a *gateway.Answer) bool {
			return checkOf(a, trust.Authority).Outcome == trust.Invalid && a.Record == nil
		}},
		"what was seen of it: another one of the same number (seen.Forked, in newest)": {func(w *gatewaytest.World, filed gatewaytest.Filed) {
			see(t, w, filed, 1)
		}, func(a *gateway.Answer) bool { return checkOf(a, trust.Versions).Outcome == trust.Invalid }},
		"what was seen of it: a newer one (seen.Relation, in newest)": {func(w *gatewaytest.World, filed gatewaytest.Filed) {
			see(t, w, filed, 2)
		}, func(a *gateway.Answer) bool {
			return checkOf(a, trust.Versions).Outcome == trust.Invalid && a.Confirmed().IsZero()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w, filed := repeatable(t, gatewaytest.Options{})
			c.change(w, filed)
			soon(t, "the answer stays", func() bool { return c.want(newest(t, w, filed.Record.ID, adapters.Terms{})) })
		})
	}
}

// see has the witness log see another record under the same id.
func see(t *testing.T, w *gatewaytest.World, filed gatewaytest.Filed, version uint64) {
	t.Helper()
	_, err := w.Config.Witness.See(witness.Observation{
		Ledger: w.URI("trade"), ID: filed.Record.ID, Version: version, Digest: ld.Sum([]byte("another")), Height: 1, ChainTime: time.Now().UTC(),
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkOf(a *gateway.Answer, name string) trust.Check {
	at := slices.IndexFunc(a.Verdict.Checks, func(c trust.Check) bool { return c.Name == name })
	if at < 0 {
		return trust.Check{}
	}
	return a.Verdict.Checks[at]
}

// What was asked for decides as well: who wants the ledger asked, or what is not final, or the document, gets it.
func TestWhoAsksForMoreIsNotAnsweredOnceMore(t *testing.T) {
	w, filed := repeatable(t, gatewaytest.Options{})
	young := time.Duration(0)
	for name, o := range map[string]gateway.Options{
		"the ledger asked (TermsOf, in cache.Holds)":      {Fresh: gateway.Freshness{NoCache: true}},
		"a younger word (MaxAge, in cache.fits)":          {Fresh: gateway.Freshness{MaxAge: &young}},
		"what is not final (l.finality, in Ledger.Holds)": {Finality: gateway.Latest},
	} {
		a, err := w.Gateway.LedgerRecord(w.Context(), "trade", filed.Record.ID, 0, o)
		if err != nil || repeated(a) || !a.Confirmed().IsZero() {
			t.Errorf("%s: repeated %t, confirmed %s, %v", name, repeated(a), a.Confirmed(), err)
		}
	}
	a, err := w.Gateway.LedgerRecord(w.Context(), "trade", filed.Record.ID, 0, gateway.Options{Documents: true})
	if err != nil || a.Document == nil {
		t.Errorf("the document was asked for (o.documents, in LedgerRecord): %+v, %v", a, err)
	}
	if a := newest(t, w, filed.Record.ID, adapters.Terms{OnlyIfCached: true}); !repeated(a) {
		t.Error("who takes only what is cached is not answered once more")
	}
}

// Another configuration is another gateway, which has made no answer yet (finished, in Next).
func TestTheNextGatewayMakesItsOwnAnswers(t *testing.T) {
	w, filed := repeatable(t, gatewaytest.Options{})
	c := w.Config
	c.Evidence = nil
	next, err := w.Gateway.Next(c)
	if err != nil {
		t.Fatal(err)
	}
	a, err := next.LedgerRecord(w.Context(), "trade", filed.Record.ID, 0, gateway.Options{})
	if err != nil || checkOf(a, trust.Evidence).Reason != "no capability key is configured here" {
		t.Errorf("%+v, %v", a, err)
	}
}

// A ledger that is not followed any more is asked, and where it cannot be, nothing is answered (fits, in cache.Holds).
func TestNothingIsRepeatedOfALedgerThatIsNotFollowed(t *testing.T) {
	w, filed := repeatable(t, gatewaytest.Options{MaxAge: time.Second})
	w.Stop("trade")
	soon(t, "it is answered for ever", func() bool {
		_, err := w.Gateway.LedgerRecord(w.Context(), "trade", filed.Record.ID, 0, gateway.Options{})
		return driver.IsOutage(err)
	})
}
