package ftagateway_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// TestCodeInPagesIsCompiled holds every block marked "go file#region" against that region of that file, or the function of
// that name, and a block marked "go file" against the whole file. A Go block without a file could not be held against
// anything.
func TestCodeInPagesIsCompiled(t *testing.T) {
	for _, p := range pages(t) {
		for _, b := range p.fences(t) {
			if len(b.info) == 0 || b.info[0] != "go" {
				continue
			}
			if len(b.info) != 2 {
				t.Errorf("%s:%d: name the file, and the region of it, that the code comes from", b.page, b.line)
				continue
			}
			want, err := region(b.info[1])
			if err != nil {
				t.Errorf("%s:%d: %v", b.page, b.line, err)
			} else if b.text != want {
				t.Errorf("%s:%d is not as in %s:\n%s", b.page, b.line, b.info[1], want)
			}
		}
	}
}

// region reads the lines of a file between "docs:begin name" and "docs:end name", without their common indentation; or
// the function of that name.
func region(source string) (string, error) {
	file, name, part := strings.Cut(source, "#")
	data, err := os.ReadFile(file)
	if err != nil || !part {
		return string(data), err
	}
	_, rest, begun := strings.Cut(string(data), "// docs:begin "+name+"\n")
	text, _, ended := strings.Cut(rest, "// docs:end "+name+"\n")
	if begun && ended {
		return outdented(text), nil
	}
	return function(file, name, data)
}

func function(file, name string, data []byte) (string, error) {
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, data, 0)
	if err != nil {
		return "", err
	}
	for _, d := range parsed.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == name {
			return string(data[files.Position(f.Pos()).Offset:files.Position(f.End()).Offset]) + "\n", nil
		}
	}
	return "", fmt.Errorf("%s has no region %s", file, name)
}

func outdented(text string) string {
	lines := strings.Split(strings.Trim(strings.TrimRight(text, "\t"), "\n"), "\n")
	indent := lines[0][:len(lines[0])-len(strings.TrimLeft(lines[0], "\t"))]
	for i := range lines {
		lines[i] = strings.TrimPrefix(lines[i], indent)
	}
	return strings.Join(lines, "\n") + "\n"
}

func TestRegionsAreCutOut(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"\n\ta\n\t\tb\n\n\tc\n\t", "a\n\tb\n\nc\n"},
		{"a\n", "a\n"},
	} {
		if got := outdented(c.text); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if _, err := region("example_test.go#nowhere"); err == nil {
		t.Error("a region that is not there was found")
	}
}
