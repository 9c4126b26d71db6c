package ftagateway_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// operation is one of the protocol's, as its OpenAPI document has it.
type operation struct {
	Summary, Description string
	RequestBody          struct {
		Content ordered[struct{ Schema form }]
	}
	Responses map[string]struct {
		Content ordered[struct{ Schema form }]
	}
}

// protocolReference has a section for each operation of the ledger protocol, and one for each message.
func protocolReference(t *testing.T) string {
	t.Helper()
	var document struct {
		Info       struct{ Version, Description string }
		Paths      ordered[ordered[operation]]
		Components struct {
			Parameters ordered[struct {
				Name, Description string
			}]
			Schemas members
		}
	}
	if err := json.Unmarshal(protocol.OpenAPI(), &document); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "# Ledger protocol: operations and messages\n\n%s\nVersion %s. [The ledger protocol](../ledger-protocol.md) explains it; "+
		"this is its [OpenAPI document](../../adapters/remote/protocol/openapi.json) to read.\n\n%s\n\n## Headers of a request\n\n| Header | Meaning |\n|---|---|\n",
		notice, document.Info.Version, document.Info.Description)
	for _, p := range document.Components.Parameters {
		fmt.Fprintf(&out, "| `%s` | %s |\n", p.value.Name, cell(p.value.Description))
	}
	out.WriteString("\n## Operations\n")
	for _, path := range document.Paths {
		for _, method := range path.value {
			if method.value.Summary != "" {
				method.value.write(&out, strings.ToUpper(method.name)+" "+path.name)
			}
		}
	}
	out.WriteString("\n## Messages\n")
	for _, m := range document.Components.Schemas {
		message(&out, m.name, m.value)
	}
	return out.String()
}

func (o operation) write(out *strings.Builder, request string) {
	fmt.Fprintf(out, "\n### %s\n\n%s.", request, markdown.Replace(o.Summary))
	if o.Description != "" {
		fmt.Fprintf(out, " %s", markdown.Replace(o.Description))
	}
	out.WriteString("\n\n")
	for _, c := range o.RequestBody.Content {
		fmt.Fprintf(out, "- Request: %s\n", wire(c.value.Schema))
	}
	for _, c := range o.Responses["200"].Content {
		fmt.Fprintf(out, "- Answer: %s\n", wire(c.value.Schema))
	}
	if _, fails := o.Responses["default"]; fails {
		out.WriteString("- Failure: [Problem](#problem)\n")
	}
}

// message writes the members of a message, or what a form is.
func message(out *strings.Builder, name string, f form) {
	fmt.Fprintf(out, "\n### %s\n\n", name)
	if f.Description != "" {
		fmt.Fprintf(out, "%s\n\n", markdown.Replace(f.Description))
	}
	if len(f.Properties) == 0 {
		fmt.Fprintf(out, "A %s.\n", wire(f))
		return
	}
	out.WriteString("| Member | Form | | Meaning |\n|---|---|---|---|\n")
	for _, m := range f.Properties {
		needed := ""
		if slices.Contains(f.Required, m.name) {
			needed = "needed"
		}
		fmt.Fprintf(out, "| `%s` | %s | %s | %s |\n", m.name, wire(m.value), needed, cell(m.value.Description))
	}
}

// wire says what form a value has.
func wire(f form) string {
	switch {
	case f.Ref != "":
		name := f.Ref[strings.LastIndexByte(f.Ref, '/')+1:]
		return "[" + name + "](#" + strings.ToLower(name) + ")"
	case f.Const != nil:
		return "`" + string(f.Const) + "`"
	case len(f.Enum) > 0:
		return "`" + strings.Join(f.Enum, "`, `") + "`"
	case f.Items != nil:
		return "list of " + wire(*f.Items)
	case f.Type == "integer":
		return "whole number" + least(f)
	}
	return f.Type
}

func least(f form) string {
	if f.Minimum == nil {
		return ""
	}
	return fmt.Sprintf(", %.0f or more", *f.Minimum)
}
