package protocol

import (
	"fmt"
	"maps"

	"github.com/ftagateway/ftagateway/ld"
)

// Hash is the protocol's hash of a JSON-LD document: SHA-256 over its RDFC-1.0 N-Quads as a base58 multihash, "zQm…".
func Hash(doc ld.Object) (string, error) {
	quads, err := ld.RDFC(doc)
	if err != nil {
		return "", fmt.Errorf("canonical N-Quads: %w", err)
	}
	return ld.Sum(quads).Base58(), nil
}

// hashWith hashes a document in which one member stands as the hashes of its values.
func hashWith(doc ld.Object, member, hashMember string, hashes []string) (string, error) {
	short := maps.Clone(doc)
	delete(short, member)
	short[hashMember] = anyStrings(hashes)
	return Hash(short)
}

// canonical gives the JCS form of a message and refuses one of more than most bytes.
func canonical(doc ld.Object, most int) ([]byte, error) {
	text, err := ld.JCS(doc)
	if err != nil {
		return nil, fmt.Errorf("canonical form: %w", err)
	}
	if len(text) > most {
		return nil, Faults{{"", fmt.Sprintf("%d bytes in canonical form", len(text)), fmt.Sprintf("must be at most %d", most)}}
	}
	return text, nil
}

func anyStrings(all []string) []any {
	out := make([]any, len(all))
	for i, one := range all {
		out[i] = one
	}
	return out
}

// TreeHash is the Merkle tree head (RFC 9162 §2.1.1) over hashes in their order, spelled as the other hashes are. RDF
// knows no order, so that an event's own hash covers which operations it holds and only this one in which order.
func TreeHash(hashes []string) string { return treeHash(hashes).Base58() }

func treeHash(hashes []string) ld.Digest {
	switch n := len(hashes); n {
	case 0:
		return ld.Sum(nil)
	case 1:
		return ld.Sum(append([]byte{0}, hashes[0]...))
	default:
		k := split(n)
		left, right := treeHash(hashes[:k]), treeHash(hashes[k:])
		return ld.Sum(append(append([]byte{1}, left[:]...), right[:]...))
	}
}

// split is the largest power of two below n.
func split(n int) int {
	k := 1
	for k*2 < n {
		k *= 2
	}
	return k
}
