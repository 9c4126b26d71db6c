package contract

import (
	"maps"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/vm"
)

// TestNothingElseChangesAnything: no function could rewrite, delete, pause or upgrade, whoever calls it.
func TestNothingElseChangesAnything(t *testing.T) {
	parsed := NewFTALedger().GetABI()
	var writing, reading []string
	for name, m := range parsed.Methods {
		if m.IsConstant() {
			reading = append(reading, name)
		} else {
			writing = append(writing, name)
		}
		if m.IsPayable() {
			t.Errorf("%s takes money that nobody could take back", name)
		}
	}
	slices.Sort(writing)
	slices.Sort(reading)
	if want := []string{"admit", "append", "dismiss"}; !slices.Equal(writing, want) {
		t.Errorf("functions that write are %q, want %q", writing, want)
	}
	if want := []string{"isWriter", "owner", "standing"}; !slices.Equal(reading, want) {
		t.Errorf("functions that read are %q, want %q", reading, want)
	}
	if parsed.HasFallback() || parsed.HasReceive() {
		t.Error("what is not a function is answered")
	}
}

// TestNoCodeOfOthersRuns looks for instructions by which the contract could end, or run code that is not its own.
func TestNoCodeOfOthersRuns(t *testing.T) {
	forbidden := []vm.OpCode{vm.SELFDESTRUCT, vm.DELEGATECALL, vm.CALLCODE, vm.CALL, vm.STATICCALL, vm.CREATE, vm.CREATE2}
	seen := instructions(CreationCode())
	for _, op := range forbidden {
		if seen[op] {
			t.Errorf("the code has %s", op)
		}
	}
	for _, op := range []vm.OpCode{vm.SSTORE, vm.LOG3, vm.REVERT} {
		if !seen[op] {
			t.Errorf("the code has no %s: it is not read as it should be; it has %v", op, slices.Sorted(maps.Keys(seen)))
		}
	}
}

// instructions reads code from its first byte to its last, passing over what is pushed.
func instructions(code []byte) map[vm.OpCode]bool {
	seen := map[vm.OpCode]bool{}
	for i := 0; i < len(code); i++ {
		op := vm.OpCode(code[i])
		seen[op] = true
		if op.IsPush() {
			i += int(op - vm.PUSH0)
		}
	}
	return seen
}

// TestBindingsAreOfTheArtefacts: go generate was run after the last compilation.
func TestBindingsAreOfTheArtefacts(t *testing.T) {
	if bound := common.FromHex(FTALedgerMetaData.Bin); !slices.Equal(bound, CreationCode()) {
		t.Error("the bindings have other code than FTALedger.bin: run go generate here")
	}
	if bound, err := FTALedgerMetaData.ParseABI(); err != nil || compact(t, FTALedgerMetaData.ABI) != compact(t, ABI()) {
		t.Errorf("the bindings have another ABI than FTALedger.abi.json: run go generate here (%v, %d functions)", err, len(bound.Methods))
	}
}
