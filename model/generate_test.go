package model_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// generator draws JSON that keeps a schema. It knows the keywords that our schemas use, and fails on any other.
type generator struct {
	t    *rapid.T
	full bool // every member that may be there is there
}

// anyDocument draws a document or a record that keeps its schema, whatever it says.
func anyDocument(name string, full bool) *rapid.Generator[ld.Object] {
	return rapid.Custom(func(t *rapid.T) ld.Object {
		g := generator{t, full}
		obj := g.value(load(name), name).(ld.Object)
		if p, ok := obj["proof"].(ld.Object); ok {
			issuer := obj["issuer"].(string)
			p["verificationMethod"] = issuer + "#" + strings.TrimPrefix(issuer, "did:key:")
		}
		return obj
	})
}

func (g generator) value(schema ld.Object, at string) any {
	if ref, ok := schema["$ref"].(string); ok {
		return g.value(load("Common")["definitions"].(ld.Object)[ref[strings.LastIndex(ref, "/")+1:]].(ld.Object), at)
	}
	if c, ok := schema["const"]; ok {
		return c
	}
	if list, ok := schema["enum"].([]any); ok {
		return rapid.SampledFrom(list).Draw(g.t, at)
	}
	switch schema["type"] {
	case "object":
		return g.object(schema, at)
	case "array":
		return g.array(schema, at)
	case "string":
		return g.text(schema, at)
	case "integer":
		return float64(rapid.IntRange(int(schema["minimum"].(float64)), int(schema["maximum"].(float64))).Draw(g.t, at))
	case "boolean":
		return rapid.Bool().Draw(g.t, at)
	}
	panic(fmt.Sprintf("%s: the generator does not know %v", at, schema))
}

func (g generator) object(schema ld.Object, at string) any {
	obj, members := ld.Object{}, schema["properties"].(ld.Object)
	most := len(members)
	if n, ok := schema["maxProperties"].(float64); ok {
		most = int(n)
	}
	required, _ := schema["required"].([]any)
	for _, name := range slices.Sorted(maps.Keys(members)) {
		wanted := g.full || slices.Contains(required, any(name)) || rapid.Bool().Draw(g.t, at+" has "+name)
		if wanted && len(obj) < most {
			obj[name] = g.value(members[name].(ld.Object), at+"/"+name)
		}
	}
	if len(obj) == 0 { // minProperties is 1 where it is said at all
		name := slices.Sorted(maps.Keys(members))[0]
		obj[name] = g.value(members[name].(ld.Object), at+"/"+name)
	}
	return obj
}

func (g generator) array(schema ld.Object, at string) any {
	n := rapid.IntRange(1, min(3, int(schema["maxItems"].(float64)))).Draw(g.t, at+" length")
	var items []any
	for i := range n {
		item := g.value(schema["items"].(ld.Object), fmt.Sprintf("%s/%d", at, i))
		if schema["uniqueItems"] != true || !slices.Contains(items, item) {
			items = append(items, item)
		}
	}
	return items
}

func (g generator) text(schema ld.Object, at string) any {
	switch schema["format"] {
	case "date":
		return g.day(at).Format("2006-01-02")
	case "date-time":
		return g.day(at).Format("2006-01-02T15:04:05Z")
	}
	most := 200
	if n, ok := schema["maxLength"].(float64); ok {
		most = int(n)
	}
	if pattern, ok := schema["pattern"].(string); ok {
		drawn := rapid.StringMatching(pattern).Filter(func(s string) bool { return s != "" && len([]rune(s)) <= most })
		return drawn.Draw(g.t, at)
	}
	return rapid.StringN(1, most, -1).Draw(g.t, at)
}

func (g generator) day(at string) time.Time {
	first := time.Date(1901, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	return time.Unix(first+rapid.Int64Range(0, 290*365*24*3600).Draw(g.t, at), 0).UTC()
}

var loaded = map[string]ld.Object{}

func load(name string) ld.Object {
	if loaded[name] == nil {
		raw, _ := schemas.Schema(name)
		var s ld.Object
		if err := json.Unmarshal(raw, &s); err != nil {
			panic(err)
		}
		loaded[name] = s
	}
	return loaded[name]
}

var documentTypes = []string{"CertificateOfOrigin", "EntryDisposition", "EntrySummary", "Participant"}
