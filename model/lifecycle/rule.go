package lifecycle

import "slices"

// Rule is a condition on a step.
type Rule struct {
	Name   string `json:"name"`   // short and stable, for programs
	Text   string `json:"text"`   // for a reader
	Source string `json:"source"` // the form, regulation or notice it comes from; ours where none says it
}

// What the rules come from.
const (
	sourceOurs       = "FTA Gateway"
	source7501       = "CBP Form 7501"
	sourceReject     = "ACE entry summary reject reasons"
	sourceCorrection = "ACE post-summary correction test, 82 FR 50656"
	sourceProtest    = "19 CFR 174.12(e)"
)

// The rules of the tables.
var (
	signed       = Rule{"signature", "is signed", sourceOurs}
	entryNumber  = Rule{"entry-number", "the entry number's check digit is right", source7501}
	certificates = Rule{"certificates", "each line that claims preference names a certificate valid on the import date, " +
		"even if it arrives later", sourceOurs}
	nextVersion       = Rule{"next-version", "the version is one more than before", sourceOurs}
	rejectReason      = Rule{"reject-reason", "has a reason code; 998 has remarks of 1 to 500 characters", sourceReject}
	reason            = Rule{"reason", "has a reason code or remarks", sourceOurs}
	correctable       = Rule{"correct-within", "at most 300 days from entry", sourceCorrection}
	beforeLiquidation = Rule{"correct-before", "at least 15 days before liquidation", sourceCorrection}
	protestable       = Rule{"protest-within", "at most 180 days from liquidation", sourceProtest}
	evidence          = Rule{"evidence", "the evidence has the digests that the answer states", sourceOurs}
	determination     = Rule{"determination", "an origin determination goes with it", sourceOurs}
	clockOnly         = Rule{"clock-only", "is computed from a clock and is nobody's step", sourceOurs}
	inTable           = Rule{"in-table", "is a step that this state has", sourceOurs}
)

// checks asks the facts: true, false, or nil where the fact is not known.
var checks = map[Rule]func(Facts) *bool{
	signed:            func(f Facts) *bool { return f.Signed },
	entryNumber:       func(f Facts) *bool { return f.EntryNumber },
	certificates:      func(f Facts) *bool { return f.Certificates },
	nextVersion:       func(f Facts) *bool { return f.NextVersion },
	rejectReason:      checkRejectReason,
	reason:            checkReason,
	correctable:       func(f Facts) *bool { return atMost(f.SinceEntry, maxDaysToCorrect) },
	beforeLiquidation: func(f Facts) *bool { return atLeast(f.UntilLiquidation, minDaysToLiquidation) },
	protestable:       func(f Facts) *bool { return atMost(f.SinceLiquidation, maxDaysToProtest) },
	evidence:          func(f Facts) *bool { return f.Evidence },
	determination:     func(f Facts) *bool { return f.Determination },
}

// The numbers of the rules, in days and characters.
const (
	maxDaysToCorrect     = 300
	minDaysToLiquidation = 15
	maxDaysToProtest     = 180
	daysToAnswer         = 30 // CBP Form 28
	daysToContest        = 20 // CBP Form 29
	maxRemarks           = 500
	otherReason          = "998"
)

func atMost(days *int, most int) *bool {
	if days == nil {
		return nil
	}
	return new(*days <= most)
}

func atLeast(days *int, least int) *bool {
	if days == nil {
		return nil
	}
	return new(*days >= least)
}

// checkRejectReason knows the codes always, and the remarks only where the document is at hand.
func checkRejectReason(f Facts) *bool {
	if len(f.Reasons) == 0 {
		return new(false)
	}
	if !slices.Contains(f.Reasons, otherReason) {
		return new(true)
	}
	if f.Remarks == nil {
		return nil
	}
	return new(*f.Remarks >= 1 && *f.Remarks <= maxRemarks)
}

func checkReason(f Facts) *bool {
	if len(f.Reasons) > 0 {
		return new(true)
	}
	return atLeast(f.Remarks, 1)
}
