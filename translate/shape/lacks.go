package shape

import (
	"slices"

	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate/source"
)

// lacks reads which model paths have no place. There "*" stands for the items of a list. The error is source.Refusals.
func (c *compiler) lacks(v source.Value) error {
	if v.File == "" {
		return nil
	}
	items, err := v.Items()
	if err != nil {
		return err
	}
	var refused source.Refusals
	leaves := c.shape.model.places("")
	for _, item := range items {
		if err := c.lack(item, leaves); err != nil && len(refused) < maxRefusals {
			refused = append(refused, source.Find(err)...)
		}
	}
	return refused.Err()
}

func (c *compiler) lack(item source.Value, leaves []string) error {
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
