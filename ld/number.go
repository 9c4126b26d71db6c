package ld

import (
	"math"
	"strconv"
	"strings"
)

// maxSafe is the largest number whose neighbours a double still tells apart. Above it two parsers may read two values,
// and JCS writes a number of the same look for both.
const maxSafe = 1<<53 - 1

// number reads the text of a JSON number as a double.
func (r *reader) number(text string) (any, error) {
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || math.Abs(v) > maxSafe:
		return nil, r.fault(text, "must be a number between -9007199254740991 and 9007199254740991", rfc7493+" §2.2")
	case v == 0 && hasDigits(text):
		return nil, r.fault(text, "must be zero, or far enough from it for a double", rfc7493+" §2.2")
	case v == 0:
		return 0.0, nil // -0 is 0, as JCS writes it
	}
	return v, nil
}

// hasDigits reports whether a number's text before its exponent has any digit but 0.
func hasDigits(text string) bool {
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	return strings.ContainsAny(mantissa, "123456789")
}
