package ld

import (
	"math"
	"strconv"
	"strings"
)

// maxSafe is the largest number whose neighbours a double still tells apart. Above it two parsers may read two values,
// and JCS writes a number of the same look for both.
const maxSafe = 1<<53 - 1

// number reads a number as a double.
func (p *parser) number() (any, bool) {
	start := p.at
	if !p.grammar() {
		return nil, false
	}
	text := p.text[start:p.at]
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || math.Abs(v) > maxSafe:
		p.fault(text, "must be a number between -9007199254740991 and 9007199254740991", rfc7493+" §2.2")
	case v == 0 && hasDigits(text):
		p.fault(text, "must be zero, or far enough from it for a double", rfc7493+" §2.2")
	case v == 0:
		return 0.0, true // -0 is 0, as JCS writes it
	}
	return v, true
}

// grammar moves behind a number as RFC 8259 §6 writes it.
func (p *parser) grammar() bool {
	p.take('-')
	if !p.take('0') && !p.digits() {
		return p.syntax("must be a digit")
	}
	if p.take('.') && !p.digits() {
		return p.syntax("must be a digit after the point")
	}
	if !p.take('e') && !p.take('E') {
		return true
	}
	if !p.take('+') {
		p.take('-')
	}
	return p.digits() || p.syntax("must be a digit in the exponent")
}

func (p *parser) digits() bool {
	start := p.at
	for c := p.peek(); '0' <= c && c <= '9'; c = p.peek() {
		p.at++
	}
	return p.at > start
}

// hasDigits reports whether a number's text before its exponent has any digit but 0.
func hasDigits(text string) bool {
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	return strings.ContainsAny(mantissa, "123456789")
}
