package source

import "fmt"

// Refusal says why a mapping file is not taken: where, and which rule it breaks.
type Refusal struct {
	File string
	Line int
	At   string
	Rule string
}

// Error gives "file:line: where: rule".
func (r *Refusal) Error() string {
	if r.At == "" {
		return fmt.Sprintf("%s:%d: %s", r.File, r.Line, r.Rule)
	}
	return fmt.Sprintf("%s:%d: %s: %s", r.File, r.Line, r.At, r.Rule)
}
