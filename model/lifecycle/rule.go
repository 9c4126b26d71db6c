package lifecycle

import "slices"

// Rule is a condition on a step.
type Rule struct {
	Name   string // short and stable, for programs
	Text   string // for a reader
	Source string // the form, regulation or chapter it comes from; ours where none says it
	check  func(Facts) *bool
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
	signed = Rule{"signature", "is signed", sourceOurs,
		func(f Facts) *bool { return f.Signed }}
	entryNumber = Rule{"entry-number", "the entry number's check digit is right", source7501,
		func(f Facts) *bool { return f.EntryNumber }}
	certificates = Rule{"certificates", "each line that claims preference names a certificate valid on the import date; " +
		"it may arrive later", sourceOurs,
		func(f Facts) *bool { return f.Certificates }}
	nextVersion = Rule{"next-version", "the version is one more than before", sourceOurs,
		func(f Facts) *bool { return f.NextVersion }}
	rejectReason = Rule{"reject-reason", "has a reason code; 998 has remarks of 1 to 500 characters", sourceReject,
		checkRejectReason}
	reason = Rule{"reason", "has a reason code or remarks", sourceOurs,
		checkReason}
	correctable = Rule{"correct-within", "at most 300 days from entry", sourceCorrection,
		func(f Facts) *bool { return atMost(f.SinceEntry, maxDaysToCorrect) }}
	beforeLiquidation = Rule{"correct-before", "at least 15 days before liquidation", sourceCorrection,
		func(f Facts) *bool { return atLeast(f.UntilLiquidation, minDaysToLiquidation) }}
	protestable = Rule{"protest-within", "at most 180 days from liquidation", sourceProtest,
		func(f Facts) *bool { return atMost(f.SinceLiquidation, maxDaysToProtest) }}
	evidence = Rule{"evidence", "the evidence has the digests that the answer states", sourceOurs,
		func(f Facts) *bool { return f.Evidence }}
	determination = Rule{"determination", "an origin determination goes with it", sourceOurs,
		func(f Facts) *bool { return f.Determination }}
	clockOnly = Rule{Name: "clock-only", Text: "is computed from a clock and is nobody's step", Source: sourceOurs}
	inTable   = Rule{Name: "in-table", Text: "is a step that this state has", Source: sourceOurs}
)

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
