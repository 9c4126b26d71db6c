package model

import (
	"fmt"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

const entryNumberSource = "CBP Form 7501 instructions, appendix 1"

// NormalizeEntryNumber gives an entry number as documents and lookups have it: 11 characters in capitals without
// hyphens, filer code, seven digits and check digit. It takes what people write ("abc-1234567-6") and refuses a wrong
// check digit. The error does not repeat the number: it may be logged.
func NormalizeEntryNumber(s string) (string, error) {
	if len(s) > 64 {
		return "", fmt.Errorf("entry number of %d characters: must have 11 (%s)", len(s), entryNumberSource)
	}
	number := strings.ToUpper(strings.Map(dropSeparators, s))
	if !entryNumberForm(number) {
		return "", fmt.Errorf("entry number: must be a filer code of three letters and digits, seven digits and a check digit (%s)", entryNumberSource)
	}
	if CheckDigit(number[:10]) != number[10] {
		return "", fmt.Errorf("entry number: has a wrong check digit (%s)", entryNumberSource)
	}
	return number, nil
}

func dropSeparators(r rune) rune {
	if r == '-' || r == ' ' {
		return -1
	}
	return r
}

func entryNumberForm(s string) bool {
	if len(s) != 11 {
		return false
	}
	for i := range len(s) {
		if !isDigit(s[i]) && (i >= 3 || !isCapital(s[i])) {
			return false
		}
	}
	return true
}

// CheckDigit reckons the last character of an entry number from the ten before it: see schemas.CheckDigit.
func CheckDigit(ten string) byte { return schemas.CheckDigit(ten) }

func isDigit(c byte) bool   { return c >= '0' && c <= '9' }
func isCapital(c byte) bool { return c >= 'A' && c <= 'Z' }
