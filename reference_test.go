package ftagateway_test

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// references are the pages that are written from the code, as a whole.
var references = map[string]func(t *testing.T) string{
	"docs/reference/driver-interface.md": driverReference,
	"docs/reference/conformance-cases.md": func(t *testing.T) string {
		return caseReference(t, playedSuites())
	},
	"docs/reference/ledger-protocol.md": protocolReference,
	"docs/reference/mapping.md":         mappingReference,
}

// notice stands below the title of such a page.
const notice = "*Written from the code by `go test . -run Reference -update`; a test fails when it is stale.*\n"

var blankLines = regexp.MustCompile(`\n{3,}`)

// TestReferencesAreAsTheCode holds each of these pages against what it is written from. "-update" writes them.
func TestReferencesAreAsTheCode(t *testing.T) {
	for file, write := range references {
		want := []byte(blankLines.ReplaceAllString(write(t), "\n\n"))
		have, err := os.ReadFile(filepath.FromSlash(file))
		if err == nil && bytes.Equal(have, want) {
			continue
		}
		if !*update {
			t.Errorf("%s is stale: run go test . -run Reference -update", file)
			continue
		}
		if err := os.MkdirAll(path.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// markdown keeps the signs of a text from being read as Markdown's.
var markdown = strings.NewReplacer("*", `\*`, "_", `\_`, "<", `\<`, "[", `\[`, "|", `\|`, "`", "\\`")

// cell is a text for a cell of a table.
func cell(text string) string { return markdown.Replace(strings.Join(strings.Fields(text), " ")) }
