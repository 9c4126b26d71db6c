package ethereum

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
	"github.com/ftagateway/ftagateway/adapters/ethereum/nodes"
	"github.com/ftagateway/ftagateway/ld"
)

// index is what the driver knows of one contract on one chain: what the logs of final blocks say. Its rows, below a prefix
// that is the chain's, the contract's and the binding's own:
//
//	h                        the newest block in the index                    tip
//	b  height                a block that the index knows of                  hash, whether it has entries
//	r  place in a ring       a height whose block was the newest one          height
//	e  height, log           a version                                        row
//	n  key                   the newest version of a key                      version, place
//	v  key, version          where that version is                            place
//	t  transaction           the first version that it brought                place
//	l  value, place, key     a value that leads to a key, by first place      key
//	m  value, key            that it does so already                          place
//	k  place, value          what l and m have from this place                key
//	g                        where logs were read again                       heights
//	s  idempotency key       what was signed under it                         kept
//	x  transaction           under which idempotency key it was signed        digest
//
// All but s and x can be deleted and come back; these stand below the mark of the chain and contract alone. Keys and
// values stand in row names as digests.
type index struct {
	kv      driver.KV
	binding *binding.Binding
	id      nodes.Identity
	uri     string
	mark    string
	prefix  string
	rereads atomic.Pointer[[]byte]
}

func newIndex(kv driver.KV, id nodes.Identity, b *binding.Binding) *index {
	uri := fmt.Sprintf("eip155:%d:%s", id.ChainID, hexutil.Encode(b.Contract[:]))
	sum := ld.Sum([]byte(uri + "#" + id.Genesis.Hex()))
	x := &index{kv: kv, binding: b, id: id, uri: uri, mark: string(sum[:16])}
	x.prefix = x.mark + b.Digest()[:8]
	return x
}

// chainID tells one chain from another of the same number.
func (x *index) chainID() string {
	return fmt.Sprintf("eip155:%d#%s", x.id.ChainID, x.id.Genesis.Hex())
}

// place is where a log stands. Places order as the chain does.
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

// digest stands for text of any length in the name of a row.
func digest(text string) string {
	sum := ld.Sum([]byte(text))
	return string(sum[:])
}

func markOf(l binding.Led) string { return digest(l.Name + "\x00" + string(l.Mark)) }

// row names a derived row, lasting one that no block could bring back.
func (x *index) row(kind byte, parts ...string) string {
	return x.prefix + string(kind) + strings.Join(parts, "")
}

func (x *index) lasting(kind byte, parts ...string) string {
	return x.mark + string(kind) + strings.Join(parts, "")
}

// reader is an index, or an index with a draft laid over it.
type reader interface {
	row(kind byte, parts ...string) string
	get(row string) ([]byte, error) // nil if there is none
}

func (x *index) get(row string) ([]byte, error) {
	value, ok, err := x.kv.Get([]byte(row))
	if err != nil || !ok {
		return nil, storeError(err)
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

// tip is the newest block in the index.
type tip struct {
	nodes.Block
	Count uint64 `json:"count"` // of tips so far: where it stands in the ring
}

// tip answers nil where no block was followed yet.
func (x *index) tip() (*tip, error) {
	var t tip
	found, err := getJSON(x, x.row('h'), &t)
	if !found {
		return nil, err
	}
	return &t, nil
}

func blockOf(b *nodes.Block) driver.Block {
	return driver.Block{Height: b.Height, Hash: b.Hash.Hex(), Time: b.Time()}
}

// known gives the hash of a block that the index knows of; false where it does not.
func known(r reader, height uint64) (hash common.Hash, ok bool, err error) {
	value, err := r.get(r.row('b', number(height)))
	if value == nil || err != nil {
		return hash, false, err
	}
	if len(value) != common.HashLength+1 {
		return hash, false, damaged("a block of %d bytes", len(value))
	}
	return common.Hash(value[:common.HashLength]), true, nil
}

// newest answers the newest version of a key and where it stands; version 0 where there is none.
func newest(r reader, key string) (version uint64, at place, err error) {
	value, err := r.get(r.row('n', digest(key)))
	if value == nil || err != nil {
		return 0, place{}, err
	}
	if len(value) != 20 {
		return 0, place{}, damaged("a newest version of %d bytes", len(value))
	}
	at, err = placeOf(value[8:])
	return binary.BigEndian.Uint64(value), at, err
}

// version answers where a version of a key stands.
func version(r reader, key string, n uint64) (at place, ok bool, err error) {
	value, err := r.get(r.row('v', digest(key), number(n)))
	if value == nil || err != nil {
		return place{}, false, err
	}
	at, err = placeOf(value)
	return at, err == nil, err
}
