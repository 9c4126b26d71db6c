package witness

import (
	"encoding/binary"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Kind is how a ledger contradicts what was seen on it.
type Kind string

// The kinds.
const (
	RolledBack Kind = "rolled-back" // it answers an older version as its newest than it showed before
	Altered    Kind = "altered"     // it answers other bytes under a version than it showed before
	Vanished   Kind = "vanished"    // it says that it has no such record, and showed one before
)

// Kinds are all of them.
func Kinds() []Kind { return []Kind{RolledBack, Altered, Vanished} }

// Contradiction is one fact: a version that was seen, and how somebody denies it. However often it is read, it stays one.
type Contradiction struct {
	Kind    Kind
	By      string // who denies it: the name of a ledger here, since several nodes may show one chain
	ID      string
	Version uint64 // that was seen; of a record that vanished, the newest
}

// Note keeps a contradiction, and answers whether it is new: then it is on disk when Note returns, and counted once and for
// all. Each is about a version that was seen, so that there is at most one of each kind for every version and name. None is
// in memory.
func (l *Log) Note(c Contradiction) (added bool, err error) {
	if known, err := l.noted(c); known || err != nil {
		return false, err
	}
	l.noting.Lock()
	defer l.noting.Unlock()
	if known, err := l.noted(c); known || err != nil { // noted while this one waited
		return false, err
	}
	n, err := l.Contradictions(c.By, c.Kind)
	if err != nil {
		return false, err
	}
	err = l.kv.Apply(
		driver.Change{Key: c.key(), Value: binary.BigEndian.AppendUint64(nil, uint64(l.now().UnixNano()))},
		driver.Change{Key: countKey(c.By, c.Kind), Value: binary.BigEndian.AppendUint64(nil, n+1)},
	)
	if err != nil {
		return false, fmt.Errorf("note that %s was %s: %w", c.ID, c.Kind, err)
	}
	return true, nil
}

func (l *Log) noted(c Contradiction) (bool, error) {
	_, known, err := l.kv.Get(c.key())
	return known, wrap(err)
}

// Contradictions answers how many of a kind were ever noted by the name of a ledger here.
func (l *Log) Contradictions(by string, kind Kind) (uint64, error) {
	value, ok, err := l.kv.Get(countKey(by, kind))
	if err != nil || !ok {
		return 0, wrap(err)
	}
	return binary.BigEndian.Uint64(value), nil
}
