package ld

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// string reads a string, beginning at its quote.
func (p *parser) string() (string, bool) {
	p.at++
	start := p.at
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '"':
			p.at++
			return strings.Clone(p.text[start : p.at-1]), true
		case c == '\\':
			return p.escaped(start)
		case c < ' ':
			return "", p.syntax("must have its control characters escaped")
		}
		p.at++
	}
	return "", p.syntax("must end with a quote")
}

// escaped goes on with a string in which the first backslash was found.
func (p *parser) escaped(start int) (string, bool) {
	s := []byte(p.text[start:p.at])
	for p.at < len(p.text) {
		c := p.text[p.at]
		if c < ' ' {
			return "", p.syntax("must have its control characters escaped")
		}
		p.at++
		switch c {
		case '"':
			return string(s), true
		case '\\':
			r, ok := p.escape()
			if !ok {
				return "", false
			}
			s = utf8.AppendRune(s, r)
		default:
			s = append(s, c)
		}
	}
	return "", p.syntax("must end with a quote")
}

var shortEscapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape reads what stands behind a backslash.
func (p *parser) escape() (rune, bool) {
	c := p.peek()
	if r, ok := shortEscapes[c]; ok {
		p.at++
		return r, true
	}
	if c != 'u' {
		return 0, p.syntax("must be one of JSON's escapes")
	}
	p.at++
	unit, ok := p.hex()
	if !ok || !utf16.IsSurrogate(unit) {
		return unit, ok
	}
	return p.surrogate(unit)
}

// surrogate reads the second half of a pair. A half alone is a fault; it is no mistake in the syntax.
func (p *parser) surrogate(first rune) (rune, bool) {
	at := p.at
	if strings.HasPrefix(p.text[p.at:], `\u`) {
		p.at += 2
		second, ok := p.hex()
		if !ok {
			return 0, false
		}
		if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
			return r, true
		}
	}
	p.at = at
	p.fault(`\u`+strconv.FormatInt(int64(first), 16), "must be a whole surrogate pair", rfc7493+" §2.1")
	return utf8.RuneError, true
}

// hex reads four hexadecimal digits.
func (p *parser) hex() (rune, bool) {
	if len(p.text)-p.at < 4 {
		return 0, p.syntax("must be four hexadecimal digits")
	}
	unit, err := strconv.ParseUint(p.text[p.at:p.at+4], 16, 16)
	if err != nil {
		return 0, p.syntax("must be four hexadecimal digits")
	}
	p.at += 4
	return rune(unit), true
}
