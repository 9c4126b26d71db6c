package gatewaysuite

import (
	"slices"

	"github.com/ftagateway/ftagateway/conformance"
)

// The levels: by what customs relies on.
const (
	LevelVerdict    conformance.Level = "verdict"    // what is said of a record is true
	LevelOutage     conformance.Level = "outage"     // what cannot be asked is no verdict, and is named
	LevelPrivacy    conformance.Level = "privacy"    // nothing goes where it must not
	LevelProblem    conformance.Level = "problem"    // what is refused is refused in a way that programs can act on
	LevelPaging     conformance.Level = "paging"     // lists are whole
	LevelEvents     conformance.Level = "events"     // what is new is told, once and to the end
	LevelSubmission conformance.Level = "submission" // what is filed stands once, and what is refused nowhere
)

// Levels lists the levels in the order in which they are played.
func Levels() []conformance.Level {
	return []conformance.Level{LevelVerdict, LevelOutage, LevelPrivacy, LevelProblem, LevelPaging, LevelEvents, LevelSubmission}
}

// Case is one thing that a gateway must do right.
type Case struct {
	conformance.Case
	run func(c *check)
}

// Cases lists every case, in the order in which they are played.
func Cases() []Case {
	return slices.Concat(honestCases, lieCases, witnessCases, authorityCases, countingCases, evidenceCases,
		outageCases, staleCases, privacyCases, originCases, problemCases, requestCases, pagingCases, eventCases,
		freshCases, submissionCases, refusalCases, settlingCases)
}

// missing reports whether a case needs what a gateway does not give.
func (cs Case) missing(g *Gateway) bool {
	return slices.Contains(cs.Needs, NeedLog) && g.Log == nil
}
