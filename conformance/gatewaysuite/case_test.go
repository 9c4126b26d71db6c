package gatewaysuite_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

func TestCasesSayInWordsWhatTheyDo(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range gatewaysuite.Cases() {
		if seen[c.ID] {
			t.Errorf("%s: two cases have this id", c.ID)
		}
		seen[c.ID] = true
		if !strings.HasPrefix(c.ID, string(c.Level)+"/") || strings.ToLower(c.ID) != c.ID {
			t.Errorf("%s: the id does not begin with its level %s, in small letters", c.ID, c.Level)
		}
		for _, sentence := range append(slices.Clone(c.Steps), c.Why) {
			if !strings.HasSuffix(sentence, ".") {
				t.Errorf("%s: %q is no sentence", c.ID, sentence)
			}
			conformancetest.Plain(t, sentence)
		}
		if len(c.Steps) == 0 {
			t.Errorf("%s: no steps", c.ID)
		}
	}
}

func TestEveryLevelHasCases(t *testing.T) {
	for _, level := range gatewaysuite.Levels() {
		if !slices.ContainsFunc(gatewaysuite.Cases(), func(c gatewaysuite.Case) bool { return c.Level == level }) {
			t.Errorf("level %s has no case", level)
		}
	}
}

// The steps in words are those in code, and the last one is reached.
func TestCasesTakeTheStepsThatTheySay(t *testing.T) {
	report, err := gatewaysuite.Run(t.Context(), play.Gateway(), gatewaysuite.Options{Seed: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Cases {
		if r.Reached() != len(r.Steps) {
			t.Errorf("%s says %d steps and takes %d", r.ID, len(r.Steps), r.Reached())
		}
	}
}
