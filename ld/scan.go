package ld

import (
	"fmt"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
)

// peek answers the next byte, 0 at the end. A text cannot hold a 0 outside a string, so it is never mistaken.
func (p *parser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *parser) take(c byte) bool {
	if p.peek() != c || p.at == len(p.text) {
		return false
	}
	p.at++
	return true
}

func (p *parser) space() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

func (p *parser) literal() (any, bool) {
	rest := p.text[p.at:]
	for text, v := range literals {
		if strings.HasPrefix(rest, text) {
			p.at += len(text)
			return v, true
		}
	}
	return nil, p.syntax("must be a JSON value")
}

var literals = map[string]any{"true": true, "false": false, "null": nil}

// fault records what is wrong with the value being read.
func (p *parser) fault(value any, rule, source string) {
	p.faults.Add(p.pointer(), value, rule, source)
}

// syntax records a mistake at the place reached, and always answers false: nothing can be read after it.
func (p *parser) syntax(rule string) bool {
	const shown = 16
	found := "end of the text"
	if rest := p.text[p.at:]; rest != "" {
		found = rest[:min(shown, len(rest))]
	}
	p.fault(strings.ToValidUTF8(found, ""), fmt.Sprintf("%s (byte %d)", rule, p.at), rfc8259)
	return false
}

func (p *parser) pointer() string {
	var tokens []any
	for _, s := range p.path {
		switch s.kind {
		case atMember:
			tokens = append(tokens, s.name)
		case atItem:
			tokens = append(tokens, s.index)
		}
	}
	return schemas.Pointer("", tokens...)
}
