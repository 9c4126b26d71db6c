package protocol

import (
	"fmt"

	"github.com/ftagateway/ftagateway/ld"
)

// Event is what a block holds: operations in the order in which they take effect, or one configuration.
type Event struct {
	Type string // TypeOperationEvent or TypeConfigurationEvent
	// Of an operation event. ParentHash are the hashes of the events in the block before, TreeHash is the TreeHash of
	// the operations' hashes, BasisBlockHeight the height of the block whose records they were checked against.
	BasisBlockHeight uint64
	ParentHash       []string
	TreeHash         string
	Operations       []*Operation
	// Of a configuration event.
	Configuration *Configuration
	Object        ld.Object
	Hash          string // its name on the ledger, over everything but the order of the operations; see TreeHash
}

// NewOperationEvent makes the event that brings operations, of which there is at least one, after the block parent.
func NewOperationEvent(parent *Block, ops []*Operation) (*Event, error) {
	e := &Event{
		Type: TypeOperationEvent, BasisBlockHeight: parent.Height, ParentHash: parent.EventHashes(),
		TreeHash: TreeHash(hashes(ops)), Operations: ops,
	}
	objects := make([]any, len(ops))
	for i, op := range ops {
		objects[i] = op.Object
	}
	e.Object = ld.Object{
		"@context": ContextV1, "type": e.Type, "basisBlockHeight": float64(e.BasisBlockHeight),
		"parentHash": anyStrings(e.ParentHash), "treeHash": e.TreeHash, "operation": objects,
	}
	return e, e.hash()
}

// NewConfigurationEvent makes the event that brings a configuration.
func NewConfigurationEvent(c *Configuration) (*Event, error) {
	e := &Event{Type: TypeConfigurationEvent, Configuration: c}
	e.Object = ld.Object{"@context": ContextV1, "type": e.Type, "ledgerConfiguration": c.Object}
	return e, e.hash()
}

func hashes(ops []*Operation) []string {
	all := make([]string, len(ops))
	for i, op := range ops {
		all[i] = op.Hash
	}
	return all
}

func (e *Event) hash() (err error) {
	if e.Type == TypeConfigurationEvent {
		e.Hash, err = hashConfiguration(e.Object, e.Configuration)
	} else {
		e.Hash, err = hashWith(e.Object, "operation", "operationHash", hashes(e.Operations))
	}
	if err != nil {
		return fmt.Errorf("event: %w", err)
	}
	return nil
}

func readEvent(at string, obj ld.Object) (*Event, Faults) {
	var faults Faults
	s := newShape(at, obj, &faults)
	s.is("@context", ContextV1)
	e := &Event{Type: s.text("type"), Object: obj}
	switch e.Type {
	case TypeOperationEvent:
		e.readOperations(s)
	case TypeConfigurationEvent:
		e.readConfiguration(s)
	default:
		s.fault("type", e.Type, "must be "+TypeOperationEvent+" or "+TypeConfigurationEvent)
	}
	s.closed()
	return e, faults
}

func (e *Event) readConfiguration(s *shape) {
	obj := s.object("ledgerConfiguration")
	if obj == nil {
		return
	}
	c, faults := readConfiguration(s.at+"/ledgerConfiguration", obj)
	e.Configuration, *s.faults = c, append(*s.faults, faults...)
}

func (e *Event) readOperations(s *shape) {
	e.BasisBlockHeight = s.count("basisBlockHeight")
	e.ParentHash = s.strings("parentHash", 1, MaxEventOperations)
	e.TreeHash = s.text("treeHash")
	for i, v := range s.list("operation", 1, MaxEventOperations) {
		at := fmt.Sprintf("%s/operation/%d", s.at, i)
		obj, ok := v.(map[string]any)
		if !ok {
			s.faults.add(at, v, "must be an object")
			continue
		}
		op, faults := readOperation(at, obj)
		e.Operations, *s.faults = append(e.Operations, op), append(*s.faults, faults...)
	}
}

// finish brings what an event of the right shape holds into canonical form, and hashes it.
func (e *Event) finish() (err error) {
	for i, op := range e.Operations {
		if err = op.finish(); err != nil {
			return fmt.Errorf("operation %d of event: %w", i, err)
		}
	}
	if e.Configuration != nil {
		if e.Configuration.Bytes, err = canonical(e.Configuration.Object, MaxOperation); err != nil {
			return fmt.Errorf("configuration of event: %w", err)
		}
	}
	return e.hash()
}
