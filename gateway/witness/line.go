package witness

import (
	"cmp"
	"encoding/binary"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/ld"
)

// line is where a digest of a version was first seen.
type line struct {
	digest    ld.Digest
	seq       uint64
	witnessed time.Time
}

// value is what the store keeps under a line's digestKey.
func (l line) value() []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(l.witnessed.UnixNano()))
	return binary.BigEndian.AppendUint64(b, l.seq)
}

// lines are all digests that a version was seen with, first seen first.
type lines []line

func (ls lines) find(d ld.Digest) int {
	return slices.IndexFunc(ls, func(l line) bool { return l.digest == d })
}

// others reports whether a digest besides d is among them.
func (ls lines) others(d ld.Digest) bool {
	return slices.ContainsFunc(ls, func(l line) bool { return l.digest != d })
}

// lines reads the digests of a version from the store.
func (l *Log) lines(r record, version uint64) (lines, error) {
	prefix := versionPrefix(r, version)
	var all lines
	err := l.kv.Scan(prefix, nil, func(key, value []byte) bool {
		all = append(all, line{
			digest:    ld.Digest(key[len(prefix):]),
			seq:       seqOf(value),
			witnessed: time.Unix(0, int64(binary.BigEndian.Uint64(value))).UTC(),
		})
		return true
	})
	slices.SortFunc(all, func(a, b line) int { return cmp.Compare(a.seq, b.seq) })
	return all, err
}
