package ld_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// TestRDFCAgreesWithJsonldJs draws documents out of the terms of all embedded contexts, sound ones and others, and holds
// ld.RDFC against jsonld.js on each. FTA_NPM_DIR names a folder whose node_modules hold the packages of testdata/npm.
func TestRDFCAgreesWithJsonldJs(t *testing.T) {
	dir := os.Getenv("FTA_NPM_DIR")
	if dir == "" {
		t.Skip("FTA_NPM_DIR is not set: jsonld.js is not asked")
	}
	draw := newDrawer(t)
	var documents []string
	for range 5000 {
		documents = append(documents, draw.document())
	}
	agreed := 0
	for i, theirs := range askJsonldJs(t, dir, documents) {
		ours, err := ld.RDFC(mustParse(t, documents[i]))
		switch {
		case stricter(err): // ld.RDFC refuses more than jsonld.js, and says what
		case (err != nil) != (theirs.Refused != ""):
			t.Errorf("%s\ngot %v; jsonld.js: %q", documents[i], err, theirs.Refused)
		case string(ours) != theirs.NQuads:
			t.Errorf("%s\ngot\n%sjsonld.js\n%s", documents[i], ours, theirs.NQuads)
		case err == nil:
			agreed++
		}
	}
	if agreed < 1000 {
		t.Errorf("only %d documents were canonicalised by both", agreed)
	}
}

func stricter(err error) bool {
	return errors.Is(err, ld.ErrUnsupported) || err != nil && strings.Contains(err.Error(), "must say something under")
}

// askJsonldJs runs testdata/npm/answer.mjs beside the packages.
func askJsonldJs(t *testing.T, npm string, documents []string) []vector {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/npm")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(npm, "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", "answer.mjs")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "FTA_CONTEXTS="+ownContexts(t, dir))
	cmd.Stdin = strings.NewReader(strings.Join(documents, "\n"))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []vector
	for _, line := range bytes.Split(bytes.TrimSpace(out), []byte("\n")) {
		var v vector
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, v)
	}
	if len(answers) != len(documents) {
		t.Fatalf("%d answers to %d documents", len(answers), len(documents))
	}
	return answers
}

// ownContexts writes the context of this project for the scripts, and answers the file.
func ownContexts(t *testing.T, dir string) string {
	t.Helper()
	const own = "https://w3id.org/fta/v1"
	context, _ := schemas.Context(own)
	data, err := json.Marshal(map[string]json.RawMessage{own: context})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "own.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// drawer makes documents by chance; the same ones each time.
type drawer struct {
	*rand.Rand
	terms    map[string][]string // by context
	literals map[string]bool     // terms whose values are JSON literals
	now      []string            // the terms of the document being drawn
}

func newDrawer(t *testing.T) *drawer {
	t.Helper()
	d := &drawer{Rand: rand.New(rand.NewPCG(1, 2)), terms: map[string][]string{}, literals: map[string]bool{}}
	for _, url := range schemas.ContextURLs() {
		data, _ := schemas.Context(url)
		var document map[string]any
		if err := json.Unmarshal(data, &document); err != nil {
			t.Fatal(err)
		}
		d.collect(url, document["@context"])
		slices.Sort(d.terms[url])
	}
	return d
}

func (d *drawer) collect(url string, context any) {
	terms, _ := context.(map[string]any)
	for name, definition := range terms {
		if strings.HasPrefix(name, "@") || name == "verifiableCredential" { // see ErrUnsupported
			continue
		}
		d.terms[url] = append(d.terms[url], name)
		if term, ok := definition.(map[string]any); ok {
			d.literals[name] = d.literals[name] || term["@type"] == "@json"
			d.collect(url, term["@context"])
		}
	}
}

func (d *drawer) document() string {
	urls := schemas.ContextURLs()
	d.Shuffle(len(urls), func(i, j int) { urls[i], urls[j] = urls[j], urls[i] })
	urls, d.now = urls[:1+d.IntN(2)], nil
	for _, url := range urls {
		d.now = append(d.now, d.terms[url]...)
	}
	o := d.node(0)
	o["@context"] = urls
	data, err := json.Marshal(o)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func pick[T any](d *drawer, from ...T) T { return from[d.IntN(len(from))] }

func (d *drawer) node(depth int) map[string]any {
	o := map[string]any{}
	if d.IntN(5) < 2 {
		o["id"] = pick(d, "urn:x:1", "urn:x:2", "_:b1", "_:b2", "https://example.com/é", "relative")
	}
	if d.IntN(5) < 3 {
		o["type"] = pick[any](d, "urn:t:1", d.class(), []any{d.class(), "urn:t:2"})
	}
	for range d.IntN(5) {
		name := pick(d, pick(d, d.now...), pick(d, d.now...), "urn:p:1", "http://example.com/p", "undefined")
		if name == "undefined" && d.IntN(5) > 0 {
			continue
		}
		if o[name] == nil {
			o[name] = d.value(name, depth)
		}
	}
	return o
}

// class is a term that begins with a capital, or any.
func (d *drawer) class() string {
	for range 20 {
		if name := pick(d, d.now...); name[0] < 'a' {
			return name
		}
	}
	return "urn:t:3"
}

func (d *drawer) value(name string, depth int) any {
	if d.literals[name] {
		return d.literal(0)
	}
	switch n := d.IntN(10); {
	case n < 4 || depth > 3:
		return pick[any](d, "a", "b\n\u007f", "urn:x:1", "2026-01-01T00:00:00Z", "😀", 1, 0, -5, 2.5, 1e6, 0.1, true, false)
	case n < 6:
		list := []any{}
		for range d.IntN(4) {
			if v := d.value(name, depth+1); fmt.Sprintf("%T", v) != "[]interface {}" {
				list = append(list, v)
			}
		}
		return list
	case n < 7:
		return pick(d, map[string]any{"@value": "x", "@language": "en"}, map[string]any{"@value": "x", "@type": "urn:d:1"},
			map[string]any{"@list": []any{"a", "a", 1}}, map[string]any{"@id": "_:b1"})
	}
	return d.node(depth + 1)
}

func (d *drawer) literal(depth int) any {
	switch n := d.IntN(6); {
	case n < 3 || depth > 2:
		return pick[any](d, 1, 2.5, 1e-7, nil, true, "é\u0001", "", 123456789012)
	case n < 4:
		return []any{d.literal(depth + 1), d.literal(depth + 1)}
	}
	return map[string]any{pick(d, "a", "€", "😀", "@context"): d.literal(depth + 1), "\ufb33": d.literal(depth + 1)}
}
