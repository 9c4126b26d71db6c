package binding_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
	"github.com/ftagateway/ftagateway/adapters/ethereum/contract"
)

// TestTheReferenceSectionNamesTheContractAsItIs: the section writes the contract's ABI out for people, and each line must be
// what the compiler made, with the names of all arguments.
func TestTheReferenceSectionNamesTheContractAsItIs(t *testing.T) {
	section, err := binding.ParseSection(json.RawMessage(`{"builtin": "reference", "contract": "0x00000000000000000000000000000000000000aa"}`))
	if err != nil {
		t.Fatal(err)
	}
	b, err := binding.Compile(section)
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := abi.JSON(strings.NewReader(contract.ABI()))
	if err != nil {
		t.Fatal(err)
	}
	want := map[common.Hash]bool{compiled.Events["Appended"].ID: true, compiled.Events["Led"].ID: true}
	for _, id := range b.Topics() {
		if !want[id] {
			t.Errorf("the section looks for event %s, which the contract does not emit", id)
		}
		delete(want, id)
	}
	if len(want) > 0 {
		t.Errorf("the section does not look for %v", want)
	}
	inCompiled := linesOf(compiled)
	for _, line := range section.ABI {
		if !inCompiled[line.(string)] {
			t.Errorf("%s: is not in the contract's ABI", line)
		}
	}
}

// linesOf writes an ABI as the section does.
func linesOf(a abi.ABI) map[string]bool {
	lines := map[string]bool{}
	for _, e := range a.Events {
		lines["event "+e.RawName+argumentsOf(e.Inputs)] = true
	}
	for _, e := range a.Errors {
		lines["error "+e.Name+argumentsOf(e.Inputs)] = true
	}
	for _, m := range a.Methods {
		line := "function " + m.RawName + argumentsOf(m.Inputs)
		if m.IsConstant() {
			line += " " + m.StateMutability + " returns " + argumentsOf(m.Outputs)
		}
		lines[line] = true
	}
	return lines
}

func argumentsOf(all abi.Arguments) string {
	parts := make([]string, len(all))
	for i, a := range all {
		parts[i] = a.Type.String() + " " + a.Name
		if a.Indexed {
			parts[i] = a.Type.String() + " indexed " + a.Name
		}
	}
	return "(" + strings.Join(parts, ", ") + ")"
}
