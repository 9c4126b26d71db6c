package shape

import (
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/translate/format"
	"github.com/ftagateway/ftagateway/translate/source"
)

// fill makes a pair what its key says that it is.
func (c *compiler) fill(p *pair, key string, v source.Value, f map[string]source.Value, at scope) error {
	switch key {
	case "const":
		return c.constant(p, v, f["const"], at)
	case "position":
		return c.position(p, v, f["position"], at)
	case "each":
		return c.each(p, v, f["each"], at)
	case "cases":
		return c.cases(p, f["cases"], at)
	case "shape", "use":
		return c.group(p, f, at)
	}
	return c.copy(p, v, f, at)
}

func (c *compiler) copy(p *pair, v source.Value, f map[string]source.Value, at scope) (err error) {
	_, otherwise := f["otherwise"]
	switch {
	case otherwise && p.has[ofModel]:
		return v.Refuse("otherwise is for a native value that the model lacks; what the model has is never made up")
	case !p.has[ofNative]:
		return v.Refuse("must hold native, or say by const or position what the model has here; what the ledger's shape has no place for stands under lacks")
	case !p.has[ofModel]:
		return c.beside(p, v, f, at)
	}
	p.kind, p.format = copied, format.Same()
	if t, ok := f["table"]; ok {
		p.table = true
		p.format, err = c.table(t, at.node.Leaf)
	} else if t, ok := f["format"]; ok {
		p.format, err = c.format(t, at.node.Leaf)
	}
	c.place(p, at, Place{Copies: true, whole: true, Codes: format.Codes(p.format)})
	if _, known := c.shape.spells[at.model]; !known {
		c.shape.spells[at.model] = p.format
	}
	return err
}

// beside keeps a native value that the model lacks.
func (c *compiler) beside(p *pair, v source.Value, f map[string]source.Value, at scope) error {
	_, formatted := f["format"]
	_, tabled := f["table"]
	switch {
	case c.shape.whole:
		return v.Refuse("native %s must be paired with a field of the record, or be a const: a record has nothing beside its fields", at.native)
	case formatted || tabled:
		return v.Refuse("must hold model: a value that the model lacks is kept as it is")
	}
	p.kind, p.value = beside, f["otherwise"].JSON()
	c.place(p, at, Place{Beside: true, whole: true})
	return nil
}

// format takes "key" too, which is the ledger's own and no spelling.
func (c *compiler) format(v source.Value, of format.Leaf) (format.Format, error) {
	if v.JSON() != any(keyFormat.Name) {
		return Format(v, of)
	}
	if c.key == nil || of.Form != "recordId" {
		return nil, v.Refuse("format key must stand at an id of the model, in a mapping that derives")
	}
	return c.key, nil
}

// Format reads a format: its name, or an object of its name and argument.
func Format(v source.Value, of format.Leaf) (format.Format, error) {
	spec := format.Spec{}
	if v.IsObject() {
		members, err := v.Members()
		if err != nil || len(members) != 1 {
			return nil, v.Refuse("must be a format and its argument, such as {date: YYYYMMDD}")
		}
		spec = format.Spec{Name: members[0].Key, Argument: members[0].Value.JSON()}
	} else {
		name, err := v.Text()
		if err != nil {
			return nil, err
		}
		spec.Name = name
	}
	if !slices.Contains(format.Names(), spec.Name) {
		return nil, v.Refuse("unknown format %.40q%s; known are %s", spec.Name, source.Hint(spec.Name, formatNames()), strings.Join(formatNames(), ", "))
	}
	made, err := format.New(spec, of)
	if err != nil {
		return nil, v.Refuse("format %s %s", spec.Name, err)
	}
	return made, nil
}

func (c *compiler) constant(p *pair, v, value source.Value, at scope) error {
	if p.has[ofModel] == p.has[ofNative] {
		return v.Refuse("a const must stand on one side: model or native")
	}
	p.kind, p.value = constant, value.JSON()
	place := Place{whole: true}
	if p.has[ofNative] {
		place.Codes = []any{p.value}
	}
	c.place(p, at, place)
	if p.has[ofModel] && !fitsLeaf(p.value, at.node.Type) {
		return value.Refuse("must be of the kind that the model has at %s: %s", at.model, at.node.takes())
	}
	return nil
}

func fitsLeaf(v any, of string) bool {
	switch v.(type) {
	case string:
		return of == "string" || of == ""
	case bool:
		return of == "boolean" || of == ""
	case float64:
		return of == "integer" || of == ""
	}
	return of == ""
}

func (c *compiler) position(p *pair, v, flag source.Value, at scope) error {
	on, err := flag.Flag()
	switch {
	case err != nil:
		return err
	case !on || !p.has[ofModel] || p.has[ofNative] || at.node.Type != "integer" || !at.inList:
		return v.Refuse("position must be true, for an integer of the model inside each, and without native")
	}
	p.kind = position
	c.place(p, at, Place{whole: true})
	return nil
}

func (c *compiler) each(p *pair, v, parts source.Value, at scope) (err error) {
	switch {
	case !p.has[ofModel] || !p.has[ofNative]:
		return v.Refuse("each must stand between two lists: model and native%s", at.flattening())
	case at.node.items == nil:
		return v.Refuse("each must stand at a list; %s is none in the model%s", at.model, at.flattening())
	}
	p.kind, p.most = list, at.node.most
	c.place(p, at, Place{Counts: true})
	at.node, at.inList = at.node.items, true
	at.model, at.native = at.model+"/*", at.native+"/*"
	p.parts, err = c.list(parts, at)
	return err
}

// flattening says of a list inside another's items what its writer may have meant.
func (at scope) flattening() string {
	if !at.inList {
		return ""
	}
	return "; a list within the items of a list pairs with a list within the model's items: to flatten it into one list of the model, do so in the ledger's server"
}

func (c *compiler) group(p *pair, f map[string]source.Value, at scope) (err error) {
	p.kind = group
	if len(p.end[ofModel]) > 0 {
		c.place(p, at, Place{Counts: true})
	}
	parts := f["shape"]
	if use, ok := f["use"]; ok {
		if parts, at.using, err = c.part(use, at.using); err != nil {
			return err
		}
	}
	p.parts, err = c.list(parts, at)
	return err
}

// part finds a named part. A part that uses itself, also by way of others, would never end.
func (c *compiler) part(use source.Value, using []string) (source.Value, []string, error) {
	name, err := use.Text()
	if err != nil {
		return use, nil, err
	}
	if slices.Contains(using, name) {
		return use, nil, use.Refuse("part %.40q uses itself: %s", name, strings.Join(append(slices.Clone(using), name), " > "))
	}
	parts, ok := c.parts[name]
	if !ok {
		known := make([]string, 0, len(c.parts))
		for n := range c.parts {
			known = append(known, n)
		}
		slices.Sort(known)
		return use, nil, use.Refuse("unknown part %.40q%s", name, source.Hint(name, known))
	}
	return parts, append(slices.Clone(using), name), nil
}
