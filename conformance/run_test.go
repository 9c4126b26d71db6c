package conformance_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
)

func TestTheMemoryDriverPassesAllStepsOfAllCases(t *testing.T) {
	report := conformance.Test(t, full(t, testChain()), conformance.Options{})
	if want := len(conformance.Cases()); report.Summary.Pass != want || !report.OK() {
		t.Errorf("%+v, want %d passed", report.Summary, want)
	}
	for _, result := range report.Cases {
		if result.Reached() != len(result.Steps) {
			t.Errorf("%s says %d steps and takes %d", result.ID, len(result.Steps), result.Reached())
		}
	}
}

func TestTheSameSeedGivesTheSameReport(t *testing.T) {
	var reports [2]bytes.Buffer
	for i := range reports {
		report := conformance.Run(t.Context(), full(t, testChain()), conformance.Options{Seed: 7})
		if err := report.WriteJSON(&reports[i]); err != nil {
			t.Fatal(err)
		}
	}
	if reports[0].String() != reports[1].String() {
		t.Errorf("two runs differ:\n%s\n%s", &reports[0], &reports[1])
	}
}

func TestTheSameSeedAgainOnTheSameLedgerStillPasses(t *testing.T) {
	chain := testChain()
	for range 3 {
		conformance.Test(t, full(t, chain), conformance.Options{Seed: 7})
	}
}

func TestNothingIsWrittenToALedgerThatIsNotForTesting(t *testing.T) {
	l := memory.New(memory.Options{})
	if _, err := l.Append(t.Context(), &driver.Write{Key: "kept", Body: []byte("as it is")}); err != nil {
		t.Fatal(err)
	}
	before, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h := over(l)
	h.Keys = []string{"kept"}
	h.Open = func(context.Context) (driver.Ledger, error) { return l.Chain().Connect(signer()) }
	report := conformance.Run(t.Context(), h, conformance.Options{})

	after, err := l.Head(t.Context())
	if err != nil || after.Newest != before.Newest || len(report.Left) != 0 {
		t.Errorf("the chain went from %v to %v (%v), left %v", before.Newest, after.Newest, err, report.Left)
	}
	if report.Refused == "" || !report.OK() {
		t.Errorf("refused %q, %d failed", report.Refused, report.Summary.Fail)
	}
	if got := outcome(report, "read/newest-by-default"); got != conformance.Pass {
		t.Errorf("what only reads was not played: %s", got)
	}
	if got := outcome(report, "write/read-your-write"); got != conformance.NotOffered {
		t.Errorf("write/read-your-write: %s", got)
	}
}

func TestWhatALedgerDoesNotOfferIsNamed(t *testing.T) {
	chain := testChain()
	readOnly := conformance.Harness{Open: func(context.Context) (driver.Ledger, error) { return chain.Connect(nil) }}
	report := conformance.Run(t.Context(), readOnly, conformance.Options{})
	if !report.OK() || report.Refused != "" {
		t.Errorf("failed %v, refused %q: a ledger that only reads is no fault", report.Failed(), report.Refused)
	}
	for _, result := range report.Cases {
		if (result.Outcome == conformance.NotOffered) != (result.Needs != "") {
			t.Errorf("%s: %s, needs %q", result.ID, result.Outcome, result.Needs)
		}
	}
}

func TestLevelsChooseCases(t *testing.T) {
	report := conformance.Run(t.Context(), full(t, testChain()), conformance.Options{Levels: []conformance.Level{conformance.LevelProof}})
	for _, result := range report.Cases {
		if result.Level != conformance.LevelProof {
			t.Errorf("%s was played", result.ID)
		}
	}
	if len(report.Cases) == 0 || !report.OK() {
		t.Errorf("%+v", report.Summary)
	}
}

func TestADriverThatHangsFailsItsCaseAndNoOther(t *testing.T) {
	free := make(chan struct{})
	defer close(free)
	l := memory.New(memory.Options{ForTesting: true})
	report := conformance.Run(t.Context(), over(stuck{l, free}), conformance.Options{
		Timeout: impatient,
		Cases:   []string{"read/description-is-complete", "read/absent-is-not-found", "write/unknown-transaction-is-not-found"},
	})
	if got := outcome(report, "read/absent-is-not-found"); got != conformance.Fail {
		t.Errorf("read/absent-is-not-found: %s", got)
	}
	if len(report.Cases) != 3 {
		t.Errorf("%d cases were played, of 3", len(report.Cases))
	}
}

func TestADriverThatPanicsFailsItsCaseAndSaysWhere(t *testing.T) {
	report := conformance.Run(t.Context(), over(panicking{memory.New(memory.Options{})}), conformance.Options{
		Cases: []string{"read/absent-is-not-found", "read/description-stays"},
	})
	for _, result := range report.Cases {
		if result.Outcome != conformance.Fail || !strings.Contains(result.Failure.Got, "panicking.Get") {
			t.Errorf("%s: %s, %+v", result.ID, result.Outcome, result.Failure)
		}
	}
}

func TestALedgerThatDoesNotOpenFailsEveryCase(t *testing.T) {
	h := conformance.Harness{Open: func(context.Context) (driver.Ledger, error) {
		return nil, driver.Errorf(driver.Invalid, "no such ledger")
	}}
	report := conformance.Run(t.Context(), h, conformance.Options{})
	if report.Summary.Fail != len(conformance.Cases()) {
		t.Errorf("%+v", report.Summary)
	}
}

func TestARunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	report := conformance.Run(ctx, full(t, testChain()), conformance.Options{})
	if report.OK() || report.Summary.Fail < len(conformance.Cases())/2 {
		t.Errorf("%+v of a run that was over before it began", report.Summary)
	}
}

func TestACaseThatDoesNotExistFails(t *testing.T) {
	report := conformance.Run(t.Context(), full(t, testChain()), conformance.Options{Cases: []string{"read/misspelt"}})
	if report.OK() || len(report.Cases) != 1 {
		t.Errorf("%+v", report.Summary)
	}
}

func TestTestFailsForEachFailedCaseAndForARefusal(t *testing.T) {
	for name, tc := range map[string]struct {
		h    conformance.Harness
		want int
	}{
		"right":   {full(t, testChain()), 0},
		"wrong":   {over(panicking{memory.New(memory.Options{ForTesting: true})}), 1},
		"refused": {over(memory.New(memory.Options{})), 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{T: t}
			conformance.Test(r, tc.h, conformance.Options{Cases: []string{"write/read-your-write"}})
			if len(r.errors) != tc.want {
				t.Errorf("%d errors, want %d: %q", len(r.errors), tc.want, r.errors)
			}
		})
	}
}

func TestUnlikeGivesAnotherTransactionOfTheSameForm(t *testing.T) {
	for tx, want := range map[string]string{"0x19af": "0x21af", "zQmA9": "zQmA1", "deadbeef": "deadbeef1", "": "1"} {
		if got := conformance.Unlike(tx); got != want {
			t.Errorf("Unlike(%q) = %q, want %q", tx, got, want)
		}
	}
}
