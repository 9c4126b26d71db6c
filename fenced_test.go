package ftagateway_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// page is a Markdown file of this repository.
type page struct {
	name string // from the root, with slashes
	text string
}

// fence is a fenced block of a page.
type fence struct {
	page string
	line int      // of the fence itself
	info []string // the words behind it: a language, then what the tests do with the block
	text string
	// follows says that nothing but empty lines stands between this block and the one before it.
	follows bool
}

func (f fence) is(words ...string) bool {
	return strings.Join(f.info, " ") == strings.Join(words, " ")
}

// runs reports whether the block is run.
func (f fence) runs() bool { return len(f.info) > 0 && f.info[0] == "sh" }

// pages reads every Markdown file of the repository, but for what is kept beside it.
func pages(t *testing.T) []page {
	t.Helper()
	var all []page
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && passedOver(name, d.Name()):
			return fs.SkipDir
		case !d.IsDir() && filepath.Ext(name) == ".md":
			all = append(all, pageAt(t, filepath.ToSlash(name)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// passedOver tells folders that git does not keep, or that are other people's.
func passedOver(name, base string) bool {
	return strings.HasPrefix(base, ".") || base == "node_modules" || base == "testdata" || name == "bin" || name == "data"
}

func pageAt(t *testing.T, name string) page {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return page{name, string(text)}
}

// fences lists the blocks of a page. A fence stands at the beginning of its line.
func (p page) fences(t *testing.T) []fence {
	t.Helper()
	var all []fence
	var open *fence
	alone := false // nothing stands between the block before and here
	for i, line := range strings.Split(p.text, "\n") {
		info, isFence := strings.CutPrefix(line, "```")
		switch {
		case isFence && open == nil:
			open = &fence{page: p.name, line: i + 1, info: strings.Fields(info), follows: alone}
		case isFence:
			all, open, alone = append(all, *open), nil, true
		case open != nil:
			open.text += line + "\n"
		case strings.TrimSpace(line) != "":
			alone = false
		}
	}
	if open != nil {
		t.Fatalf("%s:%d: the block is never closed", p.name, open.line)
	}
	return all
}

// prose is a page without its blocks, which keep their number of lines.
func (p page) prose() string {
	var out bytes.Buffer
	inside := false
	for line := range strings.Lines(p.text) {
		switch fence := strings.HasPrefix(line, "```"); {
		case fence:
			inside = !inside
			out.WriteByte('\n')
		case inside:
			out.WriteByte('\n')
		default:
			out.WriteString(line)
		}
	}
	return out.String()
}
