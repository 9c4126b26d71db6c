package witness

import (
	"encoding/json"
	"fmt"
	"time"
)

// FirstSeen answers when a version was first seen on a ledger, whatever its digest: the latest moment by which it
// existed, for somebody who believes this gateway's clock. False if it never was. Seen.Witnessed has the same for one
// digest.
func (l *Log) FirstSeen(ledger, id string, version uint64) (time.Time, bool, error) {
	known, err := l.lines(record{ledger, id}, version)
	if err != nil || len(known) == 0 {
		return time.Time{}, false, wrap(err)
	}
	return known[0].witnessed, true, nil
}

// Known answers the newest version ever seen of a record on each ledger that showed it: what can still be said of it while
// none of them answers. Empty if it was never seen.
func (l *Log) Known(id string) ([]Entry, error) {
	var seqs []uint64
	var broken error
	err := l.kv.Scan(standingPrefix(id), nil, func(_, value []byte) bool {
		var s standing
		if broken = json.Unmarshal(value, &s); broken == nil {
			seqs = append(seqs, s.Seq)
		}
		return broken == nil
	})
	if err == nil {
		err = broken
	}
	if err != nil {
		return nil, wrap(err)
	}
	return l.entries(seqs)
}

// Evidence answers every entry about one version of a record on a ledger, first seen first, with the proofs captured
// then. More than one is a fork: the ledger showed, and the record's issuer signed, two versions under one number.
func (l *Log) Evidence(ledger, id string, version uint64) ([]Entry, error) {
	known, err := l.lines(record{ledger, id}, version)
	if err != nil {
		return nil, wrap(err)
	}
	seqs := make([]uint64, len(known))
	for i, line := range known {
		seqs[i] = line.seq
	}
	return l.entries(seqs)
}

func (l *Log) entries(seqs []uint64) ([]Entry, error) {
	p, err := l.page(seqs, head{})
	if err != nil {
		return nil, err
	}
	return p.Entries, nil
}

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("read witness log: %w", err)
}
