package redis

import (
	"encoding/binary"
	"time"
)

// maxValue is the most bytes that one value has. A larger entry is kept in this process alone.
const maxValue = 1 << 20

// written is a value as it is sealed.
type written []byte

func (w *written) number(n uint64) { *w = binary.BigEndian.AppendUint64(*w, n) }

func (w *written) flag(b bool) {
	var n uint64
	if b {
		n = 1
	}
	w.number(n)
}

func (w *written) text(s string) {
	w.number(uint64(len(s)))
	*w = append(*w, s...)
}

func (w *written) time(t time.Time) {
	w.number(uint64(t.Unix()))
	w.number(uint64(t.Nanosecond()))
}

// reading takes a value apart. It is broken once something is not there; what it gives then is zero.
type reading struct {
	left   []byte
	broken bool
}

func (r *reading) take(n uint64) []byte {
	if r.broken || n > uint64(len(r.left)) {
		r.broken = true
		return nil
	}
	taken := r.left[:n]
	r.left = r.left[n:]
	return taken
}

func (r *reading) number() uint64 {
	b := r.take(8)
	if b == nil {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

func (r *reading) flag() bool {
	n := r.number()
	r.broken = r.broken || n > 1
	return n == 1
}

func (r *reading) text() string { return string(r.take(r.number())) }

// bytes answers nil where there are none.
func (r *reading) bytes() []byte {
	b := r.take(r.number())
	if len(b) == 0 {
		return nil
	}
	return append([]byte(nil), b...)
}

func (r *reading) time() time.Time {
	seconds, nanos := int64(r.number()), r.number()
	if nanos > 999_999_999 {
		r.broken = true
		return time.Time{}
	}
	return time.Unix(seconds, int64(nanos)).UTC()
}

// whole reports whether all of it was read, and there was no more.
func (r *reading) whole() bool { return !r.broken && len(r.left) == 0 }
