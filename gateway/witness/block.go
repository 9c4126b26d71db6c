package witness

import (
	"encoding/json"
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// block is a batch in the making: what it changes lies over what the store holds.
type block struct {
	log       *Log
	head      head
	changes   []driver.Change
	standings map[record]*standing
	lines     map[string]lines // by versionPrefix
}

// maxForks bounds what two who collude can write into the log by signing one version again and again. Further ones are
// answered and not kept.
const maxForks = 16

// add answers what is known of an observation, and makes it known.
func (b *block) add(o *Observation) (Seen, error) {
	r := record{o.Ledger, o.ID}
	s, known, err := b.find(r, o.Version)
	if err != nil {
		return Seen{}, err
	}
	if at := known.find(o.Digest); at >= 0 { // somebody else brought it, after it was looked for
		return answer(s, o, known, known[at].witnessed), nil
	}
	seen := answer(s, o, known, b.log.now().UTC().Round(0))
	if len(known) >= maxForks {
		return seen, nil
	}
	return seen, b.put(r, o, seen, known)
}

// find answers the standing and the lines of a version, those of this block included.
func (b *block) find(r record, version uint64) (*standing, lines, error) {
	s, ok := b.standings[r]
	if !ok {
		var err error
		if s, err = b.log.standing(r); err != nil {
			return nil, nil, err
		}
	}
	if known, ok := b.lines[string(versionPrefix(r, version))]; ok {
		return s, known, nil
	}
	known, err := b.log.lines(r, version)
	return s, known, err
}

// put adds an entry to the chain, with all that leads to it.
func (b *block) put(r record, o *Observation, seen Seen, known lines) error {
	e := o.entry(seen.Relation, seen.Witnessed)
	e.Seq = b.head.Seq + 1
	if e.Seq > 1 {
		previous := b.head.Digest
		e.Previous = &previous
	}
	text, err := e.line()
	if err != nil {
		return err
	}
	b.head = head{e.Seq, ld.Sum(text)}
	first := line{o.Digest, e.Seq, e.Witnessed}
	b.lines[string(versionPrefix(r, o.Version))] = append(slices.Clone(known), first)
	b.set(entryKey(e.Seq), text)
	b.set(ledgerKey(o.Ledger, e.Seq), []byte{})
	b.set(digestKey(r, o.Version, o.Digest), first.value())
	e.Proof = nil
	return b.stand(r, e, seen)
}

// stand changes the standing of a record, where an entry does.
func (b *block) stand(r record, e Entry, seen Seen) error {
	next := &standing{Entry: e}
	switch {
	case e.Version < seen.Newest.Version:
		return nil
	case e.Relation == Differs:
		next = &standing{Entry: seen.Newest, Forked: true}
	}
	value, err := json.Marshal(next)
	if err != nil {
		return err
	}
	b.standings[r] = next
	b.set(standingKey(r), value)
	return nil
}

func (b *block) set(key, value []byte) {
	b.changes = append(b.changes, driver.Change{Key: key, Value: value})
}

func (b *block) commit() error {
	if len(b.changes) == 0 {
		return nil
	}
	value, err := json.Marshal(b.head)
	if err != nil {
		return err
	}
	b.set(headKey, value)
	return b.log.kv.Apply(b.changes...)
}
