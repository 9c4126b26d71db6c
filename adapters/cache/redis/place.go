package redis

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// era is the time in which pointers hold: drawn anew with each epoch, so that none of before is ever taken for one of
// now, even where Redis has lost the count of epochs.
type era [16]byte

func (e era) text() string { return hex.EncodeToString(e[:]) }

// place is F: how far a chain was followed, and what that says of pointers.
type place struct {
	era     era
	epoch   uint64
	chainID string
	to      cache.Progress // At is not of it
	at      int64          // when the chain spoke last, in microseconds of Redis; 0 where it has not
	wall    int64          // the same, by the clock of whoever follows
	count   uint64         // of changes in this era
	touches [32]byte       // hash of the table
}

func (p *place) bytes() []byte {
	var w written
	w = append(w, p.era[:]...)
	w.number(p.epoch)
	w.text(p.chainID)
	w.text(string(p.to.Cursor))
	w.number(p.to.Block.Height)
	w.text(p.to.Block.Hash)
	w.time(p.to.Block.Time)
	w.flag(p.to.Behind)
	w.number(uint64(p.at))
	w.number(uint64(p.wall))
	w.number(p.count)
	w = append(w, p.touches[:]...)
	return w
}

func placeOf(value []byte) (*place, bool) {
	r, p := reading{left: value}, &place{}
	copy(p.era[:], r.take(uint64(len(p.era))))
	p.epoch, p.chainID = r.number(), r.text()
	p.to.Cursor = driver.Cursor(r.text())
	p.to.Block = driver.Block{Height: r.number(), Hash: r.text(), Time: r.time()}
	p.to.Behind = r.flag()
	p.at, p.wall, p.count = int64(r.number()), int64(r.number()), r.number()
	copy(p.touches[:], r.take(uint64(len(p.touches))))
	return p, r.whole() && p.epoch > 0
}

// buckets is how many the keys of a ledger are divided into. A change takes the pointers of its bucket with it.
const buckets = 4096

// touches is the count at which a key of each bucket changed last.
type touches [buckets]uint32

// maxCount is when a new era must begin, so that a count fits.
const maxCount = 1<<32 - 1

func (t *touches) bytes() []byte {
	out := make([]byte, 0, 4*buckets)
	for _, n := range t {
		out = binary.BigEndian.AppendUint32(out, n)
	}
	return out
}

// touchesOf reads a table whose hash is known.
func touchesOf(value string, sum [32]byte) (*touches, bool) {
	if len(value) != 4*buckets || sha256.Sum256([]byte(value)) != sum {
		return nil, false
	}
	t := &touches{}
	for i := range t {
		t[i] = binary.BigEndian.Uint32([]byte(value[4*i:]))
	}
	return t, true
}

// holds reports whether a pointer that was noted at a count is of now.
func (v *view) holds(p pointer, bucket uint16) bool {
	return p.count <= v.place.count && p.count >= uint64(v.touches[bucket])
}

// view is a place with its table, as it was read.
type view struct {
	*place
	touches   *touches
	forgotten string // how often a key was forgotten
}
