package shape

import (
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/translate/source"
)

// heart is the keys of which a pair has one at most: they say what kind it is.
var heart = []string{"const", "each", "shape", "use", "cases", "position"}

func (c *compiler) pair(v source.Value, in scope) (*pair, error) {
	f, err := v.Fields(PairKeys)
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
	if s.model == "" && slices.Contains(invented, end[:1].String()) {
		return nil, v.Refuse("%s is never derived: only who signed a record can say it", end[:1])
	}
	return nil, v.Refuse("%s", err)
}

func (c *compiler) place(p *pair, at scope, place Place) {
	place.Line, place.Both = p.line, p.has[ofModel] && p.has[ofNative]
	if p.has[ofModel] {
		place.Model = at.model
	}
	if p.has[ofNative] {
		place.Native = at.native
	}
	c.shape.places = append(c.shape.places, place)
}
