package binding

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// TestLinesThatPeopleWrite come to the same as what compilers write: the signature, by which a chain knows an event or
// function, tells.
func TestLinesThatPeopleWrite(t *testing.T) {
	for line, sig := range map[string]string{
		"event Filed(bytes32 indexed id, uint64 version, bytes body)":  "Filed(bytes32,uint64,bytes)",
		"event  Filed ( bytes32   indexed id , uint version,bytes ) ;": "Filed(bytes32,uint256,bytes)",
		"event Empty()": "Empty()",
		"event Lists(uint[] a, int[3][] b, bytes32[2] indexed c)":                             "Lists(uint256[],int256[3][],bytes32[2])",
		"event Deep((uint8 a, (string, bytes)[] b) c, tuple(address) d)":                      "Deep((uint8,(string,bytes)[]),(address))",
		"function holding(bytes32 id) external view returns (tuple(address, uint8 status) c)": "holding(bytes32)",
		"function pay(address payable to) payable":                                            "pay(address)",
		"function put(bytes calldata body, string memory text) public":                        "put(bytes,string)",
		"error Stale(uint64 stands)":                                                          "Stale(uint64)",
	} {
		parsed, err := parseABI([]any{line})
		if err != nil {
			t.Errorf("%q: %v", line, err)
			continue
		}
		got := ""
		for _, e := range parsed.Events {
			got = e.Sig
		}
		for _, m := range parsed.Methods {
			got = m.Sig
		}
		for _, e := range parsed.Errors {
			got = e.Sig
		}
		if got != sig {
			t.Errorf("%q is %s, want %s", line, got, sig)
		}
	}
}

// TestLinesThatAreWrong are refused where they are written, and not found out in production.
func TestLinesThatAreWrong(t *testing.T) {
	for _, line := range []string{
		"", "event", "event (", "event 1x()", "event X", "event X(", "event X(uint", "event X(uint a", "event X(uint a,)", "event X(uint a) b",
		"event X(uint a) returns (uint)", "event X(uint indexed indexed a)", "event X(uint a b)", "event X(a, uint b)", "function f() view returns",
		"function f(uint indexed a)", "error X(uint indexed a)", "struct X(uint a)", "event X(uint a); event Y()", "event X(uint[ a)", "event X(uint] a)",
		"event X(uint7 a)", "event X(uint264 a)", "event X(uint0 a)", "event X(uint08 a)", "event X(bytes33 a)", "event X(bytes0 a)", "event X(bool8 a)",
		"event X(address20 a)", "event X(fixed128x18 a)", "event X(strin a)", "event X(uint[0] a)", "event X(uint[99999999] a)", "event X(uint[1000][1000] a)",
		"event X((uint[1000][1000] a)[1000] b)", "event X(uint a, bytes a)", "event X((uint a, uint a) b)", "event X(uint256$ a)",
		"event X" + strings.Repeat("(", 40) + "uint" + strings.Repeat(")", 40), "event X(" + strings.Repeat("uint a,", 1000) + "uint b)",
	} {
		if parsed, err := parseABI([]any{line}); driver.CodeOf(err) != driver.Invalid {
			t.Errorf("%.80q: %+v, %v; want invalid", line, parsed.Events, err)
		}
	}
}

// TestAnItemThatIsWrong is what a compiler never wrote.
func TestAnItemThatIsWrong(t *testing.T) {
	for _, text := range []string{
		`7`, `null`, `[]`, `{"type": 7}`, `{"type": "event"}`, `{"type": "event", "name": "X", "inputs": [{"name": "a", "type": "uint"}]}`,
		`{"type": "event", "name": "X", "inputs": [{"name": "a", "type": "tuple", "components": [{"name": "b", "type": "uint8[1000000000][1000000000]"}]}]}`,
		`{"type": "event", "name": "X", "inputs": "a"}`, `{"type": "other", "name": "X"}`,
	} {
		var item any
		if err := json.Unmarshal([]byte(text), &item); err != nil {
			t.Fatal(err)
		}
		native, _ := json.Marshal(map[string]any{"contract": "0x00000000000000000000000000000000000000aa", "abi": []any{item},
			"events": []any{map[string]any{"event": "X", "key": "a"}}})
		s, err := ParseSection(native)
		if err == nil {
			_, err = Compile(s)
		}
		if driver.CodeOf(err) != driver.Invalid {
			t.Errorf("%s: %v, want invalid", text, err)
		}
	}
}

// FuzzABI: whatever stands in a list of an ABI is taken or refused, and taken twice alike.
func FuzzABI(f *testing.F) {
	for _, line := range []string{
		"event Filed(bytes32 indexed id, uint64 version, bytes body)", "function f((uint8 a, string)[2] b) view returns (bytes23)", "error E()",
		"event X(uint[][3] a, tuple(address, bool x)[] indexed b) anonymous;", "event X((((uint))))",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		parsed, err := parseABI([]any{line})
		if err != nil {
			if driver.CodeOf(err) != driver.Invalid {
				t.Errorf("%v, want invalid", err)
			}
			return
		}
		for _, e := range parsed.Events {
			for _, a := range e.Inputs {
				if a.Type.GetType() == nil {
					t.Errorf("%s has no type", a.Name)
				}
			}
		}
	})
}
