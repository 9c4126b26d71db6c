package rdfc

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// The bounds. They are part of what nodes agree on: to change one is to fork a chain whose blocks hold documents at the
// edge of it.
const (
	// MaxQuads is what a dataset may hold, above any document that fits the parser's limits.
	MaxQuads = 1 << 16
	// maxWork is counted in labels looked up and copied. An entry summary of 999 lines needs about 15,000; what reaches
	// the bound takes about a twentieth of a second.
	maxWork = 1 << 18
)

// canonicalizer is the state of RDFC-1.0 §4.4. Comments name the steps of that text.
type canonicalizer struct {
	quads     map[string][]*Quad // by blank node
	hashes    map[string]string  // of the first degree, by blank node
	canonical *issuer
	work      int
}

// Canonicalize writes a dataset as canonical N-Quads. The order of quads, repeated ones and the labels of blank nodes
// make no difference. The error is ErrLimit.
func Canonicalize(quads []Quad) ([]byte, error) {
	if len(quads) > MaxQuads {
		return nil, ErrLimit
	}
	quads = distinct(quads)
	c := &canonicalizer{quads: map[string][]*Quad{}, hashes: map[string]string{}, canonical: newIssuer("c14n")}
	c.index(quads)
	if err := c.label(); err != nil {
		return nil, err
	}
	return c.serialize(quads), nil
}

func distinct(quads []Quad) []Quad {
	seen := make(map[Quad]bool, len(quads))
	return slices.DeleteFunc(slices.Clone(quads), func(q Quad) bool {
		again := seen[q]
		seen[q] = true
		return again
	})
}

// index is step 2: which quads name a blank node.
func (c *canonicalizer) index(quads []Quad) {
	for i := range quads {
		q := &quads[i]
		for _, t := range q.nodes() {
			if t.Kind != Blank {
				continue
			}
			if of := c.quads[t.Value]; len(of) == 0 || of[len(of)-1] != q {
				c.quads[t.Value] = append(of, q)
			}
		}
	}
}

// label is steps 3 to 5: nodes that their own quads tell apart get their labels first, then the others.
func (c *canonicalizer) label() error {
	groups := map[string][]string{}
	for node := range c.quads {
		hash := c.hashFirstDegree(node)
		c.hashes[node] = hash
		groups[hash] = append(groups[hash], node)
	}
	hashes := slices.Sorted(maps.Keys(groups))
	for _, hash := range hashes {
		if len(groups[hash]) == 1 {
			c.canonical.issue(groups[hash][0])
			delete(groups, hash)
		}
	}
	for _, hash := range hashes {
		if err := c.labelGroup(groups[hash]); err != nil {
			return err
		}
	}
	return nil
}

// labelGroup is step 5: nodes of one first degree hash, told apart by what surrounds them.
func (c *canonicalizer) labelGroup(group []string) error {
	slices.Sort(group)
	var paths []path
	for _, node := range group {
		if c.canonical.has(node) {
			continue
		}
		temporary := newIssuer("b")
		temporary.issue(node)
		p, err := c.hashNDegree(node, temporary)
		if err != nil {
			return err
		}
		paths = append(paths, p)
	}
	slices.SortStableFunc(paths, func(a, b path) int { return strings.Compare(a.hash, b.hash) })
	for _, p := range paths {
		for _, node := range p.issuer.order {
			c.canonical.issue(node)
		}
	}
	return nil
}

// serialize is steps 6 and 7.
func (c *canonicalizer) serialize(quads []Quad) []byte {
	lines := make([]string, len(quads))
	size := 0
	for i := range quads {
		lines[i] = string(appendQuad(nil, &quads[i], c.canonical.issue))
		size += len(lines[i])
	}
	slices.Sort(lines)
	out := make([]byte, 0, size)
	for _, line := range lines {
		out = append(out, line...)
	}
	return out
}

// hashFirstDegree is §4.6: the hash of a node's own quads, with the node written as _:a and any other as _:z.
func (c *canonicalizer) hashFirstDegree(node string) string {
	label := func(other string) string {
		if other == node {
			return "a"
		}
		return "z"
	}
	lines := make([]string, 0, len(c.quads[node]))
	for _, q := range c.quads[node] {
		lines = append(lines, string(appendQuad(nil, q, label)))
	}
	slices.Sort(lines)
	return hash(lines...)
}

func hash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))
}
