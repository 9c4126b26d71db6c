package binding

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

// scanner reads a line from its beginning.
type scanner struct{ rest string }

func (p *scanner) skip() { p.rest = strings.TrimLeft(p.rest, " \t\n") }

// word reads letters, digits, _ and $; and brackets of array types after them.
func (p *scanner) word() string {
	p.skip()
	n := strings.IndexFunc(p.rest, func(r rune) bool { return !isLetter(r) && r != '[' && r != ']' })
	if n < 0 {
		n = len(p.rest)
	}
	word := p.rest[:n]
	p.rest = p.rest[n:]
	return word
}

func (p *scanner) take(sign string) bool {
	p.skip()
	rest, ok := strings.CutPrefix(p.rest, sign)
	p.rest = rest
	return ok
}

// arguments reads a list in parentheses.
func (p *scanner) arguments(indexable bool, depth int) ([]abi.ArgumentMarshaling, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("must not be nested more than %d deep", maxDepth)
	}
	if !p.take("(") {
		return nil, fmt.Errorf("must have ( before %.20q", p.rest)
	}
	all := []abi.ArgumentMarshaling{}
	if p.take(")") {
		return all, nil
	}
	for {
		a, err := p.argument(indexable, depth)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
		if p.take(")") {
			return all, nil
		}
		if !p.take(",") {
			return nil, fmt.Errorf("must have , or ) before %.20q", p.rest)
		}
	}
}

func (p *scanner) argument(indexable bool, depth int) (abi.ArgumentMarshaling, error) {
	var a abi.ArgumentMarshaling
	a.Type = p.word()
	if p.skip(); (a.Type == "" || a.Type == "tuple") && strings.HasPrefix(p.rest, "(") {
		if err := p.tuple(&a, depth); err != nil {
			return a, err
		}
	}
	a.Type = wholeType(a.Type)
	return a, p.named(&a, indexable)
}

func (p *scanner) tuple(a *abi.ArgumentMarshaling, depth int) (err error) {
	if a.Components, err = p.arguments(false, depth+1); err != nil {
		return err
	}
	a.Type = "tuple"
	if strings.HasPrefix(p.rest, "[") {
		a.Type += p.word()
	}
	nameComponents(a.Components)
	return nil
}

// named reads what stands after a type.
func (p *scanner) named(a *abi.ArgumentMarshaling, indexable bool) error {
	for word := p.word(); word != ""; word = p.word() {
		switch {
		case word == "indexed" && indexable && !a.Indexed && a.Name == "":
			a.Indexed = true
		case word == "memory", word == "calldata", word == "payable":
		case a.Name == "" && isName(word):
			a.Name = word
		default:
			return fmt.Errorf("%q has no meaning after the type %s", word, a.Type)
		}
	}
	return nil
}

// nameComponents names what has no name by its place: a tuple becomes an object.
func nameComponents(all []abi.ArgumentMarshaling) {
	for i := range all {
		if all[i].Name == "" {
			all[i].Name = fmt.Sprintf("item%d", i)
		}
	}
}

// wholeType writes uint and int out, which are short for those of 256 bits.
func wholeType(t string) string {
	base, array, isArray := strings.Cut(t, "[")
	if base == "uint" || base == "int" {
		base += "256"
	}
	if isArray {
		return base + "[" + array
	}
	return base
}

func isLetter(r rune) bool {
	return r == '_' || r == '$' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

func isName(word string) bool {
	return word != "" && (word[0] < '0' || word[0] > '9') && strings.IndexFunc(word, func(r rune) bool { return !isLetter(r) }) < 0
}
