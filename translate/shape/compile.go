package shape

import (
	"slices"

	"github.com/ftagateway/ftagateway/translate/format"
	"github.com/ftagateway/ftagateway/translate/source"
)

// The bounds of a mapping, parts written out.
const (
	maxPairs    = 2_000
	maxNest     = 12
	maxRefusals = 50 // that are told of one file
)

// Source is the sections of a mapping file that a shape is made of. A section that is not there is the zero Value.
type Source struct {
	Shape  source.Value
	Parts  source.Value  // named lists of pairs, for use
	Tables source.Value  // named code tables
	Lacks  source.Value  // model paths that the ledger's shape has no place for
	KeyAt  source.Value  // where in a body the ledger's key stands
	Loose  bool          // what a body holds beside the pairs is ignored
	Key    format.Format // spells ids as the ledger's own keys, for "format: key"
	Whole  bool          // nothing may stand beside: whoever reads a body has all that is needed to write it again
}

// Compile makes a shape between the model and a ledger's shape. The error is source.Refusals: of the pairs,
// or of what no pair gives.
func Compile(s Source, model *Node) (*Shape, error) {
	c := &compiler{key: s.Key, shape: &Shape{model: model, loose: s.Loose, whole: s.Whole, spells: map[string]format.Format{}}, parts: map[string]source.Value{}, tables: map[string]source.Value{}}
	if err := c.named(s); err != nil {
		return nil, err
	}
	pairs, err := c.list(s.Shape, scope{node: model})
	if err != nil {
		return nil, err // it was no list, or more than enough was found
	}
	c.shape.pairs = pairs
	for _, err := range []error{c.lacks(s.Lacks), c.keyAt(s.KeyAt), c.shape.complete(s.Shape)} {
		c.refused = append(c.refused, source.Find(err)...)
	}
	if err := c.refused.Err(); err != nil {
		return nil, err
	}
	return c.shape, nil
}

type compiler struct {
	shape  *Shape
	parts  map[string]source.Value
	tables map[string]source.Value
	key    format.Format
	count  int

	refused source.Refusals
}

// scope is where pairs stand.
type scope struct {
	node          *Node
	model, native string
	using         []string // parts
	depth         int
	inList        bool
}

func (c *compiler) named(s Source) error {
	for _, section := range []struct {
		from source.Value
		into map[string]source.Value
	}{{s.Parts, c.parts}, {s.Tables, c.tables}} {
		if section.from.File == "" {
			continue
		}
		members, err := section.from.Members()
		if err != nil {
			return err
		}
		for _, m := range members {
			section.into[m.Key] = m.Value
		}
	}
	return nil
}

func (c *compiler) list(v source.Value, in scope) ([]*pair, error) {
	if in.depth++; in.depth > maxNest {
		return nil, v.Refuse("must be nested at most %d deep", maxNest)
	}
	items, err := v.Items()
	if err != nil {
		return nil, err
	}
	var pairs []*pair
	for _, item := range items {
		if c.count++; c.count > maxPairs {
			return nil, item.Refuse("must be among at most %d pairs, parts written out", maxPairs)
		}
		p, err := c.pair(item, in)
		if err != nil && !c.note(err) {
			return nil, c.refused
		}
		pairs = append(pairs, p)
	}
	return pairs, nil
}

// note keeps what is wrong with a pair, so that its writer hears of all of them at once; each line once, however often
// its part is used. It is false where enough was found.
func (c *compiler) note(err error) bool {
	for _, r := range source.Find(err) {
		if !slices.ContainsFunc(c.refused, func(known *source.Refusal) bool { return *known == *r }) {
			c.refused = append(c.refused, r)
		}
	}
	return len(c.refused) < maxRefusals && c.count <= maxPairs
}
