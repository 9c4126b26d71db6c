package faulty_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
	"github.com/ftagateway/ftagateway/conformance/faulty"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/ftagateway/ftagateway/conformance/faulty.leftBehind"))
}

// impatient lets a case that waits for what never comes fail soon.
const impatient = time.Second

func TestEveryFaultIsCaughtByItsCase(t *testing.T) {
	for _, fault := range faulty.All() {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			report := conformance.Run(t.Context(), harness(t, fault, 2),
				conformance.Options{Seed: 1, Cases: []string{fault.Caught}, Timeout: impatient})
			result := report.Cases[0]
			if result.Outcome != conformance.Fail {
				t.Fatalf("%s Case %s: %s, and should have failed", fault.Breaks, fault.Caught, result.Outcome)
			}
			if result.Failure.Step == 0 {
				t.Errorf("the case failed before its first step: expected %s, got %s",
					result.Failure.Expected, result.Failure.Got)
			}
			if result.Failure.Request == "" || result.Failure.Answer == "" {
				t.Errorf("the failure does not tell what was asked (%q) and what came (%q)",
					result.Failure.Request, result.Failure.Answer)
			}
			conformancetest.PlainWords(t, result)
			t.Logf("%s, step %d: expected %s, got %s", fault.Caught, result.Failure.Step,
				result.Failure.Expected, result.Failure.Got)
		})
	}
}

func TestEveryCaseCatchesAFault(t *testing.T) {
	caught := map[string]bool{}
	for _, fault := range faulty.All() {
		caught[fault.Caught] = true
	}
	for _, c := range conformance.Cases() {
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
	if len(names) < 40 {
		t.Errorf("%d faults, there should be 40 at least", len(names))
	}
}

// A suite that cries wolf is switched off. The right driver is wrapped like the faulty ones, so that it is the fault
// that is caught and not the wrapping.
func TestTheRightDriverHasNoFailure(t *testing.T) {
	for _, seed := range conformancetest.Seeds(t) {
		for _, finalAfter := range []int{0, 2} {
			t.Run(fmt.Sprintf("seed %d, final after %d", seed, finalAfter), func(t *testing.T) {
				t.Parallel()
				report := conformance.Test(t, harness(t, faulty.None(), finalAfter), conformance.Options{Seed: seed})
				if report.Summary.NotOffered > 0 {
					t.Errorf("%d cases were not offered", report.Summary.NotOffered)
				}
			})
		}
	}
}

// harness makes a memory driver with a fault. Blocks become final after finalAfter more: some faults are seen only
// where that is not at once.
func harness(t *testing.T, fault faulty.Fault, finalAfter int) conformance.Harness {
	t.Helper()
	chain := memory.NewChain(memory.Options{ForTesting: true, FinalAfter: finalAfter, PageSize: 5, MaxBody: 1 << 16})
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	writer, err := chain.Connect(key)
	if err != nil {
		t.Fatal(err)
	}
	open := func(context.Context) (driver.Ledger, error) {
		l, err := chain.Connect(key)
		if err != nil {
			return nil, err
		}
		return fault.Break(l)
	}
	return conformance.Harness{
		Open: open, Reopen: open,
		Another: func(context.Context) (driver.Ledger, error) { return memory.New(memory.Options{}), nil },
		Advance: func(context.Context) error {
			chain.Advance()
			return nil
		},
		Outage: func() func() {
			chain.Stop()
			return chain.Start
		},
		Mapping: conformancetest.Mapping(), Author: writer.Author(), Anchors: chain.Anchors, OtherAnchors: memory.NewChain(memory.Options{}).Anchors,
	}
}
