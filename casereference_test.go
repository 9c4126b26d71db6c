package ftagateway_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/faulty"
	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
	gatewayfaults "github.com/ftagateway/ftagateway/conformance/gatewaysuite/faulty"
)

// playedSuite is a suite with what its page says beside the cases.
type playedSuite struct {
	conformance.Suite
	about  string
	judges string              // what it is played against
	faults map[string][]string // by case: what is wrong with those that it must catch
}

func playedSuites() []playedSuite {
	drivers := playedSuite{Suite: conformance.DriverSuite(), judges: "driver", faults: map[string][]string{},
		about: "Played against a driver, or a server of the [ledger protocol](../ledger-protocol.md), by `fta conformance URL` or " +
			"`conformance.Test`. The faults are those of [conformance/faulty](../../conformance/faulty)."}
	for _, f := range faulty.All() {
		drivers.faults[f.Caught] = append(drivers.faults[f.Caught], f.Breaks)
	}
	return []playedSuite{drivers, gateways()}
}

func gateways() playedSuite {
	s := playedSuite{Suite: gatewaysuite.Suite(), judges: "gateway", faults: map[string][]string{},
		about: "Played against a gateway's [HTTP interface](../http.md), by `fta conformance gateway` or `gatewaysuite.Run`. The faults " +
			"are those of [conformance/gatewaysuite/faulty](../../conformance/gatewaysuite/faulty)."}
	for _, f := range gatewayfaults.All() {
		s.faults[f.Caught] = append(s.faults[f.Caught], f.Breaks)
	}
	return s
}

// caseReference has a section for each case of each suite, by level.
func caseReference(t *testing.T, suites []playedSuite) string {
	t.Helper()
	var out strings.Builder
	out.WriteString("# Conformance cases\n\n" + notice + "\n" +
		"Every case, why it matters, its steps, what it needs, and what is wrong with the drivers and gateways that show that it notices. How to\n" +
		"run them, and what a report says, is in [conformance](../conformance.md).\n")
	for _, s := range suites {
		fmt.Fprintf(&out, "\n## Suite %s, version %s\n\n%s %d cases.\n", s.Name, s.Version, s.about, len(s.Cases))
		for _, level := range s.Levels {
			fmt.Fprintf(&out, "\n### Level %s of suite %s\n", level, s.Name)
			for _, c := range s.Cases {
				if c.Level == level {
					s.write(t, &out, c)
				}
			}
		}
	}
	return out.String()
}

func (s playedSuite) write(t *testing.T, out *strings.Builder, c conformance.Case) {
	t.Helper()
	if len(s.faults[c.ID]) == 0 {
		t.Errorf("case %s of suite %s catches no fault", c.ID, s.Name)
	}
	fmt.Fprintf(out, "\n#### %s\n\n%s\n\n", c.ID, markdown.Replace(c.Why))
	for i, step := range c.Steps {
		fmt.Fprintf(out, "%d. %s\n", i+1, markdown.Replace(step))
	}
	if len(c.Needs) > 0 {
		needs := make([]string, len(c.Needs))
		for i, need := range c.Needs {
			needs[i] = need.Words()
		}
		fmt.Fprintf(out, "\nNeeds %s.\n", strings.Join(needs, "; "))
	}
	fmt.Fprintf(out, "\nCatches a %s that\n\n", s.judges)
	for _, fault := range s.faults[c.ID] {
		fmt.Fprintf(out, "- %s\n", markdown.Replace(strings.ToLower(fault[:1])+fault[1:]))
	}
}
