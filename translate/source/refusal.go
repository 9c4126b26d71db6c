package source

import (
	"errors"
	"fmt"
	"strings"
)

// Refusal says why a mapping file is not taken: where, and which rule it breaks.
type Refusal struct {
	File string
	Line int
	At   string // the keys and indexes that lead there, joined by "/"
	Rule string
}

// Error gives "file:line: where: rule".
func (r *Refusal) Error() string {
	if r.At == "" {
		return fmt.Sprintf("%s:%d: %s", r.File, r.Line, r.Rule)
	}
	return fmt.Sprintf("%s:%d: %s: %s", r.File, r.Line, r.At, r.Rule)
}

// Refusals is everything that is wrong with a file, as far as it was looked at. It is an error, and wraps each of them.
type Refusals []*Refusal

// Error gives one line a refusal.
func (rs Refusals) Error() string {
	lines := make([]string, len(rs))
	for i, r := range rs {
		lines[i] = r.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives each refusal.
func (rs Refusals) Unwrap() []error {
	all := make([]error, len(rs))
	for i, r := range rs {
		all[i] = r
	}
	return all
}

// Err gives the refusals as an error, and nil where there is none.
func (rs Refusals) Err() error {
	if len(rs) == 0 {
		return nil
	}
	return rs
}

// Find gives all refusals that an error holds, none where it is about no file.
func Find(err error) Refusals {
	var all Refusals
	var one *Refusal
	switch {
	case errors.As(err, &all):
		return all
	case errors.As(err, &one):
		return Refusals{one}
	}
	return nil
}
