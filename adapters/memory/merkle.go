package memory

import (
	"math/bits"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// The tree is that of RFC 6962 §2.1: a leaf is hashed behind a 0 byte and a node behind a 1, so that neither passes
// for the other, and a list that is no power of two splits at the largest one below its length.

// leafOf hashes all that a proof is to bind. Final and Cursor stay out, for they are the reader's view and not the
// chain's fact.
func leafOf(e *driver.Entry) hash {
	body, evidence := sumOf(e.Body), sumOf(e.Author.Evidence)
	deleted := []byte{0}
	if e.Deleted {
		deleted[0] = 1
	}
	return leafHash(frame("entry", []byte(e.Key), number(e.Version), body[:], deleted,
		[]byte(e.Author.Kind), []byte(e.Author.ID), evidence[:],
		number(e.Height), number(uint64(e.Index)), []byte(e.Tx), number(uint64(e.Time.UnixNano()))))
}

func leafHash(content []byte) hash { return sumOf(append([]byte{0}, content...)) }

func nodeHash(left, right hash) hash {
	return sumOf(append(append([]byte{1}, left[:]...), right[:]...))
}

// root is the hash over a list of leaves.
func root(leaves []hash) hash {
	switch len(leaves) {
	case 0:
		return sumOf(nil)
	case 1:
		return leaves[0]
	}
	k := split(len(leaves))
	return nodeHash(root(leaves[:k]), root(leaves[k:]))
}

// path lists what has to be hashed with the leaf at index, from the leaf up to the root. It costs a hash a leaf; a
// chain of any size would keep the nodes.
func path(leaves []hash, index int) []hash {
	if len(leaves) <= 1 {
		return nil
	}
	k := split(len(leaves))
	if index < k {
		return append(path(leaves[:k], index), root(leaves[k:]))
	}
	return append(path(leaves[k:], index-k), root(leaves[:k]))
}

// split is the largest power of two below n, for n above 1.
func split(n int) int { return 1 << (bits.Len(uint(n-1)) - 1) }

// climb computes the root that a leaf and its path lead to (RFC 9162 §2.1.3.2); false if the path has not the length
// that index and size demand.
func climb(leaf hash, index, size uint64, path []hash) (hash, bool) {
	if index >= size {
		return hash{}, false
	}
	at, last := index, size-1
	for _, p := range path {
		if last == 0 {
			return hash{}, false
		}
		if at&1 == 1 || at == last {
			leaf = nodeHash(p, leaf)
			for at&1 == 0 && at != 0 {
				at, last = at>>1, last>>1
			}
		} else {
			leaf = nodeHash(leaf, p)
		}
		at, last = at>>1, last>>1
	}
	return leaf, last == 0
}
