package node

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// queryRecord answers a record in the bytes in which it is kept.
func (n *Node) queryRecord(w http.ResponseWriter, r *http.Request) {
	st, err := n.store.record(r.URL.Query().Get("id"))
	if err != nil {
		unavailable("the store cannot be read").write(w)
		return
	}
	if st == nil {
		notFound("Record").write(w)
		return
	}
	writeJSON(w, http.StatusOK, answer("record", st.Record, fmt.Appendf(nil, `{"sequence":%d}`, st.Sequence)))
}

// getBlocks answers the block of an id, or without one the genesis block and the latest.
func (n *Node) getBlocks(w http.ResponseWriter, r *http.Request) {
	_, st := n.app.inForce()
	if !r.URL.Query().Has("id") {
		n.writeEnds(w, st.Height)
		return
	}
	height, ok := blockHeight(st.Ledger, r.URL.Query().Get("id"))
	if !ok {
		notFound("Block").write(w)
		return
	}
	block, err := n.store.block(height)
	switch {
	case err != nil:
		unavailable("the store cannot be read").write(w)
	case block == nil:
		notFound("Block").write(w)
	default:
		writeJSON(w, http.StatusOK, block)
	}
}

func (n *Node) writeEnds(w http.ResponseWriter, height uint64) {
	genesis, err := n.store.block(0)
	if err != nil {
		unavailable("the store cannot be read").write(w)
		return
	}
	latest, err := n.store.block(height)
	if err != nil {
		unavailable("the store cannot be read").write(w)
		return
	}
	writeJSON(w, http.StatusOK, fmt.Appendf(nil, `{"genesis":%s,"latest":%s}`, genesis, latest))
}

// blockHeight takes the height from a block's id, of which each block has one spelling.
func blockHeight(ledger, id string) (uint64, bool) {
	text, ok := strings.CutPrefix(id, ledger+"/blocks/")
	height, err := strconv.ParseUint(text, 10, 64)
	return height, ok && err == nil && protocol.BlockID(ledger, height) == id
}

// getEvent answers an event out of the block that holds it.
func (n *Node) getEvent(w http.ResponseWriter, r *http.Request) {
	hash := r.URL.Query().Get("id")
	height, index, ok, err := n.store.event(hash)
	if err == nil && !ok {
		notFound("Event").write(w)
		return
	}
	var body []byte
	if err == nil {
		body, err = n.event(hash, height, index)
	}
	if err != nil {
		unavailable("the store cannot be read").write(w)
		return
	}
	writeJSON(w, http.StatusOK, body)
}

func (n *Node) event(hash string, height uint64, index uint32) ([]byte, error) {
	served, err := n.store.block(height)
	if err != nil {
		return nil, err
	}
	var found struct {
		Block struct{ Event []json.RawMessage }
		Meta  protocol.BlockMeta
	}
	if err := json.Unmarshal(served, &found); err != nil {
		return nil, fmt.Errorf("block %d: %w", height, err)
	}
	if int(index) >= len(found.Block.Event) {
		return nil, fmt.Errorf("block %d holds no event %d", height, index)
	}
	meta, err := json.Marshal(protocol.EventMeta{
		EventHash: hash, BlockHeight: height, Consensus: true, ConsensusDate: found.Meta.ConsensusDate,
	})
	return answer("event", found.Block.Event[index], meta), err
}
