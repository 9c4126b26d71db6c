package shape

import "fmt"

// group runs pairs at a place of their own, where that is there.
func (r *run) group(p *pair, here place) {
	v, ok := p.end[r.from()].find(here.value)
	seen := here.seen.at(p.end[r.from()])
	if !ok {
		if p.required {
			r.fault(p, here, nil, "must be there")
		}
		return
	}
	r.pairs(p.parts, place{v, r.below(p, here), seen, here.item})
}

func (r *run) below(p *pair, here place) [2]path {
	return [2]path{here.at[ofModel].join(p.end[ofModel]...), here.at[ofNative].join(p.end[ofNative]...)}
}

// list runs pairs for each item. A list without items is as one that is not there, but where the ledger requires it.
func (r *run) list(p *pair, here place) {
	v, ok := p.end[r.from()].find(here.value)
	seen := here.seen.at(p.end[r.from()])
	items, isList := v.([]any)
	switch {
	case ok && !isList:
		r.fault(p, here, v, "must be a list")
		return
	case p.most > 0 && len(items) > p.most:
		seen.whole = true
		r.fault(p, here, nil, fmt.Sprintf("must have at most %d items, as the model says", p.most))
		return
	}
	if len(items) == 0 && p.required {
		r.empty(p, here, ok)
	}
	for i, item := range items {
		if r.spent() {
			return
		}
		r.item(p, i, place{value: item, at: r.below(p, here), seen: seen.at(path{i}), item: i})
	}
}

// empty is for a list that the ledger's shape requires: it has one without items where the model has none.
func (r *run) empty(p *pair, here place, there bool) {
	if r.to == ofNative {
		r.put(p, here, []any{})
	} else if !there {
		r.fault(p, here, nil, "must be there")
	}
}

func (r *run) item(p *pair, i int, inside place) {
	inside.at[ofModel], inside.at[ofNative] = inside.at[ofModel].join(i), inside.at[ofNative].join(i)
	r.pairs(p.parts, inside)
	if _, ok := inside.at[r.to].find(r.out); !ok { // an item that says nothing still is an item
		r.out, _ = inside.at[r.to].put(r.out, r.charge(map[string]any{}))
	}
}

// choose takes the first case whose conditions hold on the side that is read.
func (r *run) choose(p *pair, here place) {
	for _, c := range p.choices {
		if !r.fits(c, here) {
			continue
		}
		r.pairs(c.parts, here)
		return
	}
	r.fault(p, here, nil, "must fit one of the cases")
}

func (r *run) fits(c choice, here place) bool {
	for _, w := range c.when[r.from()] {
		r.left.steps--
		if !w.holds(here.value) {
			return false
		}
	}
	return true
}

// gap finds a null that indexes left in what was written.
func gap(v any, at path) (path, bool) {
	switch v := v.(type) {
	case nil:
		return at, true
	case map[string]any:
		for _, name := range sorted(v) {
			if found, ok := gap(v[name], at.join(name)); ok {
				return found, true
			}
		}
	case []any:
		for i, item := range v {
			if found, ok := gap(item, at.join(i)); ok {
				return found, true
			}
		}
	}
	return nil, false
}
