package inclusion

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
)

// A block's list is a trie whose keys are the places in it, in RLP.
func placeKey(i uint64) []byte { return rlp.AppendUint64(nil, i) }

// maxWalked bounds the bytes of nodes that are read for one list, in which one node may be read for many places. perNode
// is what any node costs beside its bytes: a forged trie may lead through many small ones.
const (
	maxWalked = 16 << 20
	perNode   = 64
)

// nodes are parts of a trie, by their hashes: whatever is found under a hash has it.
type nodes struct {
	by   map[common.Hash][]byte
	left int // of maxWalked
}

func newNodes(list [][]byte) *nodes {
	n := &nodes{by: make(map[common.Hash][]byte, len(list)), left: maxWalked}
	for _, raw := range list {
		n.by[crypto.Keccak256Hash(raw)] = raw
	}
	return n
}

// Get is for package trie.
func (n *nodes) Get(hash []byte) ([]byte, error) {
	raw := n.by[common.Hash(hash)]
	if n.left -= perNode + len(raw); n.left < 0 {
		return nil, errTooMuch
	}
	return raw, nil
}

// Has is for package trie.
func (n *nodes) Has(hash []byte) (bool, error) { return n.by[common.Hash(hash)] != nil, nil }

var errTooMuch = errors.New("takes more work than any block's")

// at gives what stands at a place of the list with that root.
func (n *nodes) at(root common.Hash, i uint64) ([]byte, error) {
	value, err := trie.VerifyProof(root, placeKey(i), n)
	switch {
	case n.left < 0:
		return nil, errTooMuch
	case err != nil:
		return nil, fmt.Errorf("does not lead to the header's root: %w", err)
	case value == nil:
		return nil, fmt.Errorf("shows that the block has no place %d", i)
	}
	return value, nil
}

// list is a block's list as a trie, of which parts can be shown.
type list struct {
	trie  *trie.Trie
	taken map[common.Hash]bool
	shown [][]byte
}

func newList(values [][]byte) (*list, error) {
	l := &list{trie: trie.NewEmpty(nil), taken: map[common.Hash]bool{}}
	for i, value := range values {
		if err := l.trie.Update(placeKey(uint64(i)), value); err != nil {
			return nil, fmt.Errorf("place %d: %w", i, err)
		}
	}
	return l, nil
}

func (l *list) root() common.Hash { return l.trie.Hash() }

// show takes the nodes on the way to a place, each once.
func (l *list) show(i uint64) error { return l.trie.Prove(placeKey(i), l) }

// Put is for package trie.
func (l *list) Put(hash, node []byte) error {
	if h := common.Hash(hash); !l.taken[h] {
		l.taken[h] = true
		l.shown = append(l.shown, node)
	}
	return nil
}

// Delete is for package trie, which never calls it here.
func (l *list) Delete([]byte) error { return errors.New("a shown node stays") }
