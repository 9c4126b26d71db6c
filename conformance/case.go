package conformance

import (
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Level groups cases by what a chain is used for.
type Level string

// The levels.
const (
	LevelRead   Level = "read"
	LevelWrite  Level = "write"
	LevelStream Level = "stream"
	LevelProof  Level = "proof"
)

// Levels lists the levels in the order in which they are played.
func Levels() []Level { return []Level{LevelRead, LevelWrite, LevelStream, LevelProof} }

// Case is one thing that a driver must do right.
type Case struct {
	ID    string // stable: "read/absent-is-not-found"
	Level Level
	Why   string   // what goes wrong where a driver gets it wrong
	Steps []string // what is done and what is expected, in words
	Needs []Need   // beside AbilityRead

	run func(c *check)
}

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
	NeedAnchors      Need = "Harness.Anchors"
	NeedOtherAnchors Need = "Harness.OtherAnchors"
	NeedBodyLimit    Need = "a MaxBody of at most 4 MiB"
)

// The abilities as needs.
const (
	needVersions = Need(driver.AbilityVersions)
	needFind     = Need(driver.AbilityFind)
	needChanges  = Need(driver.AbilityChanges)
	needProve    = Need(driver.AbilityProve)
)

// maxTriedBody bounds the body that is written to see whether the chain takes its own MaxBody.
const maxTriedBody = 4 << 20

// Cases lists every case, in the order in which they are played. What ends or cuts off the ledger comes last.
func Cases() []Case {
	return slices.Concat(describeCases, getCases, finalityCases, endedCases, versionsCases, sharingCases, findCases,
		appendCases, refusalCases, rivalCases, repeatCases, receiptCases,
		changesCases, cursorCases, waitCases, proveCases, alteredCases, outageCases, closeCases, reopenCases)
}

// missing gives the first need that this ledger and harness do not meet, or "".
func (cs Case) missing(h Harness, d driver.Description) Need {
	if !d.Can(driver.AbilityRead) {
		return Need(driver.AbilityRead)
	}
	for _, need := range cs.Needs {
		if !met(need, h, d) {
			return need
		}
	}
	return ""
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
	return given(need, h) || d.Can(driver.Ability(need))
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
	case NeedAnchors:
		return h.Anchors != nil
	case NeedOtherAnchors:
		return h.OtherAnchors != nil
	}
	return false
}
