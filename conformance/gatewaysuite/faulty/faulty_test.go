package faulty_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
	"github.com/ftagateway/ftagateway/conformance/gatewaysuite/faulty"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long a case may take here: some faults are seen only by waiting for what never comes.
const patience = 20 * time.Second

func TestEveryFaultIsCaughtByItsCase(t *testing.T) {
	for _, fault := range faulty.All() {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			report := playWith(t, fault, gatewaysuite.Options{Seed: 1, Cases: []string{fault.Caught}, Timeout: patience})
			result := report.Cases[0]
			if result.Outcome != conformance.Fail {
				t.Fatalf("%s Case %s: %s, and should have failed", fault.Breaks, fault.Caught, result.Outcome)
			}
			if result.Failure.Step == 0 {
				t.Errorf("the case failed before its first step: expected %s, got %s", result.Failure.Expected, result.Failure.Got)
			}
			conformancetest.PlainWords(t, result)
			t.Logf("%s, step %d: expected %s, got %s", fault.Caught, result.Failure.Step, result.Failure.Expected, result.Failure.Got)
		})
	}
}

func playWith(t *testing.T, fault faulty.Fault, o gatewaysuite.Options) *conformance.Report {
	t.Helper()
	report, err := gatewaysuite.Run(t.Context(), fault.Break(play.Gateway()), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestEveryCaseCatchesAFault(t *testing.T) {
	caught := map[string]bool{}
	for _, fault := range faulty.All() {
		caught[fault.Caught] = true
	}
	for _, c := range gatewaysuite.Cases() {
		if !caught[c.ID] {
			t.Errorf("case %s catches no fault", c.ID)
		}
	}
}

func TestFaultsAreNamedAndDocumented(t *testing.T) {
	var names []string
	for _, fault := range faulty.All() {
		if slices.Contains(names, fault.Name) {
			t.Errorf("two faults are named %s", fault.Name)
		}
		names = append(names, fault.Name)
		if fault.Name == "" || !strings.HasSuffix(fault.Breaks, ".") {
			t.Errorf("fault %q says %q, which is no sentence", fault.Name, fault.Breaks)
		}
		conformancetest.Plain(t, fault.Breaks)
	}
}

// A suite that cries wolf is switched off. The right gateway stands behind a proxy like the faulty ones, so that it is
// the fault that is caught and not the proxy.
func TestTheRightGatewayHasNoFailure(t *testing.T) {
	for _, seed := range conformancetest.Seeds(t) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			report := playWith(t, faulty.None(), gatewaysuite.Options{Seed: seed})
			if want := len(gatewaysuite.Cases()); report.Summary.Pass != want {
				t.Errorf("%+v, want %d passed", report.Summary, want)
			}
			for _, r := range report.Failed() {
				t.Errorf("%s, step %d: expected %s, got %s", r.ID, r.Failure.Step, r.Failure.Expected, r.Failure.Got)
			}
		})
	}
}
