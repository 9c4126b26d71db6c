package rdfc

import (
	"maps"
	"slices"
)

// path is what one walk around a node came to: a hash, and the labels given on the way.
type path struct {
	hash   string
	issuer *issuer
}

// spend counts work, and refuses it when there was enough.
func (c *canonicalizer) spend(units int) error {
	c.work += units
	if c.work > maxWork {
		return ErrLimit
	}
	return nil
}

// hashNDegree is §4.8: it walks from a node to its neighbours, theirs, and so on, in every order of those that look
// alike, and keeps the least.
func (c *canonicalizer) hashNDegree(node string, issuer *issuer) (path, error) {
	related, err := c.related(node, issuer)
	if err != nil {
		return path{}, err
	}
	var data []string
	for _, hash := range slices.Sorted(maps.Keys(related)) {
		var best choice
		err := permutations(related[hash], func(order []string) error {
			return c.try(order, issuer, &best)
		})
		if err != nil {
			return path{}, err
		}
		data = append(data, hash, best.path)
		issuer = best.issuer
	}
	return path{hash(data...), issuer}, nil
}

// related is steps 1 to 3: the blank nodes around a node, by a hash of how they are related to it.
func (c *canonicalizer) related(node string, issuer *issuer) (map[string][]string, error) {
	related := map[string][]string{}
	for _, q := range c.quads[node] {
		if err := c.spend(1); err != nil {
			return nil, err
		}
		for i, t := range q.nodes() {
			if t.Kind == Blank && t.Value != node {
				hash := c.hashRelated(t.Value, q, issuer, positions[i])
				related[hash] = append(related[hash], t.Value)
			}
		}
	}
	return related, nil
}

// hashRelated is §4.7.
func (c *canonicalizer) hashRelated(node string, q *Quad, issuer *issuer, position string) string {
	predicate := ""
	if position != "g" {
		predicate = "<" + q.Predicate.Value + ">"
	}
	return hash(position, predicate, c.known(node, issuer))
}

// known is a node's name as far as it is settled: its canonical label, the one of this walk, or its first degree hash.
func (c *canonicalizer) known(node string, issuer *issuer) string {
	switch {
	case c.canonical.has(node):
		return "_:" + c.canonical.issue(node)
	case issuer.has(node):
		return "_:" + issuer.issue(node)
	}
	return c.hashes[node]
}

// choice is the least path found so far, and its issuer; empty before the first.
type choice struct {
	path   string
	issuer *issuer
}

// beats reports whether a path that begins like this cannot become the least any more.
func (best *choice) beats(path string) bool {
	return best.path != "" && len(path) >= len(best.path) && path > best.path
}

// try is step 5.4: one order of the neighbours that look alike.
func (c *canonicalizer) try(order []string, issuer *issuer, best *choice) error {
	if err := c.spend(len(order) + len(issuer.order)); err != nil {
		return err
	}
	walk := issuer.clone()
	text, unseen := c.name(order, walk)
	if best.beats(text) {
		return nil
	}
	for _, node := range unseen {
		p, err := c.hashNDegree(node, walk)
		if err != nil {
			return err
		}
		text += "_:" + walk.issue(node) + "<" + p.hash + ">"
		walk = p.issuer
		if best.beats(text) {
			return nil
		}
	}
	if best.path == "" || text < best.path {
		*best = choice{text, walk}
	}
	return nil
}

// name is step 5.4.4: the labels of the nodes in their order, and those of them that the walk had not met.
func (c *canonicalizer) name(order []string, walk *issuer) (text string, unseen []string) {
	for _, node := range order {
		if c.canonical.has(node) {
			text += "_:" + c.canonical.issue(node)
			continue
		}
		if !walk.has(node) {
			unseen = append(unseen, node)
		}
		text += "_:" + walk.issue(node)
	}
	return text, unseen
}
