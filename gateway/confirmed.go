package gateway

import "time"

// Confirmed is when the ledger last confirmed what is answered, where a cache answered in its place; zero where the ledger
// was asked now.
func (a Answer) Confirmed() time.Time { return a.confirmed }

// Confirmed is the earliest of every answer's, and of every ledger's that is said to hold nothing.
func (r RecordAnswer) Confirmed() time.Time { return earliest(r.Sources, r.Answers) }

// Confirmed is the earliest of everything in the file.
func (f EntryFile) Confirmed() time.Time {
	var summary []Answer
	if f.Summary != nil {
		summary = []Answer{*f.Summary}
	}
	return earliest(f.Sources, summary, f.Versions, f.Linked, f.Others)
}

// Confirmed is the earliest of every version's.
func (v Versions) Confirmed() time.Time { return earliest(nil, v.Versions) }

func earliest(sources []Source, lists ...[]Answer) (first time.Time) {
	take := func(at time.Time) {
		if !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	for _, s := range sources {
		take(s.confirmed)
	}
	for _, all := range lists {
		for _, a := range all {
			take(a.confirmed)
		}
	}
	return first
}
