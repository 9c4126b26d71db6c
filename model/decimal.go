package model

import (
	"fmt"
	"regexp"

	"github.com/shopspring/decimal"
)

// Decimal is a number of 0 or more as a document spells it. One value has one spelling (no exponent, sign, leading or
// trailing zeros; at most 15 digits and 6 decimals), so that it can cross any ledger and come back the same. The zero
// value is no number at all, and counts as 0 in sums.
type Decimal string

var decimalForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,14})(\.[0-9]{0,5}[1-9])?$`)

// ParseDecimal reads the one spelling of a number.
func ParseDecimal(s string) (Decimal, error) {
	if !decimalForm.MatchString(s) {
		return "", fmt.Errorf("decimal %.40q: must have at most 15 digits and 6 decimals, without exponent, sign, leading or trailing zeros", s)
	}
	return Decimal(s), nil
}

// Add gives the sum.
func (d Decimal) Add(other Decimal) Decimal { return Decimal(d.number().Add(other.number()).String()) }

// Cmp is -1 where d is the smaller number, 0 where both are equal, 1 where it is the larger.
func (d Decimal) Cmp(other Decimal) int { return d.number().Cmp(other.number()) }

// Places counts the decimals.
func (d Decimal) Places() int { return max(0, -int(d.number().Exponent())) }

// number is 0 for what is no Decimal; the schema has said so then.
func (d Decimal) number() decimal.Decimal {
	if !decimalForm.MatchString(string(d)) {
		return decimal.Decimal{}
	}
	return decimal.RequireFromString(string(d))
}
