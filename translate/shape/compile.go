package shape

import (
	"maps"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate/format"
	"github.com/ftagateway/ftagateway/translate/source"
)

// The bounds of a mapping, parts written out.
const (
	maxPairs = 2_000
	maxNest  = 12
)

// Source is the sections of a mapping file that a shape is made of. A section that is not there is the zero Value.
type Source struct {
	Shape  source.Value
	Parts  source.Value  // named lists of pairs, for use
	Tables source.Value  // named code tables
	Lacks  source.Value  // model paths that the ledger's shape has no place for
	Loose  bool          // what a body holds beside the pairs is ignored
	Key    format.Format // spells ids as the ledger's own keys, for "format: key"
}

// Compile makes a shape between the model and a ledger's shape. The error is a *source.Refusal.
func Compile(s Source, model *Node) (*Shape, error) {
	c := &compiler{key: s.Key, shape: &Shape{model: model, loose: s.Loose}, parts: map[string]source.Value{}, tables: map[string]source.Value{}}
	if err := c.named(s); err != nil {
		return nil, err
	}
	pairs, err := c.list(s.Shape, scope{node: model})
	if err != nil {
		return nil, err
	}
	c.shape.pairs = pairs
	if err := c.lacks(s.Lacks); err != nil {
		return nil, err
	}
	return c.shape, c.shape.complete(s.Shape)
}

type compiler struct {
	shape  *Shape
	parts  map[string]source.Value
	tables map[string]source.Value
	key    format.Format
	count  int
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
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, p)
	}
	return pairs, nil
}

// pairKeys are what a pair may hold.
var pairKeys = []string{"model", "native", "const", "format", "table", "each", "shape", "use", "cases", "position", "required", "otherwise"}

// heart is the keys of which a pair has one at most: they say what kind it is.
var heart = []string{"const", "each", "shape", "use", "cases", "position"}

func (c *compiler) pair(v source.Value, in scope) (*pair, error) {
	f, err := v.Fields(pairKeys...)
	if err != nil {
		return nil, err
	}
	p := &pair{line: v.Line}
	at := in
	if err := p.paths(f, &at); err != nil {
		return nil, err
	}
	if r, ok := f["required"]; ok {
		if p.required, err = r.Flag(); err != nil {
			return nil, err
		}
	}
	key, err := only(v, f)
	if err != nil {
		return nil, err
	}
	if err := c.fill(p, key, v, f, at); err != nil {
		return nil, err
	}
	return p, nil
}

// only gives the one key that says what kind of pair it is, "" for a copy.
func only(v source.Value, f map[string]source.Value) (string, error) {
	key := ""
	for _, k := range heart {
		if _, ok := f[k]; ok && key != "" {
			return "", v.Refuse("must hold %s or %s, not both", key, k)
		} else if ok {
			key = k
		}
	}
	_, formatted := f["format"]
	_, tabled := f["table"]
	if key != "" && (formatted || tabled) || formatted && tabled {
		return "", v.Refuse("must hold only one of format, table and %s", strings.Join(heart, ", "))
	}
	return key, nil
}

// sides are the keys of both ends, by side.
var sides = [2]string{ofModel: "model", ofNative: "native"}

// paths reads both ends, and moves the scope to where they lead.
func (p *pair) paths(f map[string]source.Value, at *scope) error {
	for side, key := range sides {
		v, ok := f[key]
		if !ok {
			continue
		}
		end, err := parsePath(v)
		if err != nil {
			return err
		}
		p.end[side], p.has[side] = end, true
		if side == int(ofNative) {
			at.native += end.String()
			continue
		}
		if at.node, err = at.step(end, v); err != nil {
			return err
		}
		at.model += end.String()
	}
	return nil
}

// invented is what a derived record never has.
var invented = []string{"/previous", "/proof", "/issuer", "/digest", "/@context", "/lookups"}

func (s scope) step(end path, v source.Value) (*Node, error) {
	node, err := end.in(s.node)
	if err == nil {
		return node, nil
	}
	if s.model == "" && slices.Contains(invented, path(end[:1]).String()) {
		return nil, v.Refuse("%s is never derived: only who signed a record can say it", path(end[:1]))
	}
	return nil, v.Refuse("%s", err)
}

func (c *compiler) note(p *pair, at scope, place Place) {
	place.Line, place.Both = p.line, p.has[ofModel] && p.has[ofNative]
	if p.has[ofModel] {
		place.Model = at.model
	}
	if p.has[ofNative] {
		place.Native = at.native
	}
	c.shape.places = append(c.shape.places, place)
}

// lacks reads which model paths have no place. There "*" stands for the items of a list.
func (c *compiler) lacks(v source.Value) error {
	if v.File == "" {
		return nil
	}
	items, err := v.Items()
	if err != nil {
		return err
	}
	leaves := c.shape.model.places("")
	for _, item := range items {
		s, err := item.Text()
		if err != nil {
			return err
		}
		if !slices.Contains(leaves, s) {
			return item.Refuse("path %.60q cannot exist in the model%s", s, source.Hint(s, leaves))
		}
		if i := slices.IndexFunc(c.shape.places, func(p Place) bool { return p.Model == s }); i >= 0 {
			return item.Refuse("path %s has a pair on line %d, and so is not lacking", s, c.shape.places[i].Line)
		}
		c.shape.lacks = append(c.shape.lacks, split(s))
	}
	return nil
}

// places lists every path in the model, lists as "*".
func (n *Node) places(at string) []string {
	var all []string
	for _, name := range n.names() {
		below := schemas.Pointer(at, name)
		all = append(append(all, below), n.members[name].places(below)...)
	}
	if n.items != nil {
		all = append(append(all, at+"/*"), n.items.places(at+"/*")...)
	}
	return all
}

func (c *compiler) table(v source.Value, of format.Leaf) (format.Format, error) {
	if !v.IsObject() {
		name, err := v.Text()
		if err != nil {
			return nil, err
		}
		named, ok := c.tables[name]
		if !ok {
			return nil, v.Refuse("unknown table %.40q%s", name, source.Hint(name, slices.Sorted(maps.Keys(c.tables))))
		}
		v = named
	}
	members, err := v.Members()
	if err != nil {
		return nil, err
	}
	rows := make([]format.Row, len(members))
	for i, m := range members {
		if rows[i].Model, err = code(m, of); err != nil {
			return nil, err
		}
		rows[i].Native = m.Value.JSON()
	}
	f, err := format.Table(rows)
	if err != nil {
		return nil, v.Refuse("table %s", err)
	}
	return f, nil
}
