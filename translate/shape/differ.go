package shape

// Differ finds the first place where two decoded values differ, as a JSON pointer.
func Differ(a, b any) (string, bool) {
	at, ok := differ(a, b, nil)
	return at.String(), ok
}

func differ(a, b any, at path) (path, bool) {
	switch a := a.(type) {
	case map[string]any:
		if b, ok := b.(map[string]any); ok {
			return differMembers(a, b, at)
		}
		return at, true
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return at, true
		}
		for i := range a {
			if found, ok := differ(a[i], b[i], at.join(i)); ok {
				return found, true
			}
		}
		return nil, false
	}
	return at, !equal(a, b)
}

func differMembers(a, b map[string]any, at path) (path, bool) {
	for _, name := range sorted(a) {
		if found, ok := differ(a[name], b[name], at.join(name)); ok {
			return found, true
		}
	}
	for _, name := range sorted(b) {
		if _, ok := a[name]; !ok {
			return at.join(name), true
		}
	}
	return nil, false
}

// Without copies a value of the model and leaves out what the ledger's shape has no place for.
func (s *Shape) Without(v any) any {
	if len(s.lacks) == 0 {
		return v
	}
	return s.without(v, nil)
}

func (s *Shape) without(v any, at path) any {
	if !s.lacksBelow(at) {
		return v
	}
	switch v := v.(type) {
	case map[string]any:
		members := make(map[string]any, len(v))
		for name, member := range v {
			if below := at.join(name); !s.Lacks(below.String()) {
				members[name] = s.without(member, below)
			}
		}
		return members
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = s.without(item, at.join(i))
		}
		return items
	}
	return v
}
