package protocol

import (
	"fmt"
	"maps"
	"reflect"

	"github.com/ftagateway/ftagateway/ld"
)

// Operation is a create or an update of one record, as it was sent and as it stands in a block.
type Operation struct {
	Type    string // TypeCreate or TypeUpdate
	Creator string // the targetNode of the node that it was sent to; "" if it names none
	Record  ld.Object
	Patch   *RecordPatch // nil for a create, as Record is for an update
	Signed  bool         // it carries a proof, which nobody has checked yet
	Object  ld.Object    // the whole message; not to be changed
	Bytes   []byte       // the whole message in canonical form (JCS)
	Hash    string       // its name on the ledger, over everything in it
}

// RecordPatch is the change that an update asks for.
type RecordPatch struct {
	Target   string // id of the record
	Sequence uint64 // that the record must stand at
	Steps    []any  // RFC 6902
}

// ParseOperation reads an operation of at most MaxOperation bytes. It takes nothing that the operation's hash would
// not cover: no other property than the protocol's, no other context than the ones above, no relative id. An error is
// Faults, or what ld.Parse has against the text.
func ParseOperation(data []byte) (*Operation, error) {
	obj, err := ld.Parse(data, ld.Limits{Bytes: MaxOperation})
	if err != nil {
		return nil, err
	}
	return operationOf(obj)
}

func operationOf(obj ld.Object) (*Operation, error) {
	op, faults := readOperation("", obj)
	if err := faults.err(); err != nil {
		return nil, err
	}
	if err := op.finish(); err != nil {
		return nil, err
	}
	return op, nil
}

// finish brings an operation of the right shape into canonical form and hashes it.
func (op *Operation) finish() (err error) {
	if op.Bytes, err = canonical(op.Object, MaxOperation); err != nil {
		return fmt.Errorf("operation: %w", err)
	}
	if op.Hash, err = Hash(withoutRepeat(op.Object)); err != nil {
		return fmt.Errorf("operation: %w", err)
	}
	return nil
}

// withoutRepeat leaves out the @context that eddsa-jcs-2022 repeats inside a proof. The same contexts a second time
// define nothing anew, and reading them is most of the work of a hash.
func withoutRepeat(obj ld.Object) ld.Object {
	proof, _ := obj["proof"].(map[string]any)
	if proof["@context"] == nil || !reflect.DeepEqual(proof["@context"], obj["@context"]) {
		return obj
	}
	obj, proof = maps.Clone(obj), maps.Clone(proof)
	delete(proof, "@context")
	obj["proof"] = proof
	return obj
}

func readOperation(at string, obj ld.Object) (*Operation, Faults) {
	var faults Faults
	s := newShape(at, obj, &faults)
	op := &Operation{Object: obj, Creator: s.optionalURI("creator"), Type: s.text("type")}
	op.Signed = s.proof()
	s.contexts(op.Signed)
	switch op.Type {
	case TypeCreate:
		op.Record = s.record()
	case TypeUpdate:
		op.Patch = s.recordPatch()
	default:
		s.fault("type", op.Type, "must be "+TypeCreate+" or "+TypeUpdate)
	}
	s.closed()
	return op, faults
}

// RecordID is the id of the record that the operation creates or updates.
func (op *Operation) RecordID() string {
	if op.Patch != nil {
		return op.Patch.Target
	}
	id, _ := op.Record["id"].(string)
	return id
}

func (s *shape) record() ld.Object {
	record := s.object("record")
	if record != nil {
		newShape(s.at+"/record", record, s.faults).uri("id")
	}
	return record
}

func (s *shape) recordPatch() *RecordPatch {
	obj := s.object("recordPatch")
	if obj == nil {
		return nil
	}
	p := newShape(s.at+"/recordPatch", obj, s.faults)
	p.patchContexts()
	patch := &RecordPatch{Target: p.uri("target"), Sequence: p.count("sequence"), Steps: p.list("patch", 0, MaxSteps)}
	p.steps(patch.Steps)
	p.closed()
	return patch
}
