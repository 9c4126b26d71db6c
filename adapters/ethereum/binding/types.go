package binding

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

// maxArray bounds the places of an array type, those of arrays within it included.
const maxArray = 1 << 16

var (
	typeForm  = regexp.MustCompile(`^(uint|int|bytes|bool|address|string|function|tuple)([0-9]{0,3})((?:\[[0-9]{0,6}\])*)$`)
	arrayForm = regexp.MustCompile(`\[([0-9]*)\]`)
)

// checkTypes holds the types in an item of an ABI against those that there are. The abi package takes others for something,
// or panics.
func checkTypes(item any) error {
	data, err := json.Marshal(item)
	if err != nil {
		return err
	}
	var read struct{ Inputs, Outputs []abi.ArgumentMarshaling }
	if err := json.Unmarshal(data, &read); err != nil {
		return err
	}
	for _, all := range [][]abi.ArgumentMarshaling{read.Inputs, read.Outputs} {
		if err := checkArguments(all, 0); err != nil {
			return err
		}
	}
	return nil
}

func checkArguments(all []abi.ArgumentMarshaling, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("must not be nested more than %d deep", maxDepth)
	}
	names := map[string]bool{}
	for _, a := range all {
		if err := checkType(a.Type); err != nil {
			return err
		}
		if a.Name != "" && names[a.Name] {
			return fmt.Errorf("%.80q must be the name of one argument", a.Name)
		}
		names[a.Name] = true
		if err := checkArguments(a.Components, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func checkType(t string) error {
	parts := typeForm.FindStringSubmatch(t)
	if parts == nil || !isSized(parts[1], parts[2]) {
		return fmt.Errorf("%.80q is no type", t)
	}
	places := 1
	for _, n := range arrayForm.FindAllStringSubmatch(parts[3], -1) {
		size, err := strconv.Atoi(n[1])
		if n[1] != "" && (err != nil || size < 1) {
			return fmt.Errorf("%.80q: an array has one place at least", t)
		}
		if places *= max(size, 1); places > maxArray {
			return fmt.Errorf("%.80q: an array has at most %d places", t, maxArray)
		}
	}
	return nil
}

// isSized: whole numbers are 8, 16 ... 256 bits wide, bytes of a fixed length have 1 to 32.
func isSized(kind, size string) bool {
	n, _ := strconv.Atoi(size)
	switch kind {
	case "uint", "int":
		return n >= 8 && n <= 256 && n%8 == 0 && !strings.HasPrefix(size, "0")
	case "bytes":
		return size == "" || n >= 1 && n <= 32 && !strings.HasPrefix(size, "0")
	}
	return size == ""
}
