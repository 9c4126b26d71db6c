package model

import "github.com/ftagateway/ftagateway/ld"

// The unit schemes. One code can mean two things: KGS is a kilogram per second in UN/ECE Recommendation 20.
const (
	SchemeCBP     = "CBP"     // CBP's units of measure
	SchemeUNECE20 = "UNECE20" // UN/ECE Recommendation 20 common codes
)

// Quantity is a number of units. It is never without its unit, nor the unit without its scheme.
type Quantity struct {
	Value      Decimal `json:"value"`
	UnitCode   string  `json:"unitCode"`
	UnitScheme string  `json:"unitScheme"`
}

// Amount is a sum of money.
type Amount struct {
	Value    Decimal `json:"value"`
	Currency string  `json:"currency"` // ISO 4217
}

// Period is a run of days, both ends included.
type Period struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// Contains reports whether a day is in the period.
func (p Period) Contains(d Date) bool { return d.Within(p.From, p.To) }

// Pin names a version of a record, with the digest of the document that it is about: what was seen when it was linked.
type Pin struct {
	ID      string    `json:"id"`
	Ledger  string    `json:"ledger"`
	Version uint64    `json:"version"`
	Digest  ld.Digest `json:"digest"`
}

// Link gives the pin as a record has it.
func (p Pin) Link(rel string) Link {
	return Link{Rel: rel, ID: p.ID, Ledger: p.Ledger, Version: p.Version, Digest: p.Digest}
}
