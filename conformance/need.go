package conformance

import (
	"cmp"
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Need is what a case cannot do without: an ability of the chain, or a field of the Harness.
type Need string

// The needs, beside the abilities.
const (
	NeedWrites       Need = "append to a ledger marked for testing"
	NeedCAS          Need = "write mode cas"
	NeedHistory      Need = "append to a ledger marked for testing, or Harness.Keys"
	NeedReopen       Need = "Harness.Reopen"
	NeedAnother      Need = "Harness.Another"
	NeedOutage       Need = "Harness.Outage"
	NeedAuthor       Need = "Harness.Author"
	NeedMapping      Need = "Harness.Mapping"
	NeedAnchors      Need = "Harness.Anchors"
	NeedOtherAnchors Need = "Harness.OtherAnchors"
	NeedBodyLimit    Need = "a maxBody of at most 4 MiB"
)

// The abilities as needs.
const (
	needVersions = Need(driver.AbilityVersions)
	needFind     = Need(driver.AbilityFind)
	needChanges  = Need(driver.AbilityChanges)
	needProve    = Need(driver.AbilityProve)
	needPin      = Need(driver.AbilityPin)
)

// words say what the fields of a Harness are, for whoever reads a report and no Go, and how to give them: by a flag of
// fta conformance, or in a test.
var words = map[Need]string{
	NeedHistory:      "append to a ledger marked for testing, or keys that stand on it (--at, Harness.Keys)",
	NeedReopen:       "that the same chain can be opened again (Harness.Reopen)",
	NeedAnother:      "another ledger of the same kind (--another, Harness.Another)",
	NeedOutage:       "a way to cut the chain off for a while (Harness.Outage)",
	NeedAuthor:       "whom the chain must name as the author (--key, Harness.Author)",
	NeedMapping:      "a mapping that says what its entries mean (--mapping, Harness.Mapping)",
	NeedAnchors:      "anchors to verify its proofs with (--anchors, Harness.Anchors)",
	NeedOtherAnchors: "anchors of a chain that is not to be believed (--other-anchors, Harness.OtherAnchors)",
}

// Words say what is needed, for people.
func (n Need) Words() string {
	if w, ok := words[n]; ok {
		return w
	}
	if known := driver.Ability(n); slices.Contains(knownAbilities, known) {
		return "the ability " + string(n)
	}
	return string(n)
}

// missing gives the first need that this ledger and harness do not meet, or "". Abilities come first: who does not offer
// what a case is about need not hear what else it would take.
func (cs Case) missing(h Harness, d driver.Description) Need {
	if !d.Can(driver.AbilityRead) {
		return Need(driver.AbilityRead)
	}
	needs := slices.Clone(cs.Needs)
	slices.SortStableFunc(needs, func(a, b Need) int { return cmp.Compare(rank(a), rank(b)) })
	for _, need := range needs {
		if !met(need, h, d) {
			return need
		}
	}
	return ""
}

func rank(n Need) int {
	if slices.Contains(knownAbilities, driver.Ability(n)) {
		return 0
	}
	return 1
}

func met(need Need, h Harness, d driver.Description) bool {
	writes := d.Can(driver.AbilityAppend) && d.ForTesting
	switch need {
	case NeedWrites:
		return writes
	case NeedHistory:
		return writes || len(h.Keys) > 0
	case NeedCAS:
		return d.WriteMode == driver.WriteCAS
	case NeedBodyLimit:
		return d.MaxBody <= maxTriedBody
	}
	return given(need, h) || slices.Contains(knownAbilities, driver.Ability(need)) && d.Can(driver.Ability(need))
}

// given reports whether the field of the harness is set that a need names.
func given(need Need, h Harness) bool {
	switch need {
	case NeedReopen:
		return h.Reopen != nil
	case NeedAnother:
		return h.Another != nil
	case NeedOutage:
		return h.Outage != nil
	case NeedAuthor:
		return h.Author.ID != ""
	case NeedMapping:
		return h.Mapping != nil
	case NeedAnchors:
		return h.Anchors != nil
	case NeedOtherAnchors:
		return h.OtherAnchors != nil
	}
	return false
}
