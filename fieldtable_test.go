package ftagateway_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/schemas"
)

// fieldTable has a row for every member of a document's subject, or of the record.
func fieldTable(t *testing.T, name string) string {
	f, words := schema(t, name), vocabulary(t)
	for _, m := range f.Properties {
		if m.name == "credentialSubject" {
			f = m.value
		}
	}
	return head + rows("", f, words)
}

const head = "| Member | Form | | Meaning | Source |\n|---|---|---|---|---|\n"

// rows lists the members of an object, and below each one those of its own.
func rows(path string, object form, words map[string]string) string {
	var out strings.Builder
	for _, m := range object.Properties {
		needed := ""
		if slices.Contains(object.Required, m.name) {
			needed = "needed"
		}
		inner, at := m.value, path+m.name
		if inner.Items != nil && inner.Items.Ref == "" && len(inner.Items.Properties) > 0 {
			inner, at = *inner.Items, at+"[]"
		}
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s | %s |\n", path+m.name, described(m.value), needed, meaning(path, m.name, words), m.value.Comment)
		out.WriteString(rows(at+".", inner, words))
	}
	return out.String()
}

// described says in words what a schema takes.
func described(f form) string {
	switch {
	case f.Ref != "":
		name := f.Ref[strings.LastIndexByte(f.Ref, '/')+1:]
		return "[" + name + "](#" + strings.ToLower(name) + ")"
	case f.Const != nil:
		return "`" + string(f.Const) + "`"
	case len(f.Enum) > 16:
		return fmt.Sprintf("one of %d codes", len(f.Enum))
	case len(f.Enum) > 0:
		return "`" + strings.Join(f.Enum, "`, `") + "`"
	}
	return typed(f)
}

func typed(f form) string {
	switch f.Type {
	case "array":
		return fmt.Sprintf("%d to %d of %s", f.MinItems, f.MaxItems, described(*f.Items))
	case "object":
		if f.MaxProps == 1 {
			return "one of the members below"
		}
		return "the members below"
	case "integer":
		return fmt.Sprintf("whole number, %.0f to %.0f", *f.Minimum, *f.Maximum)
	case "boolean":
		return "`true` or `false`"
	}
	return text(f)
}

func text(f form) string {
	what := f.Description
	if what == "" {
		what = "text"
	}
	switch {
	case f.MinLength > 0:
		return fmt.Sprintf("%s, %d to %d characters", what, f.MinLength, f.MaxLength)
	case f.MaxLength > 0:
		return fmt.Sprintf("%s, at most %d characters", what, f.MaxLength)
	}
	return what
}

// formTables has a section for each form that the schemas share.
func formTables(t *testing.T) string {
	var out strings.Builder
	words := vocabulary(t)
	for _, m := range schema(t, "Common").Definitions {
		fmt.Fprintf(&out, "\n### %s\n\n", m.name)
		if len(m.value.Properties) == 0 {
			fmt.Fprintf(&out, "%s.", strings.TrimSuffix(capital(described(m.value)), "."))
			if m.value.Comment != "" {
				fmt.Fprintf(&out, " Source: %s.", m.value.Comment)
			}
			out.WriteString("\n")
			continue
		}
		if m.value.MaxProps == 1 {
			out.WriteString("Exactly one of:\n\n")
		}
		out.WriteString(head + rows("", m.value, words))
	}
	return out.String() + "\n"
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// listTable has a row for every code list.
func listTable() string {
	var out strings.Builder
	out.WriteString("| List | What | Values | Since at the latest | Source |\n|---|---|---|---|---|\n")
	for _, name := range schemas.CodeListNames() {
		l := schemas.MustCodes(name)
		fmt.Fprintf(&out, "| [`%s`](../schemas/codes/%s.json) | %s | %d | %s | %s |\n", name, name, l.Title, len(l.Values()), l.Effective, l.Source)
	}
	return out.String()
}

// vocabulary gives what each of our terms means, by its name in JSON.
func vocabulary(t *testing.T) map[string]string {
	t.Helper()
	var graph struct {
		Terms []struct{ Label, Comment string } `json:"@graph"`
	}
	if err := json.Unmarshal(schemas.Vocabulary(), &graph); err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	for _, term := range graph.Terms {
		words[term.Label] = term.Comment
	}
	return words
}

// borrowed are terms of other vocabularies.
var borrowed = map[string]string{
	"@context": "JSON-LD context", "id": "Its name", "type": "Its kind", "issuer": "The key that signs it", "name": "Name",
	"description": "Description", "mediaType": "Media type", "proof": "The issuer's signature", "validFrom": "First instant",
	"validUntil": "End, excluded", "cryptosuite": "How it was signed", "created": "When, as the signer says",
	"verificationMethod": "The signing key", "proofPurpose": "What the signature is for", "proofValue": "The signature",
}

// identities tell the ids of different things apart, which are terms of their own in the context.
var identities = map[string]string{
	"links[].": "recordId", "evidence[].": "evidenceId", "keys[].": "key", "lines[].certificateExpected.": "recordId",
}

func meaning(path, name string, words map[string]string) string {
	switch {
	case name == "id" && path == "":
		return "Name of the record, which all its versions have"
	case name == "id":
		return words[identities[path]]
	}
	if own := words[name]; own != "" {
		return own
	}
	return borrowed[name]
}
