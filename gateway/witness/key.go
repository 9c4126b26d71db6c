package witness

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// The keys of the store. Names are preceded by their length, so that none runs into the next; numbers are big-endian, so
// that they sort.
//
//	h                              the head
//	e seq                          a line
//	l ledger seq                   nothing: the lines of a ledger
//	s id ledger                    the standing of a record
//	d ledger id version digest     when it was first seen, seq of its line
//	c name kind id version         when a contradiction was noted
//	n name kind                    how many were
var headKey = []byte{'h'}

var entryPrefix = []byte{'e'}

func entryKey(seq uint64) []byte { return binary.BigEndian.AppendUint64([]byte{'e'}, seq) }

func ledgerKey(ledger string, seq uint64) []byte {
	return binary.BigEndian.AppendUint64(ledgerPrefix(ledger), seq)
}

func ledgerPrefix(ledger string) []byte { return appendName([]byte{'l'}, ledger) }

func standingKey(r record) []byte { return appendName(standingPrefix(r.id), r.ledger) }

func standingPrefix(id string) []byte { return appendName([]byte{'s'}, id) }

func digestKey(r record, version uint64, d ld.Digest) []byte {
	return append(versionPrefix(r, version), d[:]...)
}

func versionPrefix(r record, version uint64) []byte {
	return binary.BigEndian.AppendUint64(appendName(appendName([]byte{'d'}, r.ledger), r.id), version)
}

func (c Contradiction) key() []byte {
	key := appendName(appendName(appendName([]byte{'c'}, c.By), string(c.Kind)), c.ID)
	return binary.BigEndian.AppendUint64(key, c.Version)
}

func countKey(by string, kind Kind) []byte {
	return appendName(appendName([]byte{'n'}, by), string(kind))
}

func appendName(key []byte, name string) []byte {
	return append(binary.BigEndian.AppendUint16(key, uint16(len(name))), name...)
}

// seqOf reads the number that a key or value ends in.
func seqOf(b []byte) uint64 { return binary.BigEndian.Uint64(b[len(b)-8:]) }

func getJSON(kv driver.KV, key []byte, v any) (bool, error) {
	data, ok, err := kv.Get(key)
	if err != nil || !ok {
		return false, err
	}
	if err := json.Unmarshal(data, v); err != nil {
		return false, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return true, nil
}
