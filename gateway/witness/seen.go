package witness

import (
	"time"

	"github.com/ftagateway/ftagateway/ld"
)

// Relation says how an observation stands to what was known.
type Relation string

// The relations.
const (
	First   Relation = "first"   // nothing was known of this record on this ledger
	Same    Relation = "same"    // the newest version known, with the same digest
	Newer   Relation = "newer"   // a version above the newest known
	Older   Relation = "older"   // a version below the newest known: history, or a rollback (see Seen.RolledBack)
	Differs Relation = "differs" // a version that was first seen with another digest
)

// Seen is what the log knew when an observation was shown to it.
type Seen struct {
	Relation Relation
	// Witnessed is when this version was first seen with this digest: now, if it never was.
	Witnessed time.Time
	// Newest is the highest version that was known before, without its proof; the zero Entry for First.
	Newest Entry
	// Forked says that this version is known with more than one digest, this observation's included: Evidence has them.
	Forked bool
}

// RolledBack reports whether a ledger that was asked for its newest version took one back: it answered an older one than
// was known before it was asked, when the log ended at asked (see Log.End). A newer one that was witnessed only after that
// shows nothing but that somebody else read later. No clock is asked: one that was put back would hide a rollback.
func (s Seen) RolledBack(asked uint64) bool {
	return s.Relation == Older && s.Newest.Seq <= asked
}

// Contradicts reports whether the ledger showed this version with more than one digest.
func (s Seen) Contradicts() bool { return s.Relation == Differs || s.Forked }

// standing is what is kept for each record, in the store and in the cache: its newest version.
type standing struct {
	Entry       // of the highest version, with the digest first seen, without its proof
	Forked bool `json:"forked,omitempty"`
}

// shows answers at once for what nearly every read shows: the version that is known to be the newest.
func (s *standing) shows(version uint64, digest ld.Digest) (Seen, bool) {
	if s.Version != version || s.Digest != digest {
		return Seen{}, false
	}
	return Seen{Same, s.Witnessed, s.Entry, s.Forked}, true
}

// standing answers what is known of a record, from the cache or else the store; nil if nothing is.
func (l *Log) standing(r record) (*standing, error) {
	if s, ok := l.cache.GetIfPresent(r); ok {
		return s, nil
	}
	l.filling.RLock()
	defer l.filling.RUnlock()
	s := new(standing)
	found, err := getJSON(l.kv, standingKey(r), s)
	if err != nil || !found {
		return nil, err
	}
	l.cache.Set(r, s)
	return s, nil
}

// publish puts what is on disk now into the cache.
func (l *Log) publish(changed map[record]*standing) {
	l.filling.Lock()
	defer l.filling.Unlock()
	for r, s := range changed {
		l.cache.Set(r, s)
	}
}
