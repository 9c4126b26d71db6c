package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/fabric/member"
)

// The bounds of a policy, so that reading and judging one takes no time worth speaking of.
const (
	maxText  = 8 << 10
	maxDepth = 8
)

// Parse reads a policy over organisations, by their MSP ids. It refuses one that names another, or that nobody can meet.
func Parse(text string, organisations []string) (*Policy, error) {
	if len(text) > maxText {
		return nil, fmt.Errorf("policy has %d bytes, the most is %d", len(text), maxText)
	}
	p := &parser{rest: text}
	r, err := p.policy(organisations)
	if err != nil {
		return nil, fmt.Errorf("policy %.200q: %w", text, err)
	}
	for _, named := range r.organisations() {
		if !slices.Contains(organisations, named) {
			return nil, fmt.Errorf("policy %.200q: names %q, which is none of %v", text, named, organisations)
		}
	}
	return &Policy{text, *r}, nil
}

// parser reads from the left what is still there.
type parser struct{ rest string }

func (p *parser) policy(organisations []string) (*rule, error) {
	if r, err := counted(p.rest, organisations); r != nil || err != nil {
		return r, err
	}
	r, err := p.rule(maxDepth)
	if err == nil && p.peek() != "" {
		err = fmt.Errorf("%.40q comes after its end", p.rest)
	}
	return r, err
}

// counted reads a number of organisations; nil for a policy of the other form.
func counted(text string, organisations []string) (*rule, error) {
	words := strings.Fields(text)
	if len(words) != 2 {
		return nil, nil
	}
	all := len(organisations)
	n, ok := map[string]int{"ANY": 1, "MAJORITY": all/2 + 1, "ALL": all}[words[0]]
	if !ok {
		return nil, nil
	}
	if !member.IsRole(words[1]) || all == 0 {
		return nil, fmt.Errorf("%q is no role that organisations here could have", words[1])
	}
	r := &rule{n: n}
	for _, o := range organisations {
		r.of = append(r.of, rule{msp: o, role: words[1]})
	}
	return r, nil
}

func (p *parser) rule(depth int) (*rule, error) {
	if depth == 0 {
		return nil, fmt.Errorf("rules stand in rules more than %d deep", maxDepth)
	}
	if q := p.peek(); q == "'" || q == `"` {
		return p.principal(q)
	}
	name, after, ok := strings.Cut(p.rest, "(")
	if !ok {
		return nil, fmt.Errorf("at %.40q: must be AND(, OR(, OutOf( or 'MSP.role'", p.rest)
	}
	p.rest = after
	return p.gate(strings.ToUpper(strings.TrimSpace(name)), depth)
}

func (p *parser) gate(name string, depth int) (*rule, error) {
	r := &rule{}
	var err error
	if name == "OUTOF" {
		if r.n, err = p.number(); err != nil {
			return nil, err
		}
	}
	if r.of, err = p.list(depth); err != nil {
		return nil, err
	}
	switch name {
	case "AND":
		r.n = len(r.of)
	case "OR":
		r.n = 1
	case "OUTOF":
	default:
		return nil, fmt.Errorf("%.20q is none of AND, OR and OutOf", name)
	}
	if r.n < 1 || r.n > len(r.of) {
		return nil, fmt.Errorf("%d of %d rules is more than there are, or none", r.n, len(r.of))
	}
	return r, nil
}

// list reads rules up to the parenthesis that ends them.
func (p *parser) list(depth int) ([]rule, error) {
	var all []rule
	for {
		r, err := p.rule(depth - 1)
		if err != nil {
			return nil, err
		}
		all = append(all, *r)
		next := p.peek()
		if next != "," && next != ")" {
			return nil, fmt.Errorf("at %.40q: must be , or )", p.rest)
		}
		p.rest = p.rest[1:]
		if next == ")" {
			return all, nil
		}
	}
}

func (p *parser) number() (int, error) {
	text, after, ok := strings.Cut(p.rest, ",")
	n, err := strconv.Atoi(strings.Trim(strings.TrimSpace(text), `'"`))
	if !ok || err != nil {
		return 0, fmt.Errorf("OutOf(%.20q: must begin with a number", text)
	}
	p.rest = after
	return n, nil
}

func (p *parser) principal(quote string) (*rule, error) {
	text, after, ok := strings.Cut(p.rest[1:], quote)
	dot := strings.LastIndexByte(text, '.')
	if !ok || dot < 1 || !member.IsRole(text[dot+1:]) {
		return nil, fmt.Errorf("%.80q: must be 'MSP.role', and role member, peer, client, admin or orderer", text)
	}
	p.rest = after
	return &rule{msp: text[:dot], role: text[dot+1:]}, nil
}

// peek gives the next character that is no space, empty at the end.
func (p *parser) peek() string {
	p.rest = strings.TrimLeft(p.rest, " \t\r\n")
	return p.rest[:min(1, len(p.rest))]
}
