package schemas

import (
	"encoding/json"
	"sync"
)

// form is what a schema says in words beside a pattern: nobody who files an entry should have to read a regular
// expression to learn what is wrong.
type form struct {
	Pattern     string `json:"pattern"`
	Description string `json:"description"` // completes "must be ..."
	Comment     string `json:"$comment"`    // the source of the rule
}

// forms are the described patterns of all schemas, by pattern.
var forms = sync.OnceValue(func() map[string]form {
	all := map[string]form{}
	for _, name := range SchemaNames() {
		raw, _ := Schema(name)
		var schema any
		if json.Unmarshal(raw, &schema) == nil {
			collectForms(schema, all)
		}
	}
	return all
})

func collectForms(schema any, into map[string]form) {
	switch s := schema.(type) {
	case []any:
		for _, item := range s {
			collectForms(item, into)
		}
	case map[string]any:
		f := form{text(s["pattern"]), text(s["description"]), text(s["$comment"])}
		if f.Pattern != "" && f.Description != "" {
			into[f.Pattern] = f
		}
		for _, item := range s {
			collectForms(item, into)
		}
	}
}

func text(v any) string {
	s, _ := v.(string)
	return s
}
