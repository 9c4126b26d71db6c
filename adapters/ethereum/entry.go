package ethereum

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
)

// effect is what the index says of a version beside its body.
type effect struct {
	Key     string      `json:"key"`
	Version uint64      `json:"version"`
	Tx      common.Hash `json:"tx"`
	Block   common.Hash `json:"block"`
	Seconds int64       `json:"seconds"`
	Author  string      `json:"author,omitempty"`
	Deleted bool        `json:"deleted,omitempty"`
	// Waits is what was found where the state that completes the body was gone when the log was read.
	Waits *binding.Found `json:"waits,omitempty"`
}

// encodeEffect writes an effect after its length, and then the body, so that a read need not walk through it.
func encodeEffect(f effect, body []byte) ([]byte, error) {
	head, err := json.Marshal(f)
	if err != nil {
		return nil, damaged("%w", err)
	}
	out := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(head)+len(body)), uint32(len(head)))
	return append(append(out, head...), body...), nil
}

// stood is an effect as it was read from its row.
type stood struct {
	effect
	at   place
	body []byte
}

func effectAt(r reader, at place) (*stood, error) {
	row, err := r.get(r.row('e', at.bytes()))
	switch {
	case err != nil:
		return nil, err
	case row == nil:
		return nil, damaged("a version of block %d is missing", at.height)
	}
	return decodeEffect(at, row)
}

func decodeEffect(at place, row []byte) (*stood, error) {
	if len(row) < 4 || uint64(len(row)-4) < uint64(binary.BigEndian.Uint32(row)) {
		return nil, damaged("a version of %d bytes", len(row))
	}
	n := 4 + int(binary.BigEndian.Uint32(row))
	s := &stood{at: at, body: bytes.Clone(row[n:])}
	if err := json.Unmarshal(row[4:n], &s.effect); err != nil {
		return nil, damaged("%w", err)
	}
	return s, nil
}

// entry makes what a caller is given.
func (x *index) entry(s *stood, final bool) *driver.Entry {
	e := &driver.Entry{
		Key: s.Key, Version: s.Version, Body: s.body, Deleted: s.Deleted,
		Position: driver.Position{Height: s.at.height, Index: s.at.index, Tx: s.Tx.Hex(), Time: time.Unix(s.Seconds, 0).UTC(), Final: final},
		Cursor:   x.cursor(s.at, s.Block),
	}
	if s.Deleted {
		e.Body = nil
	}
	if s.Author != "" {
		e.Author = driver.Author{Kind: "address", ID: s.Author}
	}
	return e
}
