package lifecycle

// The states of a certificate of origin. Whether it covers a date is a rule of the document, not a state.
const (
	None      State = "none" // before its first record
	Certified State = "certified"
	// Withdrawn is the claim's.
)

// The steps of a certificate. A replacement is its next version; links to an older one stay pinned to what they saw.
// Withdraw is spelled as the claim's, and stands in the records of another type of document.
const (
	Certify Event = "certify"
	Replace Event = "replace"
)

var byCertifier = []Role{Certifier}

var certificateRows = []Row{
	{From: None, Event: Certify, To: Certified, Who: byCertifier, Rules: []Rule{signed}},
	{From: Certified, Event: Replace, To: Certified, Who: byCertifier, Rules: []Rule{signed, nextVersion}},
	{From: Certified, Event: Withdraw, To: Withdrawn, Who: byCertifier, Rules: []Rule{signed}},
}
