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
		all[i] = one
		if line, isLine := one.(string); isLine {
			parsed, err := parseLine(line)
			if err != nil {
				return abi.ABI{}, invalid(fmt.Sprintf("ledger.abi[%d]", i), "%.80q: %w", line, err)
			}
			all[i] = parsed
		}
		if err := checkTypes(all[i]); err != nil {
			return abi.ABI{}, invalid(fmt.Sprintf("ledger.abi[%d]", i), "%w", err)
		}
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
