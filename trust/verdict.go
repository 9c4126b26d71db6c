package trust

import "slices"

// Assurance says whose word an answer stands on, the strongest first.
type Assurance string

// The assurances.
const (
	ByIssuer Assurance = "issuer" // the issuer's own proof was checked and is right
	BySender Assurance = "sender" // the chain authenticated who sent it
	ByLedger Assurance = "ledger" // only the ledger says so
)

// Verdict is what was found out about a record or document, on every answer that holds one.
type Verdict struct {
	Outcome   Outcome   `json:"outcome"`
	Assurance Assurance `json:"assurance"`
	Checks    []Check   `json:"checks"`
	Mapping   string    `json:"mapping,omitempty"` // digest of the mapping by which the record was read
	AsOf      AsOf      `json:"asOf,omitzero"`
}

// Subject is what a verdict is about, beside its checks.
type Subject struct {
	// SenderKnown says that the chain itself authenticated the entry's author.
	SenderKnown bool
	Mapping     string
	AsOf        AsOf
}

// Judge turns checks into a verdict. It is a pure function and keeps nothing that it is given.
//
// Any invalid check makes the verdict invalid, required or not. Otherwise a required check that is undetermined, not
// offered or missing makes it undetermined, and so does the want of a single valid check: valid says that something
// was checked. Everything else is valid. A name that comes twice counts twice, and an outcome outside the four of a
// check is undetermined. The verdict lists the checks in the order of Names, foreign names last, with a line for every
// required one that is missing.
func Judge(checks []Check, required []string, of Subject) Verdict {
	lines := complete(checks, required)
	return Verdict{
		Outcome:   outcome(lines, required),
		Assurance: assurance(lines, of.SenderKnown),
		Checks:    lines,
		Mapping:   of.Mapping,
		AsOf:      of.AsOf,
	}
}

func complete(checks []Check, required []string) []Check {
	lines := make([]Check, 0, len(checks)+len(required))
	for _, c := range checks {
		lines = append(lines, known(c))
	}
	for _, name := range required {
		if !slices.ContainsFunc(lines, func(c Check) bool { return c.Name == name }) {
			lines = append(lines, Check{Name: name, Outcome: Undetermined, Reason: "was not checked"})
		}
	}
	slices.SortStableFunc(lines, func(a, b Check) int { return rank(a.Name) - rank(b.Name) })
	return lines
}

func known(c Check) Check {
	switch c.Outcome {
	case Valid, Invalid, Undetermined, NotOffered:
		return c
	}
	c.Outcome, c.Reason = Undetermined, "ended in no outcome that is known"
	return c
}

func rank(name string) int {
	if i := slices.Index(order, name); i >= 0 {
		return i
	}
	return len(order)
}

func outcome(lines []Check, required []string) Outcome {
	anyValid, wanting := false, false
	for _, c := range lines {
		if c.Outcome == Invalid {
			return Invalid
		}
		anyValid = anyValid || c.Outcome == Valid
		wanting = wanting || c.Outcome != Valid && slices.Contains(required, c.Name)
	}
	if wanting || !anyValid {
		return Undetermined
	}
	return Valid
}

// assurance falls to the ledger's where a proof was there and is wrong: whoever sent that vouches for nothing.
func assurance(lines []Check, senderKnown bool) Assurance {
	a := ByLedger
	if senderKnown {
		a = BySender
	}
	for _, c := range lines {
		if c.Name != Proof {
			continue
		}
		if c.Outcome == Invalid {
			return ByLedger
		}
		if c.Outcome == Valid {
			a = ByIssuer
		}
	}
	return a
}
