package ftagateway_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

const httpGuide = "docs/http.md"

var problemTable = regexp.MustCompile(`(?s)(<!-- problems -->\n).*?(<!-- end -->)`)

// TestProblemsAreAsTheTable holds the table of problems in the guide against the one by which the gateway answers. It is
// read out of the source, since nobody outside of package api has a use for it. "-update" writes it.
func TestProblemsAreAsTheTable(t *testing.T) {
	have := pageAt(t, httpGuide).text
	want := problemTable.ReplaceAllString(have, "${1}"+problems(t)+"${2}")
	if have == want {
		return
	}
	if !*update {
		t.Fatalf("%s is stale: run go test . -run Problems -update", httpGuide)
	}
	if err := os.WriteFile(httpGuide, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// problems has a row for each entry of api's table, in its order.
func problems(t *testing.T) string {
	t.Helper()
	codes := constants(t, "api", "gateway", "adapters/driver")
	var out strings.Builder
	out.WriteString("| Type ends in | Status | Title | Retryable |\n|---|---|---|---|\n")
	rows := 0
	for _, e := range mapNamed(t, "api/problem.go", "table").Elts {
		pair := e.(*ast.KeyValueExpr)
		answer := pair.Value.(*ast.CompositeLit).Elts
		code, status := codes[qualified(pair.Key)], statuses[lastName(answer[0])]
		title, err := strconv.Unquote(answer[1].(*ast.BasicLit).Value)
		if code == "" || status == 0 || err != nil {
			t.Fatalf("%s of the table of problems is not understood: %q %d %v", lastName(pair.Key), code, status, err)
		}
		fmt.Fprintf(&out, "| `%s` | %d | %s | %s |\n", code, status, title, map[string]string{"true": "yes", "false": ""}[lastName(answer[2])])
		rows++
	}
	if rows == 0 {
		t.Fatal("the table of problems was not found")
	}
	return out.String()
}

// lastName is X of X and of p.X.
func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// qualified is the name of a constant with its package: p.X of p.X and of f(p.X), api.X of X.
func qualified(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return lastName(e.X) + "." + e.Sel.Name
	case *ast.CallExpr:
		return qualified(e.Args[0])
	}
	return "api." + lastName(e)
}

func mapNamed(t *testing.T, file, name string) *ast.CompositeLit {
	t.Helper()
	var found *ast.CompositeLit
	ast.Inspect(parsedFile(t, file), func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && v.Names[0].Name == name && len(v.Values) == 1 {
			found, _ = v.Values[0].(*ast.CompositeLit)
		}
		return true
	})
	if found == nil {
		t.Fatalf("%s has no %s", file, name)
	}
	return found
}

// constants gives the text of every string constant of some packages, by its qualified name.
func constants(t *testing.T, folders ...string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, folder := range folders {
		files, _ := filepath.Glob(folder + "/*.go")
		for _, file := range files {
			ast.Inspect(parsedFile(t, file), func(n ast.Node) bool {
				if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
					note(all, path.Base(folder), v)
				}
				return true
			})
		}
	}
	return all
}

func note(all map[string]string, pkg string, v *ast.ValueSpec) {
	if text, ok := v.Values[0].(*ast.BasicLit); ok && text.Kind == token.STRING {
		all[pkg+"."+v.Names[0].Name], _ = strconv.Unquote(text.Value)
	}
}

func parsedFile(t *testing.T, file string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// statuses are the HTTP statuses by the names that package net/http has for them.
var statuses = func() map[string]int {
	all := map[string]int{}
	for code := 100; code < 600; code++ {
		if text := http.StatusText(code); text != "" {
			all["Status"+strings.NewReplacer(" ", "", "-", "", "'", "").Replace(text)] = code
		}
	}
	return all
}()
