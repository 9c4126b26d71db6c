package schemas

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Fault says what is wrong with one value: where it stands, what it is, which rule it breaks and where that rule comes
// from. It is meant for whoever sent the document. Value is theirs and may be a trade secret: a Fault is answered to the
// caller and never logged.
type Fault struct {
	Pointer string `json:"pointer"`          // RFC 6901, "" is the whole document
	Value   string `json:"value"`            // as JSON, shortened to 64 characters; "" where a value is missing
	Rule    string `json:"rule"`             // a sentence without its subject: "must be ..."
	Source  string `json:"source,omitempty"` // the form, regulation or standard that says so
}

// MaxFaults is how many faults are kept of one document. Nobody reads more, and a hostile document can have as many as
// it has values.
const MaxFaults = 100

// NewFault makes a Fault of any decoded JSON value; nil stands for a missing one.
func NewFault(pointer string, value any, rule, source string) Fault {
	return Fault{Pointer: pointer, Value: shorten(value), Rule: rule, Source: source}
}

// Error gives the fault in one line.
func (f Fault) Error() string {
	at := f.Pointer
	if at == "" {
		at = "document"
	}
	if f.Value != "" {
		at += " " + f.Value
	}
	if f.Source == "" {
		return at + ": " + f.Rule
	}
	return at + ": " + f.Rule + " (" + f.Source + ")"
}

// Faults is everything that is wrong with a document, in the order in which it was found. It is an error.
type Faults []Fault

// Error gives one line a fault.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Err gives the faults as an error, and nil when there is none.
func (fs Faults) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return fs
}

// Add appends a fault, up to MaxFaults.
func (fs *Faults) Add(pointer string, value any, rule, source string) {
	if len(*fs) < MaxFaults {
		*fs = append(*fs, NewFault(pointer, value, rule, source))
	}
}

// Append takes over other faults, up to MaxFaults.
func (fs *Faults) Append(more Faults) {
	for _, f := range more {
		if len(*fs) < MaxFaults {
			*fs = append(*fs, f)
		}
	}
}

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// Pointer extends a JSON pointer by member names and array indexes, escaped as RFC 6901 wants it.
func Pointer(base string, tokens ...any) string {
	var b strings.Builder
	b.WriteString(base)
	for _, t := range tokens {
		b.WriteByte('/')
		if i, ok := t.(int); ok {
			b.WriteString(strconv.Itoa(i))
			continue
		}
		b.WriteString(pointerEscapes.Replace(fmt.Sprint(t)))
	}
	return b.String()
}

const shownRunes = 64

// shorten gives a value as JSON that fits on a line. Strings and containers are cut before they are encoded, so that a
// large value costs no more than a small one.
func shorten(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		value = cut(v)
	case map[string]any:
		return fmt.Sprintf("{%d members}", len(v))
	case []any:
		return fmt.Sprintf("[%d items]", len(v))
	}
	b, err := json.Marshal(value)
	if err != nil {
		return "(no JSON value)"
	}
	return cut(string(b))
}

func cut(s string) string {
	count := 0
	for i := range s {
		if count == shownRunes {
			return s[:i] + "..."
		}
		count++
	}
	return s
}
