package lifecycle

// Facts is what the rules of a step ask about. A nil field is a fact that nobody at hand knows, for example because the
// document could not be fetched: its rule is then neither kept nor broken. Days are whole calendar days.
type Facts struct {
	// Signed: by its issuer, or by a sender whom the chain itself authenticated.
	Signed *bool
	// EntryNumber: its check digit is right.
	EntryNumber *bool
	// Certificates: each line that claims preference names a certificate which is valid on the import date, or one that
	// is expected.
	Certificates *bool
	// NextVersion: the record's version is the one after the version that stood.
	NextVersion *bool
	// Reasons are the reason codes of the record. They stand on the ledger, so that no code means that none was given.
	Reasons []string
	// Remarks is the length of the document's remarks in characters.
	Remarks *int
	// SinceEntry is the days from the date of entry to the step.
	SinceEntry *int
	// UntilLiquidation is the days from the step to the date on which liquidation was done, or for which it is scheduled.
	UntilLiquidation *int
	// SinceLiquidation is the days from liquidation to the step.
	SinceLiquidation *int
	// Evidence: every piece of evidence that an answer names has the digest it states.
	Evidence *bool
	// Determination: an origin determination accompanies the step.
	Determination *bool
}
