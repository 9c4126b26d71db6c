package protocol

import (
	"fmt"
	"slices"

	"github.com/ftagateway/ftagateway/ld"
)

// Block is one block of a ledger with its events expanded.
type Block struct {
	ID                string // <ledger>/blocks/<height>
	Height            uint64
	ConsensusMethod   string
	PreviousBlock     string // "" in the genesis block, as PreviousBlockHash is
	PreviousBlockHash string
	Events            []*Event
	Object            ld.Object
	Hash              string
}

// MaxEvents is how many events a block holds at most.
const MaxEvents = 100

// BlockID is the id of the block of a ledger at a height.
func BlockID(ledger string, height uint64) string { return fmt.Sprintf("%s/blocks/%d", ledger, height) }

// NewGenesis makes the first block of a ledger.
func NewGenesis(c *Configuration) (*Block, error) {
	e, err := NewConfigurationEvent(c)
	if err != nil {
		return nil, err
	}
	b := &Block{ID: BlockID(c.Ledger, 0), ConsensusMethod: c.ConsensusMethod, Events: []*Event{e}}
	b.object()
	return b, b.hash()
}

// NewBlock makes the block of a ledger that follows previous.
func NewBlock(ledger string, previous *Block, events []*Event) (*Block, error) {
	b := &Block{
		ID: BlockID(ledger, previous.Height+1), Height: previous.Height + 1, ConsensusMethod: previous.ConsensusMethod,
		PreviousBlock: previous.ID, PreviousBlockHash: previous.Hash, Events: events,
	}
	b.object()
	b.Object["previousBlock"], b.Object["previousBlockHash"] = b.PreviousBlock, b.PreviousBlockHash
	return b, b.hash()
}

func (b *Block) object() {
	events := make([]any, len(b.Events))
	for i, e := range b.Events {
		events[i] = e.Object
	}
	b.Object = ld.Object{
		"@context": ContextV1, "id": b.ID, "type": TypeBlock, "blockHeight": float64(b.Height),
		"consensusMethod": b.ConsensusMethod, "event": events,
	}
}

// EventHashes are the hashes of the events in their order.
func (b *Block) EventHashes() []string {
	all := make([]string, len(b.Events))
	for i, e := range b.Events {
		all[i] = e.Hash
	}
	return all
}

// Operations are the operations of all events in the order in which they take effect.
func (b *Block) Operations() []*Operation {
	var all []*Operation
	for _, e := range b.Events {
		all = append(all, e.Operations...)
	}
	return all
}

func (b *Block) hash() (err error) {
	b.Hash, err = hashWith(b.Object, "event", "eventHash", b.EventHashes())
	if err != nil {
		return fmt.Errorf("block: %w", err)
	}
	return nil
}

// ParseBlock reads a block of at most MaxBlock bytes, and hashes it and everything in it: the hashes are those of what
// was read, whatever the node that sent it says.
func ParseBlock(data []byte) (*Block, error) {
	obj, err := ld.Parse(data, ld.Limits{Bytes: MaxBlock, Depth: 40, Members: MaxBlock / 2})
	if err != nil {
		return nil, err
	}
	b, faults := readBlock(obj)
	if err := faults.err(); err != nil {
		return nil, err
	}
	for _, e := range b.Events {
		if err := e.finish(); err != nil {
			return nil, fmt.Errorf("%s: %w", b.ID, err)
		}
	}
	if err := b.hash(); err != nil {
		return nil, err
	}
	return b, nil
}

func readBlock(obj ld.Object) (*Block, Faults) {
	var faults Faults
	s := newShape("", obj, &faults)
	s.is("@context", ContextV1)
	s.is("type", TypeBlock)
	b := &Block{ID: s.uri("id"), Height: s.count("blockHeight"), ConsensusMethod: s.uri("consensusMethod"), Object: obj}
	if b.Height > 0 {
		b.PreviousBlock, b.PreviousBlockHash = s.uri("previousBlock"), s.text("previousBlockHash")
	}
	for i, v := range s.list("event", 1, MaxEvents) {
		at := fmt.Sprintf("/event/%d", i)
		eventObj, ok := v.(map[string]any)
		if !ok {
			faults.add(at, v, "must be an object")
			continue
		}
		e, more := readEvent(at, eventObj)
		b.Events, faults = append(b.Events, e), append(faults, more...)
	}
	s.closed()
	return b, faults
}

// Follows reports whether b is the block of ledger right after previous. For blocks made as this project's nodes make
// them it holds the order of the operations against TreeHash.
func (b *Block) Follows(ledger string, previous *Block) error {
	switch {
	case b.Height != previous.Height+1 || b.ID != BlockID(ledger, b.Height):
		return fmt.Errorf("block %s of height %d does not follow %s", b.ID, b.Height, previous.ID)
	case b.PreviousBlock != previous.ID || b.PreviousBlockHash != previous.Hash:
		return fmt.Errorf("block %s names %s %s before it, which has the hash %s", b.ID, b.PreviousBlock, b.PreviousBlockHash, previous.Hash)
	case b.ConsensusMethod != previous.ConsensusMethod:
		return fmt.Errorf("block %s has consensusMethod %s, and %s before it", b.ID, b.ConsensusMethod, previous.ConsensusMethod)
	case b.ConsensusMethod == ConsensusMethod:
		return b.inOrder(previous)
	}
	return nil
}

func (b *Block) inOrder(previous *Block) error {
	for _, e := range b.Events {
		if e.Type != TypeOperationEvent {
			continue
		}
		if e.TreeHash != TreeHash(hashes(e.Operations)) {
			return fmt.Errorf("block %s: treeHash is not that of the operations in this order", b.ID)
		}
		if e.BasisBlockHeight != previous.Height || !slices.Equal(e.ParentHash, previous.EventHashes()) {
			return fmt.Errorf("block %s: event does not name the events of %s as its parents", b.ID, previous.ID)
		}
	}
	return nil
}
