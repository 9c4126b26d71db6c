package webledger

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// effect is what the index says of an entry beside its body and the operation that brought it.
type effect struct {
	Key           string    `json:"key"`
	Version       uint64    `json:"version"`
	Tx            string    `json:"tx"`
	Time          time.Time `json:"time"`
	Author        string    `json:"author,omitempty"`
	Contradiction string    `json:"contradiction,omitempty"`
}

// encodeEffect writes an effect, a body and an operation one after the other, the first two after their lengths, so
// that a read need not walk through them.
func encodeEffect(f effect, body, operation []byte) ([]byte, error) {
	head, err := json.Marshal(f)
	if err != nil {
		return nil, damaged("%w", err)
	}
	out := make([]byte, 0, 8+len(head)+len(body)+len(operation))
	for _, part := range [][]byte{head, body} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(part)))
		out = append(out, part...)
	}
	return append(out, operation...), nil
}

func (x *index) decodeEntry(at place, row []byte) (*driver.Entry, error) {
	head, rest, ok := cutPart(row)
	body, operation, ok2 := cutPart(rest)
	if !ok || !ok2 {
		return nil, damaged("an effect of %d bytes", len(row))
	}
	var f effect
	if err := json.Unmarshal(head, &f); err != nil {
		return nil, damaged("%w", err)
	}
	e := &driver.Entry{
		Key: f.Key, Version: f.Version, Body: bytes.Clone(body), Contradiction: f.Contradiction,
		Position: driver.Position{Height: at.height, Index: at.index, Tx: f.Tx, Time: f.Time, Final: true},
		Cursor:   x.cursor(at),
	}
	if f.Author != "" {
		e.Author = driver.Author{Kind: "did", ID: f.Author, Evidence: bytes.Clone(operation)}
	}
	return e, nil
}

func cutPart(row []byte) (part, rest []byte, ok bool) {
	if len(row) < 4 {
		return nil, nil, false
	}
	n := int(binary.BigEndian.Uint32(row))
	if row = row[4:]; n > len(row) {
		return nil, nil, false
	}
	return row[:n], row[n:], true
}
