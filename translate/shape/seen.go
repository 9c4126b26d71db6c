package shape

// seen is what was read of a value, as a tree of its own: only places that a mapping names are in it.
type seen struct {
	whole bool // all that is below was taken
	below map[any]*seen
}

// at gives the place at a path, which from then on was looked at.
func (s *seen) at(p path) *seen {
	for _, token := range p {
		next, ok := s.below[token]
		if !ok {
			if s.below == nil {
				s.below = make(map[any]*seen)
			}
			next = &seen{}
			s.below[token] = next
		}
		s = next
	}
	return s
}

// rest finds what nobody read: what would be lost on the way. It goes no deeper than somebody looked.
func (s *seen) rest(v any, at path, found func(path, any)) {
	switch {
	case v == nil || s != nil && s.whole:
		return
	case s == nil:
		found(at, v)
		return
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range sorted(v) {
			s.below[name].rest(v[name], at.join(name), found)
		}
	case []any:
		for i, item := range v {
			s.below[i].rest(item, at.join(i), found)
		}
	default:
		found(at, v)
	}
}
