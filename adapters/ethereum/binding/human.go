package binding

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

// item is an event, function or error as compilers write it.
type item struct {
	Type            string                   `json:"type"`
	Name            string                   `json:"name"`
	Inputs          []abi.ArgumentMarshaling `json:"inputs"`
	Outputs         []abi.ArgumentMarshaling `json:"outputs,omitempty"`
	StateMutability string                   `json:"stateMutability,omitempty"`
	Anonymous       bool                     `json:"anonymous,omitempty"`
}

// parseABI makes an ABI of what the section lists: objects, and lines that people write.
func parseABI(items []any) (abi.ABI, error) {
	all := make([]any, len(items))
	for i, one := range items {
		line, isLine := one.(string)
		if !isLine {
			all[i] = one
			continue
		}
		parsed, err := parseLine(line)
		if err != nil {
			return abi.ABI{}, invalid(fmt.Sprintf("ledger.abi[%d]", i), "%.80q: %w", line, err)
		}
		all[i] = parsed
	}
	data, err := json.Marshal(all)
	if err != nil {
		return abi.ABI{}, invalid("ledger.abi", "%w", err)
	}
	parsed, err := abi.JSON(strings.NewReader(string(data)))
	if err != nil {
		return abi.ABI{}, invalid("ledger.abi", "%w", err)
	}
	return parsed, nil
}

// The bounds of a line: deeper or longer ones are no contract that somebody wrote.
const (
	maxLine  = 4096
	maxDepth = 8
)

// parseLine reads a line such as
//
//	event Filed(bytes32 indexed id, uint64 version, bytes body)
//	function certificate(bytes32 id) view returns (tuple(address issuer, uint8 status) c)
//	error Stale(uint64 stands)
func parseLine(line string) (*item, error) {
	if len(line) > maxLine {
		return nil, fmt.Errorf("has %d characters, the most is %d", len(line), maxLine)
	}
	p := &scanner{rest: line}
	it := &item{Type: p.word(), Name: ""}
	if it.Type != "event" && it.Type != "function" && it.Type != "error" {
		return nil, fmt.Errorf("must begin with event, function or error")
	}
	if it.Name = p.word(); !isName(it.Name) {
		return nil, fmt.Errorf("must name the %s", it.Type)
	}
	var err error
	if it.Inputs, err = p.arguments(it.Type == "event", 0); err != nil {
		return nil, err
	}
	return it, p.rightOf(it)
}

// rightOf reads what stands after the arguments.
func (p *scanner) rightOf(it *item) error {
	if it.Type == "function" {
		it.StateMutability = "nonpayable"
	}
	for word := p.word(); word != ""; word = p.word() {
		if err := p.modify(it, it.Type+" "+word, word); err != nil {
			return err
		}
	}
	if p.skip(); p.rest != "" && p.rest != ";" {
		return fmt.Errorf("must end before %.20q", p.rest)
	}
	return nil
}

// modify takes a word after the arguments.
func (p *scanner) modify(it *item, what, word string) (err error) {
	switch what {
	case "event anonymous":
		it.Anonymous = true
	case "function view", "function pure", "function payable":
		it.StateMutability = word
	case "function external", "function public":
	case "function returns":
		it.Outputs, err = p.arguments(false, 0)
	default:
		err = fmt.Errorf("%q has no meaning after the arguments of this %s", word, it.Type)
	}
	return err
}

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
		case word == "indexed" && indexable && a.Name == "":
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
	base, array, _ := strings.Cut(t, "[")
	if base == "uint" || base == "int" {
		base += "256"
	}
	if array != "" {
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
