package schemas

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Leaf is a place of the Record schema at which a single value stands, or a list that never changes: what may stand
// there, for whoever has to judge it outside of a record.
type Leaf struct {
	Form    string         // the name of its definition among the common ones ("uuid", "digest" ...); "" for codes
	Pattern *regexp.Regexp // of a form, as a record spells it; nil for a number
	Codes   []any          // all values that may stand there; nil where that is no closed list
}

// RecordLeaves gives the leaves of the Record schema by JSON pointer, lists as "*". The map must not be changed.
func RecordLeaves() map[string]Leaf { return recordLeaves() }

var recordLeaves = sync.OnceValue(func() map[string]Leaf {
	all := map[string]Leaf{}
	definitionOf("Record").leaves("", definitionOf(common).Definitions, all)
	return all
})

// definition is what is read of a schema here.
type definition struct {
	Ref         string                 `json:"$ref"`
	Pattern     string                 `json:"pattern"`
	Const       any                    `json:"const"`
	Enum        []any                  `json:"enum"`
	Properties  map[string]*definition `json:"properties"`
	Items       *definition            `json:"items"`
	Definitions map[string]*definition `json:"definitions"`
}

// definitionOf panics where an embedded schema cannot be read: the binary itself is wrong then.
func definitionOf(name string) *definition {
	raw, _ := Schema(name)
	d := &definition{}
	if err := json.Unmarshal(raw, d); err != nil {
		panic("schemas: " + name + ": " + err.Error())
	}
	return d
}

func (d *definition) leaves(at string, shared map[string]*definition, all map[string]Leaf) {
	for _, name := range slices.Sorted(maps.Keys(d.Properties)) {
		d.Properties[name].leaves(Pointer(at, name), shared, all)
	}
	if d.Items != nil {
		d.Items.leaves(at+"/*", shared, all)
	}
	if d.Properties == nil && d.Items == nil {
		all[at] = d.leaf("", shared)
	}
}

func (d *definition) leaf(form string, shared map[string]*definition) Leaf {
	if name, ok := strings.CutPrefix(d.Ref, common+"#/definitions/"); ok {
		return shared[name].leaf(name, shared)
	}
	l := Leaf{Form: form, Codes: d.Enum}
	if d.Const != nil {
		l.Codes = []any{d.Const}
	}
	if d.Pattern != "" {
		l.Pattern = regexp.MustCompile(d.Pattern)
	}
	return l
}
