package fabric

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// index is what the driver knows of a chaincode's states, all of it read from blocks. Its rows, below a prefix that is
// the channel's, the chaincode's and the schema's own:
//
//	h                    the newest block that was read                tip
//	d                    that the chaincode is committed               -
//	e  place             an entry                                      entry
//	n  key               its newest version                            version, place
//	v  key, version      where that version is                         place
//	t  transaction       what became of it                             outcome
//	l  lookup, place     a lookup that leads to a key, by first place  key
//	m  lookup, key       that it does so already                       -
//	s  idempotency key   what was signed under it                      kept
//	x  transaction       under which idempotency key it was signed     mark
//
// All but s and x can be deleted and come back. Keys and values stand as their hashes in names of rows, which keeps one
// from being the beginning of another.
type index struct {
	kv      driver.KV
	genesis string // hash of the first block
	mark    string // of the channel
	prefix  string // of the chaincode and the schema as well
}

func newIndex(kv driver.KV, genesis, chaincode string, native []byte) *index {
	x := &index{kv: kv, genesis: genesis}
	x.mark = hashed(genesis)[:16]
	x.prefix = x.mark + hashed(chaincode, string(native))[:16]
	return x
}

// place is where an entry stands: the block, and which of its entries. Places order as the channel has them.
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

// endOf is the place after every entry of a block.
func endOf(height uint64) place { return place{height, math.MaxUint32} }

func number(n uint64) string  { return string(binary.BigEndian.AppendUint64(nil, n)) }
func decimal(n uint64) string { return strconv.FormatUint(n, 10) }

// hashed is a name of fixed length for texts of any.
func hashed(texts ...string) string {
	h := sha256.New()
	for _, t := range texts {
		fmt.Fprintf(h, "%d|%s", len(t), t)
	}
	return string(h.Sum(nil))
}

func (x *index) row(kind byte, parts ...string) string {
	return x.prefix + string(kind) + strings.Join(parts, "")
}

// damaged is an index that is not as it was written. It says nothing about the channel.
func damaged(format string, args ...any) error {
	return driver.Errorf(driver.Unknown, "Fabric index: %w", fmt.Errorf(format, args...))
}

func (x *index) get(row string) ([]byte, error) {
	value, ok, err := x.kv.Get([]byte(row))
	if err != nil {
		return nil, damaged("%w", err)
	}
	if !ok {
		return nil, nil
	}
	return value, nil
}

// reader is an index, or an index with a draft laid over it.
type reader interface {
	row(kind byte, parts ...string) string
	get(row string) ([]byte, error) // nil if there is none
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
	Height uint64    `json:"height"`
	Hash   string    `json:"hash"`
	Time   time.Time `json:"time"`
}

func (t *tip) block() driver.Block { return driver.Block{Height: t.Height, Hash: t.Hash, Time: t.Time} }

// tip answers nil where no block was read yet.
func (x *index) tip() (*tip, error) {
	var t tip
	found, err := getJSON(x, x.row('h'), &t)
	if !found {
		return nil, err
	}
	return &t, nil
}

// newestOf answers the newest version of a key; 0 where there is none.
func newestOf(r reader, key string) (uint64, error) {
	value, err := r.get(r.row('n', hashed(key)))
	if value == nil || err != nil {
		return 0, err
	}
	if len(value) != 8 {
		return 0, damaged("a newest version of %d bytes", len(value))
	}
	return binary.BigEndian.Uint64(value), nil
}

// version answers one version of a key; nil where there is none.
func (x *index) version(key string, version uint64) (*driver.Entry, error) {
	value, err := x.get(x.row('v', hashed(key), number(version)))
	if value == nil || err != nil {
		return nil, err
	}
	at, err := placeOf(value)
	if err != nil {
		return nil, err
	}
	e := new(driver.Entry)
	found, err := getJSON(x, x.row('e', at.bytes()), e)
	if err == nil && !found {
		err = damaged("version %d of a key is missing", version)
	}
	return x.at(e, at), err
}

// at gives an entry the cursor that stands after it.
func (x *index) at(e *driver.Entry, at place) *driver.Entry {
	e.Cursor = x.cursor(at)
	return e
}

// cursor spells a place: the channel's mark, the height, the entry.
func (x *index) cursor(at place) driver.Cursor {
	return driver.Cursor(base64.RawURLEncoding.EncodeToString([]byte(x.mark + at.bytes())))
}

// placeAt reads a cursor. The empty one is before everything.
func (x *index) placeAt(c driver.Cursor) (place, error) {
	if c == "" {
		return place{}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || len(raw) != len(x.mark)+12 {
		return place{}, driver.Errorf(driver.CursorInvalid, "not a cursor of a Fabric channel")
	}
	if string(raw[:len(x.mark)]) != x.mark {
		return place{}, driver.Errorf(driver.CursorInvalid, "a cursor of another channel than the one that began with block %s", x.genesis)
	}
	return placeOf(raw[len(x.mark):])
}
