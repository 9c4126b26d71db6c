package webledger

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// path is a JSON pointer in which the token * stands for each element.
type path []string

// native is the ledger section of a mapping, as this driver reads it.
type native struct {
	Index []string `json:"index"`
}

// defaultIndex are the places of a record at which lookups and links stand.
var defaultIndex = native{Index: []string{"/lookups/*", "/links/*/id"}}

// maxPaths bounds how many pointers a mapping may name.
const maxPaths = 32

// parseNative reads the ledger section of a mapping. None at all means defaultIndex.
func parseNative(raw json.RawMessage) ([]path, error) {
	n := defaultIndex
	if len(bytes.TrimSpace(raw)) > 0 {
		n = native{}
		d := json.NewDecoder(bytes.NewReader(raw))
		d.DisallowUnknownFields()
		if err := d.Decode(&n); err != nil {
			return nil, driver.Errorf(driver.Invalid, "ledger section of the mapping: %w", err)
		}
	}
	if len(n.Index) > maxPaths {
		return nil, driver.Errorf(driver.Invalid, "ledger section of the mapping: index names %d pointers, at most %d are taken", len(n.Index), maxPaths)
	}
	var all []path
	for _, text := range n.Index {
		if !strings.HasPrefix(text, "/") {
			return nil, driver.Errorf(driver.Invalid, "ledger section of the mapping: index %.64q must be a JSON pointer", text)
		}
		all = append(all, parsePath(text))
	}
	return all, nil
}

var unescapeToken = strings.NewReplacer("~1", "/", "~0", "~")

func parsePath(text string) path {
	tokens := strings.Split(text[1:], "/")
	for i, t := range tokens {
		tokens[i] = unescapeToken.Replace(t)
	}
	return tokens
}

// strings gives the strings that the path leads to.
func (p path) strings(v any) []string {
	if len(p) == 0 {
		text, ok := v.(string)
		if !ok {
			return nil
		}
		return []string{text}
	}
	var found []string
	for _, child := range children(v, p[0]) {
		found = append(found, p[1:].strings(child)...)
	}
	return found
}

func children(v any, token string) []any {
	switch v := v.(type) {
	case ld.Object:
		if token != "*" {
			if child, ok := v[token]; ok {
				return []any{child}
			}
			return nil
		}
		all := make([]any, 0, len(v))
		for _, child := range v {
			all = append(all, child)
		}
		return all
	case []any:
		if token == "*" {
			return v
		}
	}
	return nil
}
