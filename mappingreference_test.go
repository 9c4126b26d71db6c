package ftagateway_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/translate/format"
	"github.com/ftagateway/ftagateway/translate/source"
)

// mappingReference is the mapping language as the loader takes it: its declarations are the only keys that there are.
func mappingReference(*testing.T) string {
	var out strings.Builder
	out.WriteString("# Mapping language\n\n" + notice + "\nEvery key that a mapping file may hold, every format and every limit. [Mappings](../mappings.md)" +
		" explains how they are used, the [data model](../data-model.md) the paths of the model.\n\nA path is a JSON pointer (RFC 6901) from where the pair stands;" +
		" the empty path is the place itself. A part of a path that is a number is the index of an item.\n")
	for _, s := range translate.Reference() {
		fmt.Fprintf(&out, "\n## %s\n\n%s\n\n", s.Title, s.Says)
		out.WriteString("| Key | | What stands there | What it is for | Example |\n|---|---|---|---|---|\n" + keyRows(s.Keys))
	}
	out.WriteString("\n## Formats\n\n`format: hex`, or with an argument `format: {epoch: millis}`. Options stand in an object; the first may stand alone:" +
		" `{date: YYYYMMDD}` is `{date: {pattern: YYYYMMDD}}`. What would not come back as it was is refused, in either direction.\n")
	for _, f := range translate.Formats() {
		out.WriteString(formatSection(f))
	}
	out.WriteString("\n## Limits\n\n| At most | |\n|---|---|\n")
	for _, l := range translate.Limits() {
		fmt.Fprintf(&out, "| %d | %s |\n", l.Most, cell(l.Of))
	}
	return out.String()
}

func keyRows(keys source.Keys) string {
	var out strings.Builder
	for _, k := range keys {
		needed := ""
		if k.Needed {
			needed = "needed"
		}
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s | %s |\n", k.Name, needed, taken(k), cell(k.Says), coded(k.Examples))
	}
	return out.String()
}

// taken says what stands at a key: its words, of which the first is meant where the key is not there, or what it takes.
func taken(k source.Key) string {
	if len(k.Words) == 0 {
		return cell(k.Takes)
	}
	words := make([]string, len(k.Words))
	for i, w := range k.Words {
		name := "`" + w.Name + "`"
		if w.Name == "" {
			name = "nothing"
		}
		if i == 0 && !k.Needed {
			name += " (if it is not there)"
		}
		words[i] = name + ": " + cell(w.Says)
	}
	return strings.Join(words, "<br>")
}

// coded gives examples as code. A code span has its signs as they are.
func coded(examples []string) string {
	spans := make([]string, len(examples))
	for i, e := range examples {
		spans[i] = "`" + e + "`"
	}
	return strings.Join(spans, "<br>")
}

func formatSection(f format.Kind) string {
	var out strings.Builder
	fmt.Fprintf(&out, "\n### %s\n\n%s\n\n", f.Name, cell(f.Says))
	if len(f.Options) > 0 {
		out.WriteString("| Option | | What stands there | What it is for |\n|---|---|---|---|\n")
		for _, k := range f.Options {
			row := strings.TrimSuffix(keyRows(source.Keys{k}), "  |\n")
			out.WriteString(row + "\n")
		}
		out.WriteString("\n")
	}
	for _, e := range f.Examples {
		fmt.Fprintf(&out, "- `%s`\n", e)
	}
	return out.String()
}

// bound is how the bounds of the mapping language are named in its code.
var bound = regexp.MustCompile(`^[mM]ax[A-Z]`)

// TestReferenceTellsEveryLimitOfMappings: a bound in the code of mappings is in the list that the reference is written from.
func TestReferenceTellsEveryLimitOfMappings(t *testing.T) {
	for _, folder := range []string{"translate", "translate/source", "translate/shape", "translate/format"} {
		bounds, told := boundsIn(t, folder)
		if len(bounds) == 0 || len(told) == 0 {
			t.Errorf("%s: %d bounds, %d told", folder, len(bounds), len(told))
		}
		for name := range bounds {
			if !told[name] {
				t.Errorf("%s: %s is not among limits", folder, name)
			}
		}
	}
}

// boundsIn gives the constants of a folder that are bounds, and those that its limits tell.
func boundsIn(t *testing.T, folder string) (bounds, told map[string]bool) {
	t.Helper()
	bounds, told = map[string]bool{}, map[string]bool{}
	names, _ := filepath.Glob(folder + "/*.go")
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if g, ok := d.(*ast.GenDecl); ok {
				declared(g, bounds, told)
			}
		}
	}
	return bounds, told
}

func declared(g *ast.GenDecl, bounds, told map[string]bool) {
	for _, spec := range g.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for _, name := range v.Names {
			if g.Tok == token.CONST && bound.MatchString(name.Name) {
				bounds[name.Name] = true
			}
			if name.Name == "limits" {
				ast.Inspect(v.Values[0], func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						told[id.Name] = true
					}
					return true
				})
			}
		}
	}
}
