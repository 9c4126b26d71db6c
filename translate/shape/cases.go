package shape

import "github.com/ftagateway/ftagateway/translate/source"

// maxCases and maxConditions bound what is looked at to choose.
const (
	maxCases      = 50
	maxConditions = 10
)

func (c *compiler) cases(p *pair, v source.Value, at scope) error {
	items, err := v.Items()
	if err != nil {
		return err
	}
	switch {
	case p.has[ofModel], p.has[ofNative]:
		return v.Refuse("cases must stand without model and native: put them into a shape for that")
	case len(items) == 0, len(items) > maxCases:
		return v.Refuse("must be 1 to %d cases", maxCases)
	}
	p.kind = cases
	for i, item := range items {
		one, err := c.caseOf(item, at, i == len(items)-1)
		if err != nil {
			return err
		}
		p.choices = append(p.choices, one)
	}
	return nil
}

// caseOf reads one case. Only the last may hold for all others.
func (c *compiler) caseOf(item source.Value, at scope, last bool) (choice, error) {
	one, err := c.choice(item, at)
	if err == nil && !last && one.always() {
		err = item.Refuse("must say when it holds, in the model and in the ledger's shape; only the last case may hold for all others")
	}
	return one, err
}

// always reports whether a case does not say, in one of the two shapes, when it holds.
func (c choice) always() bool { return len(c.when[ofModel]) == 0 || len(c.when[ofNative]) == 0 }

func (c *compiler) choice(v source.Value, at scope) (choice, error) {
	var one choice
	f, err := v.Fields(CaseKeys)
	if err != nil {
		return one, err
	}
	if when, ok := f["when"]; ok {
		if one.when, err = c.when(when, at); err != nil {
			return one, err
		}
	}
	one.parts, err = c.list(f["shape"], at)
	return one, err
}

func (c *compiler) when(v source.Value, at scope) (when [2][]condition, err error) {
	f, err := v.Fields(WhenKeys)
	if err != nil {
		return when, err
	}
	for i, key := range sides {
		if _, ok := f[key]; !ok {
			continue
		}
		if when[i], err = c.conditions(f[key], side(i), at); err != nil {
			return when, err
		}
	}
	return when, nil
}

// conditions reads one, or a list of which all must hold.
func (c *compiler) conditions(v source.Value, side side, at scope) ([]condition, error) {
	items := []source.Value{v}
	if v.IsList() {
		items, _ = v.Items()
	}
	if len(items) == 0 || len(items) > maxConditions {
		return nil, v.Refuse("must be 1 to %d conditions", maxConditions)
	}
	all := make([]condition, len(items))
	for i, item := range items {
		var err error
		if all[i], err = c.condition(item, side, at); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (c *compiler) condition(v source.Value, side side, at scope) (condition, error) {
	one := condition{present: true}
	f, err := v.Fields(ConditionKeys)
	if err != nil {
		return one, err
	}
	is, hasIs := f["is"]
	present, hasPresent := f["present"]
	if hasIs == hasPresent {
		return one, v.Refuse("must hold at, and either is or present")
	}
	if one.at, err = parsePath(f["at"]); err != nil {
		return one, err
	}
	if hasPresent {
		one.present, err = present.Flag()
	} else {
		one.is = is.JSON()
	}
	if err != nil {
		return one, err
	}
	return one, c.tested(one, side, f["at"], at)
}

// tested notes what a condition looks at: a ledger's reader can tell it from the case that was taken.
func (c *compiler) tested(one condition, side side, v source.Value, at scope) error {
	place := Place{Line: v.Line, Tests: true}
	if side == ofNative {
		place.Native = at.native + one.at.String()
	} else {
		if _, err := at.step(one.at, v); err != nil {
			return err
		}
		place.Model = at.model + one.at.String()
	}
	c.shape.places = append(c.shape.places, place)
	return nil
}
