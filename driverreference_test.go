package ftagateway_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/doc"
	"go/doc/comment"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// documented is a package as go/doc reads it.
type documented struct {
	*doc.Package
	files *token.FileSet
	out   strings.Builder
}

// driverReference is the documentation of package driver: the interface method by method, then what crosses it.
func driverReference(t *testing.T) string {
	t.Helper()
	d := documentation(t, "adapters/driver")
	d.out.WriteString("# Driver interface\n\n" + notice + "\nPackage `" + d.ImportPath + "`. [How to begin a driver](../driver.md) is the way in.\n\n")
	d.text(d.Doc)
	d.ledger(t)
	for _, typ := range d.Types {
		if typ.Name != "Ledger" {
			d.typed(t, typ)
		}
	}
	d.out.WriteString("\n## Functions\n")
	for _, f := range d.Funcs {
		d.function(t, f)
	}
	return d.out.String()
}

func documentation(t *testing.T, folder string) *documented {
	t.Helper()
	d := &documented{files: token.NewFileSet()}
	names, _ := filepath.Glob(folder + "/*.go")
	var all []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(d.files, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	p, err := doc.NewFromFiles(d.files, all, module+"/"+folder, doc.PreserveAST)
	if err != nil {
		t.Fatal(err)
	}
	d.Package = p
	return d
}

// text writes a comment as Markdown.
func (d *documented) text(of string) {
	printer := d.Printer()
	printer.HeadingID = func(*comment.Heading) string { return "" }
	d.out.Write(printer.Markdown(d.Parser().Parse(of)))
}

// code writes a declaration, indented: a fenced Go block would be held against a file.
func (d *documented) code(t *testing.T, node any) {
	t.Helper()
	var code bytes.Buffer
	if err := format.Node(&code, d.files, node); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(code.String()) {
		d.out.WriteString("    " + line)
	}
	d.out.WriteString("\n\n")
}

// ledger writes the interface that a chain implements, a section a method.
func (d *documented) ledger(t *testing.T) {
	t.Helper()
	methods := 0
	for _, typ := range d.Types {
		if typ.Name != "Ledger" {
			continue
		}
		d.out.WriteString("\n## Ledger\n\n")
		d.text(typ.Doc)
		for _, m := range typ.Decl.Specs[0].(*ast.TypeSpec).Type.(*ast.InterfaceType).Methods.List {
			fmt.Fprintf(&d.out, "\n### %s\n\n", m.Names[0].Name)
			d.code(t, &ast.FuncDecl{Name: m.Names[0], Type: m.Type.(*ast.FuncType)})
			d.text(m.Doc.Text())
			methods++
		}
	}
	if methods == 0 {
		t.Fatal("the interface Ledger was not found")
	}
}

func (d *documented) typed(t *testing.T, typ *doc.Type) {
	t.Helper()
	fmt.Fprintf(&d.out, "\n## %s\n\n", typ.Name)
	d.text(typ.Doc)
	d.out.WriteString("\n")
	typ.Decl.Doc = nil
	d.code(t, typ.Decl)
	for _, group := range typ.Consts {
		d.constants(group)
	}
	for _, f := range append(typ.Funcs, typ.Methods...) {
		d.function(t, f)
	}
}

// constants writes a table of the values that a type has.
func (d *documented) constants(group *doc.Value) {
	d.text(group.Doc)
	d.out.WriteString("\n| Name | Value | |\n|---|---|---|\n")
	for _, spec := range group.Decl.Specs {
		v := spec.(*ast.ValueSpec)
		value := ""
		if literal, ok := v.Values[0].(*ast.BasicLit); ok {
			value = "`" + literal.Value + "`"
		}
		fmt.Fprintf(&d.out, "| `%s` | %s | %s |\n", v.Names[0].Name, value, cell(v.Comment.Text()))
	}
}

func (d *documented) function(t *testing.T, f *doc.Func) {
	t.Helper()
	name := f.Name
	if f.Recv != "" {
		name = strings.TrimPrefix(f.Recv, "*") + "." + name
	}
	fmt.Fprintf(&d.out, "\n### %s\n\n", name)
	f.Decl.Doc, f.Decl.Body = nil, nil
	d.code(t, f.Decl)
	d.text(f.Doc)
}
