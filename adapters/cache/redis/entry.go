package redis

import (
	"crypto/sha256"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// digest tells one form of a version from another.
type digest [16]byte

func digestOf(value []byte) digest {
	sum := sha256.Sum256(value)
	return digest(sum[:16])
}

// entryBytes writes an entry down that may be kept: it is final, and nothing speaks against it.
func entryBytes(e *driver.Entry) []byte {
	var w written
	w.text(e.Key)
	w.number(e.Version)
	w.text(string(e.Body))
	w.flag(e.Deleted)
	w.text(e.Author.Kind)
	w.text(e.Author.ID)
	w.text(string(e.Author.Evidence))
	w.number(e.Height)
	w.number(uint64(e.Index))
	w.text(e.Tx)
	w.time(e.Time)
	w.text(string(e.Cursor))
	return w
}

// entryOf reads it.
func entryOf(value []byte) (*driver.Entry, bool) {
	r := reading{left: value}
	e := &driver.Entry{Key: r.text(), Version: r.number(), Body: r.bytes(), Deleted: r.flag()}
	e.Author = driver.Author{Kind: r.text(), ID: r.text(), Evidence: r.bytes()}
	e.Height = r.number()
	index := r.number()
	e.Index, e.Tx, e.Time, e.Final = uint32(index), r.text(), r.time(), true
	e.Cursor = driver.Cursor(r.text())
	return e, r.whole() && index <= 1<<32-1 && e.Version > 0 && e.Key != ""
}

// pointer says what is the newest of a key, from the count of changes on at which that was so.
type pointer struct {
	era     era
	count   uint64
	version uint64 // 0: there is none
	entry   digest // of the version
}

func (p pointer) bytes() []byte {
	var w written
	w = append(w, p.era[:]...)
	w.number(p.count)
	w.number(p.version)
	w = append(w, p.entry[:]...)
	return w
}

func pointerOf(value []byte) (pointer, bool) {
	r := reading{left: value}
	var p pointer
	copy(p.era[:], r.take(uint64(len(p.era))))
	p.count, p.version = r.number(), r.number()
	copy(p.entry[:], r.take(uint64(len(p.entry))))
	return p, r.whole()
}
