package conformance

import "slices"

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

// maxTriedBody bounds the body that is written to see whether the chain takes its own MaxBody.
const maxTriedBody = 4 << 20

// Cases lists every case, in the order in which they are played. What ends or cuts off the ledger comes last.
func Cases() []Case {
	return slices.Concat(describeCases, getCases, meaningCases, finalityCases, endedCases, versionsCases, sharingCases, findCases,
		appendCases, refusalCases, rivalCases, repeatCases, receiptCases,
		changesCases, cursorCases, waitCases, proveCases, alteredCases, outageCases, closeCases, reopenCases)
}
