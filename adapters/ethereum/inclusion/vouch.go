package inclusion

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// vouch says by what the anchors know the block: in words, or not at all (empty). The error says that a checkpoint has
// another block in its place.
func (a *anchors) vouch(number uint64, hashes []common.Hash, p *proof) (by string, _ error) {
	for i, hash := range hashes {
		at := number + uint64(i)
		known, ok := a.at[at]
		switch {
		case !ok:
		case known != hash:
			return "", fmt.Errorf("block %d is not the one of the checkpoint", at)
		case by != "":
		case i == 0:
			by = fmt.Sprintf("the header is checkpoint %d", at)
		default:
			by = fmt.Sprintf("the header is %d below checkpoint %d", i, at)
		}
	}
	if by == "" && a.Quorum != nil {
		if n := a.agreeing(hashes[0], p.Agreed); n >= a.Quorum.Agree {
			by = fmt.Sprintf("%d of %d endpoints agree on the header (quorum)", n, len(a.Quorum.Endpoints))
		}
	}
	return by, nil
}

// unvouched says why nothing vouches for a block.
func (a *anchors) unvouched(number uint64, headers int) string {
	why := "there is no checkpoint in the anchors"
	if len(a.at) > 0 {
		why = fmt.Sprintf("no checkpoint is among the proof's %d headers", headers)
	}
	if a.Quorum == nil {
		return fmt.Sprintf("nothing vouches for block %d: %s", number, why)
	}
	return fmt.Sprintf("nothing vouches for block %d: %s, and this gateway did not hear %d of the anchors' endpoints agree on it",
		number, why, a.Quorum.Agree)
}

// agreeing is how many of the named endpoints this process heard say that the chain has the block.
func (a *anchors) agreeing(block common.Hash, seals [][]byte) int {
	n := 0
	for _, name := range a.Quorum.Endpoints {
		mine := seal(a.Chain, block, name)
		for _, s := range seals {
			if hmac.Equal(s, mine) {
				n++
				break
			}
		}
	}
	return n
}

// sealing is the key of this process' own statements about what endpoints told it. It never leaves the process: what
// another one heard is for nobody to believe here. And a seal does not show the name in it: proofs are shown to clients, who
// are told of no backend's address.
var sealing = newKey()

func newKey() (key [32]byte) {
	_, _ = rand.Read(key[:]) // never fails: see crypto/rand
	return key
}

func seal(chain uint64, block common.Hash, endpoint string) []byte {
	h := hmac.New(sha256.New, sealing[:])
	h.Write(binary.BigEndian.AppendUint64(nil, chain))
	h.Write(block[:])
	h.Write([]byte(endpoint))
	return h.Sum(nil)
}

// Agreed makes this process' statement that endpoints, named by host, said that a chain has a block. Only who asked them may
// make it.
func Agreed(chain uint64, block common.Hash, endpoints []string) [][]byte {
	all := make([][]byte, 0, len(endpoints))
	for _, name := range endpoints[:min(len(endpoints), maxSeals)] {
		all = append(all, seal(chain, block, name))
	}
	return all
}
