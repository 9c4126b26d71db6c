package webledger

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// index is what the driver knows of one chain, all of it replayed from blocks whose hashes were recomputed. Its rows,
// below a prefix that is the chain's own:
//
//	h                        the newest block in the index                     tip
//	c                        the configuration in force                        canonical JSON
//	e  height, operation     an operation with effect                          row
//	n  key                   the newest version of a record                    version, place
//	v  key, version          where that version is                             place
//	t  operation hash        what became of an operation                       outcome
//	l  value, place          a string that leads to a record, by first place   key
//	m  value, key            that it does so already                           -
//	s  idempotency key       what was signed under it                          kept
//	x  operation hash        under which idempotency key it was signed         digest
//	!  height                a block that could not be used, and why           evidence
//
// All but s and x can be deleted and come back; they stand below the chain's mark alone. The others also stand below
// the mark of the pointers that l and m were made by, so that another mapping has an index of its own.
type index struct {
	kv     driver.KV
	chain  chain
	mark   string
	prefix string
	last   atomic.Pointer[tipRead]
}

// mark is the part of a chain's id that stands in row names and cursors.
func (c chain) mark() string {
	sum := ld.Sum([]byte(c.id()))
	return string(sum[:16])
}

func newIndex(kv driver.KV, c chain, paths []path) *index {
	by := valueMark(fmt.Sprintf("%q", paths))
	return &index{kv: kv, chain: c, mark: c.mark(), prefix: c.mark() + by[:8]}
}

// place is where an operation stands. Places order as the operations take effect.
type place struct {
	height uint64
	index  uint32
}

func (p place) bytes() string {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, 12), p.height)
	return string(binary.BigEndian.AppendUint32(b, p.index))
}

func placeOf(b []byte) (place, error) {
	if len(b) != 12 {
		return place{}, damaged("a place of %d bytes", len(b))
	}
	return place{binary.BigEndian.Uint64(b), binary.BigEndian.Uint32(b[8:])}, nil
}

func number(n uint64) string { return string(binary.BigEndian.AppendUint64(nil, n)) }

func valueMark(value string) string {
	sum := ld.Sum([]byte(value))
	return string(sum[:])
}

// row names a derived row.
func (x *index) row(kind byte, parts ...string) string {
	return x.prefix + string(kind) + strings.Join(parts, "")
}

// lasting names a row that no block could bring back.
func (x *index) lasting(kind byte, parts ...string) string {
	return x.mark + string(kind) + strings.Join(parts, "")
}

// damaged is an index that is not as it was written. It says nothing about the chain.
func damaged(format string, args ...any) *driver.Error {
	return driver.Errorf(driver.Unknown, "Web Ledger index: %w", fmt.Errorf(format, args...))
}

// reader is an index, or an index with a draft laid over it.
type reader interface {
	row(kind byte, parts ...string) string
	get(row string) ([]byte, error) // nil if there is none
}

func (x *index) get(row string) ([]byte, error) {
	value, ok, err := x.kv.Get([]byte(row))
	if err != nil {
		return nil, driver.Errorf(driver.Unknown, "read Web Ledger index: %w", err)
	}
	if !ok {
		return nil, nil
	}
	return value, nil
}

func getJSON(r reader, row string, into any) (found bool, err error) {
	value, err := r.get(row)
	if value == nil || err != nil {
		return false, err
	}
	if err := json.Unmarshal(value, into); err != nil {
		return false, damaged("%w", err)
	}
	return true, nil
}

// tip is the newest block in the index, as far as the next one must fit on it.
type tip struct {
	Height          uint64    `json:"height"`
	Hash            string    `json:"hash"`
	Time            time.Time `json:"time"`
	ConsensusMethod string    `json:"consensusMethod"`
	Events          []string  `json:"events"` // their hashes
}

// tipRead is a tip as it was read last, which nearly every call reads again.
type tipRead struct {
	text []byte
	tip  *tip // shared: it is never changed
}

// tip answers nil where no block was followed yet.
func (x *index) tip() (*tip, error) {
	text, err := x.get(x.row('h'))
	if text == nil || err != nil {
		return nil, err
	}
	if last := x.last.Load(); last != nil && bytes.Equal(last.text, text) {
		return last.tip, nil
	}
	var t tip
	if err := json.Unmarshal(text, &t); err != nil {
		return nil, damaged("%w", err)
	}
	x.last.Store(&tipRead{text, &t})
	return &t, nil
}

func (t *tip) block() driver.Block { return driver.Block{Height: t.Height, Hash: t.Hash, Time: t.Time} }

// newest answers the newest version of a key and where it stands; version 0 where the index has none.
func (x *index) newest(key string) (version uint64, at place, err error) { return newestIn(x, key) }

func newestIn(r reader, key string) (version uint64, at place, err error) {
	value, err := r.get(r.row('n', key))
	if value == nil || err != nil {
		return 0, place{}, err
	}
	if len(value) != 20 {
		return 0, place{}, damaged("a newest version of %d bytes", len(value))
	}
	at, err = placeOf(value[8:])
	return binary.BigEndian.Uint64(value), at, err
}

// version answers one version of a key; nil where the index has none.
func (x *index) version(key string, version uint64) (*driver.Entry, error) {
	value, err := x.get(x.row('v', key, number(version)))
	if value == nil || err != nil {
		return nil, err
	}
	at, err := placeOf(value)
	if err != nil {
		return nil, err
	}
	return x.entry(at)
}

// entry answers what took effect at a place.
func (x *index) entry(at place) (*driver.Entry, error) {
	value, err := x.get(x.row('e', at.bytes()))
	if err != nil {
		return nil, err
	}
	return x.decodeEntry(at, value)
}
