package webledger

import (
	"errors"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// replay folds blocks into a draft, each after the one before it.
type replay struct {
	*draft
	tip    *tip                    // nil before the genesis block
	config *protocol.Configuration // in force after tip
	paths  []path
}

// replay goes on after t, which is the index's tip.
func (x *index) replay(t *tip, paths []path) (*replay, error) {
	r := &replay{draft: newDraft(x), tip: t, paths: paths}
	if t == nil {
		return r, nil
	}
	text, err := x.get(x.row('c'))
	if err != nil {
		return nil, err
	}
	if r.config, err = protocol.ParseConfiguration(text); err != nil {
		return nil, damaged("configuration: %w", err)
	}
	return r, nil
}

// next is the height of the block that comes next.
func (r *replay) next() uint64 {
	if r.tip == nil {
		return 0
	}
	return r.tip.Height + 1
}

// add folds in the next block. The error for a block that does not fit is a *forgedBlock in a Corrupt. After any other
// error the draft is empty: half a block must not be written.
func (r *replay) add(b *block) error {
	if err := r.fits(b); err != nil {
		return forged(b.Height, b.raw, "does not follow: %w", err)
	}
	if err := r.fold(b); err != nil {
		r.drop()
		return err
	}
	return nil
}

func (r *replay) fold(b *block) error {
	for i, op := range b.Operations() {
		if err := r.operation(b, place{b.Height, uint32(i)}, op); err != nil {
			return err
		}
	}
	// A configuration is in force from the next block on.
	for _, e := range b.Events {
		if e.Configuration != nil {
			r.config = e.Configuration
			r.put(r.row('c'), e.Configuration.Bytes)
		}
	}
	r.tip = &tip{b.Height, b.Hash, b.time, b.ConsensusMethod, b.EventHashes()}
	return r.putJSON(r.row('h'), r.tip)
}

func (r *replay) fits(b *block) error {
	if r.tip == nil {
		if b.Hash != r.chain.genesis {
			return fmt.Errorf("genesis block has the hash %s, not %s", b.Hash, r.chain.genesis)
		}
		return nil
	}
	if err := b.Follows(r.chain.ledger, r.tip.previous(r.chain.ledger)); err != nil {
		return err
	}
	inForce := r.config
	for _, e := range b.Events {
		if e.Configuration == nil {
			continue
		}
		if err := inForce.Succeeds(e.Configuration); err != nil {
			return fmt.Errorf("its configuration: %w", err)
		}
		inForce = e.Configuration
	}
	return nil
}

// previous is the tip as the block that another one must follow.
func (t *tip) previous(ledger string) *protocol.Block {
	b := &protocol.Block{ID: protocol.BlockID(ledger, t.Height), Height: t.Height, Hash: t.Hash, ConsensusMethod: t.ConsensusMethod}
	for _, hash := range t.Events {
		b.Events = append(b.Events, &protocol.Event{Hash: hash})
	}
	return b
}

// outcome is what became of an operation in a block.
type outcome struct {
	Height  uint64 `json:"height"`
	Index   uint32 `json:"index"`
	Version uint64 `json:"version,omitempty"` // 0: without effect
	Key     string `json:"key"`
	Reason  string `json:"reason,omitempty"`
}

// operation replays one operation. Records whose ids are no keys are another application's.
func (r *replay) operation(b *block, at place, op *protocol.Operation) error {
	key := op.RecordID()
	if !isKey(key) {
		return nil
	}
	now, err := r.standing(key)
	if err != nil {
		return err
	}
	after, reason := protocol.Apply(now, op)
	if reason != protocol.ReasonNone {
		return r.ignore(op.Hash, outcome{Height: at.height, Index: at.index, Key: key, Reason: string(reason)})
	}
	f := effect{Key: key, Version: after.Sequence + 1, Tx: op.Hash, Time: b.time}
	f.Author, f.Contradiction = r.author(op)
	if err := r.enter(f, at, after.Record, op.Bytes); err != nil {
		return err
	}
	if err := r.lookups(after.Record, key, at); err != nil {
		return err
	}
	return r.putJSON(r.row('t', op.Hash), outcome{Height: at.height, Index: at.index, Version: f.Version, Key: key})
}

// ignore notes an operation without effect, unless the same operation stands earlier on the chain: then that one is
// what became of it.
func (r *replay) ignore(tx string, o outcome) error {
	known, err := r.get(r.row('t', tx))
	if known != nil || err != nil {
		return err
	}
	return r.putJSON(r.row('t', tx), o)
}

func (r *replay) standing(key string) (*protocol.Standing, error) {
	version, at, err := newestIn(r.draft, key)
	if version == 0 || err != nil {
		return nil, err
	}
	row, err := r.get(r.row('e', at.bytes()))
	if err != nil {
		return nil, err
	}
	e, err := r.decodeEntry(at, row)
	if err != nil {
		return nil, err
	}
	return &protocol.Standing{ID: key, Record: e.Body, Sequence: version - 1}, nil
}

// author says who signed an operation, and what there is against it: a proof that is not valid, or one by a key that
// the ledger's own configuration does not approve of. Such an operation has no place in a block.
func (r *replay) author(op *protocol.Operation) (did, contradiction string) {
	did, err := r.config.Permits(op)
	if err == nil {
		return did, ""
	}
	contradiction = "the ledger's configuration does not permit the operation that brought this version: " + err.Error()
	found, err := proof.Verify(op.Object, "assertionMethod")
	switch {
	case err == nil:
		return found.Key, contradiction
	case errors.Is(err, proof.ErrUnsupported):
		return "", ""
	}
	return "", contradiction
}

func (r *replay) lookups(record []byte, key string, at place) error {
	obj, err := ld.Parse(record, ld.Limits{Bytes: len(record)})
	if err != nil {
		return damaged("record: %w", err)
	}
	for _, p := range r.paths {
		for _, value := range p.strings(obj) {
			if err := r.lead(value, key, at); err != nil {
				return err
			}
		}
	}
	return nil
}
