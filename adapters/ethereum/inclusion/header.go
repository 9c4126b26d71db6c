package inclusion

import (
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
)

// header is what a block's header says of its content and place.
type header struct {
	hash, parent, transactions, receipts common.Hash
	number, seconds                      uint64
}

func (h *header) time() time.Time { return time.Unix(int64(h.seconds), 0).UTC() }

// Where the parts stand in a header, which is a list. Forks have only ever added parts at its end.
const (
	parentField       = 0
	transactionsField = 4
	receiptsField     = 5
	numberField       = 8
	timeField         = 11
	leastFields       = 15
	mostFields        = 48
)

// readHeader reads a header in RLP, of any fork.
func readHeader(raw []byte) (*header, error) {
	if len(raw) > maxHeader {
		return nil, fmt.Errorf("has %d bytes, the most is %d", len(raw), maxHeader)
	}
	var fields []rlp.RawValue
	if err := rlp.DecodeBytes(raw, &fields); err != nil {
		return nil, fmt.Errorf("is no header: %w", err)
	}
	if len(fields) < leastFields || len(fields) > mostFields {
		return nil, fmt.Errorf("is no header: it has %d fields, and must have %d to %d", len(fields), leastFields, mostFields)
	}
	h := &header{hash: crypto.Keccak256Hash(raw)}
	for at, into := range map[int]any{
		parentField: &h.parent, transactionsField: &h.transactions, receiptsField: &h.receipts,
		numberField: &h.number, timeField: &h.seconds,
	} {
		if err := rlp.DecodeBytes(fields[at], into); err != nil {
			return nil, fmt.Errorf("is no header: field %d: %w", at, err)
		}
	}
	if h.seconds > 1<<40 {
		return nil, fmt.Errorf("is no header: its time is beyond all calendars")
	}
	return h, nil
}
