package node

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/cockroachdb/pebble"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// change is what one CometBFT block does to the store. It is made in memory and written in one step, so that a block
// stands there whole or not at all, and the same block played again after a crash does the same again.
type change struct {
	store   *store
	batch   *pebble.Batch
	next    standing
	records map[string]*protocol.Standing // as they stand in the course of the block
}

func (s *store) change(from standing) *change {
	return &change{s, s.db.NewBatch(), from, map[string]*protocol.Standing{}}
}

// record answers what stands under an id after what the block did so far.
func (c *change) record(id string) (*protocol.Standing, error) {
	if st, ok := c.records[id]; ok {
		return st, nil
	}
	return c.store.record(id)
}

func (c *change) setRecord(st *protocol.Standing) error {
	c.records[st.ID] = st
	return c.set(recordKey(st.ID), recordValue(st))
}

func (c *change) set(key, value []byte) error {
	if err := c.batch.Set(key, value, nil); err != nil {
		return fmt.Errorf("prepare node store: %w", err)
	}
	return nil
}

// block adds a block with the places of its events and operations.
func (c *change) block(b *protocol.Block, served []byte) error {
	height := binary.BigEndian.AppendUint64(nil, b.Height)
	for i, e := range b.Events {
		if err := c.set(eventKey(e.Hash), binary.BigEndian.AppendUint32(height[:8:8], uint32(i))); err != nil {
			return err
		}
	}
	for _, op := range b.Operations() {
		if err := c.set(operationKey(op.Hash), height); err != nil {
			return err
		}
	}
	c.next.Height, c.next.BlockHash, c.next.EventHashes = b.Height, b.Hash, b.EventHashes()
	return c.set(blockKey(b.Height), served)
}

// write makes the block stand in the store, and with sync has it on disk. Without, it may be lost with the machine's
// power, and is then played again.
func (c *change) write(sync bool) error {
	text, err := json.Marshal(c.next)
	if err != nil {
		return fmt.Errorf("node store: standing: %w", err)
	}
	if err := c.set([]byte("s"), text); err != nil {
		return err
	}
	if err := c.batch.Commit(&pebble.WriteOptions{Sync: sync}); err != nil {
		return fmt.Errorf("write node store: %w", err)
	}
	return c.batch.Close()
}
