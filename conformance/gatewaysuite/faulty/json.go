package faulty

import (
	"encoding/json"
	"slices"
	"strings"
)

// object is a JSON object of an answer.
type object = map[string]any

// edit changes every JSON object of the answers, at whatever depth.
func (b *bent) edit(change func(o object)) {
	b.say = func(a *said) { a.edit(change) }
}

// edit changes every JSON object of one answer; what is not JSON stays as it is.
func (a *said) edit(change func(o object)) {
	var value any
	if json.Unmarshal(a.body, &value) != nil {
		return
	}
	walk(value, change)
	if text, err := json.Marshal(value); err == nil {
		a.body = append(text, '\n')
	}
}

func walk(value any, change func(o object)) {
	switch v := value.(type) {
	case object:
		change(v)
		for _, inner := range v {
			walk(inner, change)
		}
	case []any:
		for _, inner := range v {
			walk(inner, change)
		}
	}
}

// judging changes every verdict of the answers whose check of that name has the outcome.
func (b *bent) judging(name, outcome string, change func(verdict, check object)) {
	b.edit(func(o object) {
		checks, _ := o["checks"].([]any)
		for _, c := range checks {
			check, _ := c.(object)
			if check["name"] == name && check["outcome"] == outcome {
				change(o, check)
			}
		}
	})
}

// passes makes a check that fails one that passes, and the verdict with it; where reasons are given, only for them.
func (b *bent) passes(name string, because ...string) {
	b.judging(name, "invalid", func(verdict, check object) {
		reason, _ := check["reason"].(string)
		is := func(part string) bool { return strings.Contains(reason, part) }
		if len(because) == 0 || slices.ContainsFunc(because, is) {
			verdict["outcome"], check["outcome"] = "valid", "valid"
		}
	})
}

// calls has the plain answer on an entry's integrity be another one, beside what was bent before.
func (b *bent) calls(was, is string) {
	before := b.say
	b.say = func(a *said) {
		before(a)
		a.edit(func(o object) {
			if o["entryId"] != nil && o["outcome"] == was {
				o["outcome"], o["entryStatus"] = is, "filed"
			}
		})
	}
}
