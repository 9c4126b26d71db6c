package protocol

import (
	"fmt"
	"strings"
)

// Fault is one thing wrong with a message.
type Fault struct {
	Pointer string `json:"pointer"` // JSON pointer to the value; "" is the message itself
	Value   string `json:"value"`   // what stands there, shortened
	Rule    string `json:"rule"`    // what must stand there
}

// Faults are all things found wrong with a message, in the order in which they were met. As an error they mean that
// the message can never be accepted.
type Faults []Fault

// Error gives one line a fault.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = fmt.Sprintf("%q is %s: %s", f.Pointer, f.Value, f.Rule)
	}
	return strings.Join(lines, "\n")
}

// err gives nil where there is no fault; a Faults in an error would never be nil.
func (fs Faults) err() error {
	if len(fs) == 0 {
		return nil
	}
	return fs
}

func (fs *Faults) add(pointer string, value any, rule string) {
	*fs = append(*fs, Fault{pointer, shorten(value), rule})
}

// shorten says what a value is in at most 64 runes, without walking into it.
func shorten(value any) string {
	switch v := value.(type) {
	case nil:
		return "absent or null"
	case map[string]any:
		return fmt.Sprintf("an object of %d members", len(v))
	case []any:
		return fmt.Sprintf("an array of %d values", len(v))
	case string:
		if r := []rune(v); len(r) > 64 {
			v = string(r[:63]) + "…"
		}
		return fmt.Sprintf("%q", v)
	}
	return fmt.Sprint(value)
}
