package witness

import (
	"fmt"
	"time"
)

// See shows the log what a ledger showed, and answers what was known before. What is new is on disk when See returns, and
// then survives whatever happens to the process; for what is known, nothing is written.
//
// The record's own proof MUST have verified (see the package comment). An error says that the store failed or that the
// observation is none; then nothing is known of this observation, and the check that asked is undetermined.
func (l *Log) See(o Observation) (Seen, error) {
	seen, known, err := l.Recall(o)
	if err == nil && !known {
		seen, err = l.append(o)
	}
	if err != nil {
		return Seen{}, fmt.Errorf("witness %s version %d: %w", o.ID, o.Version, err)
	}
	return seen, nil
}

// Recall answers as See does for an observation that is in the log already, and false for any other, which it does not
// add.
func (l *Log) Recall(o Observation) (Seen, bool, error) {
	r := record{o.Ledger, o.ID}
	if s, ok := l.cache.GetIfPresent(r); ok {
		if seen, ok := s.shows(o.Version, o.Digest); ok {
			return seen, true, nil
		}
	}
	return l.known(r, &o)
}

// known answers for an observation that is in the log, without a lock that a writer holds while it waits for the disk.
func (l *Log) known(r record, o *Observation) (Seen, bool, error) {
	if err := o.check(); err != nil {
		return Seen{}, false, err
	}
	s, err := l.standing(r)
	if err != nil || s == nil {
		return Seen{}, false, err
	}
	if seen, ok := s.shows(o.Version, o.Digest); ok {
		return seen, true, nil
	}
	lines, err := l.lines(r, o.Version)
	if err != nil {
		return Seen{}, false, err
	}
	at := lines.find(o.Digest)
	if at < 0 || o.Version > s.Version { // new, or written but not published yet: then who writes knows
		return Seen{}, false, nil
	}
	return answer(s, o, lines, lines[at].witnessed), true, nil
}

// answer says how an observation stands to the standing of its record (nil: none), and to the lines that its version
// already has.
func answer(s *standing, o *Observation, known lines, witnessed time.Time) Seen {
	seen := Seen{Relation: relation(s, o, known), Witnessed: witnessed, Forked: known.others(o.Digest)}
	if s != nil {
		seen.Newest = s.Entry
	}
	return seen
}

func relation(s *standing, o *Observation, known lines) Relation {
	switch {
	case s == nil:
		return First
	case o.Version > s.Version:
		return Newer
	case len(known) > 0 && known[0].digest != o.Digest:
		return Differs
	case o.Version == s.Version:
		return Same
	}
	return Older
}
