package conformance_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
)

func TestCasesSayInWordsWhatTheyDo(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range conformance.Cases() {
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
	for _, level := range conformance.Levels() {
		has := func(c conformance.Case) bool { return c.Level == level }
		if !slices.ContainsFunc(conformance.Cases(), has) {
			t.Errorf("level %s has no case", level)
		}
	}
}
