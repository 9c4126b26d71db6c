package ftagateway_test

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestPagesRunAsWritten runs every block of every page that is marked sh, page by page, beside one demonstration. Where a
// text block follows at once, it is what the block must print. See CONTRIBUTING.md for the marks.
func TestPagesRunAsWritten(t *testing.T) {
	for _, tool := range []string{"bash", "curl", "env"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("the pages call %s: %v", tool, err)
		}
	}
	d := startDemonstration(t)
	t.Run("example of a client", func(t *testing.T) { askAsAClient(t, d) })
	for _, p := range pages(t) {
		if blocks := p.fences(t); runnable(blocks) {
			t.Run(p.name, func(t *testing.T) {
				needsNode(t, blocks)
				follow(t, d, blocks)
			})
		}
	}
}

func runnable(blocks []fence) bool { return slices.ContainsFunc(blocks, fence.runs) }

// needsNode skips a page that starts a program in Node.js where there is none.
func needsNode(t *testing.T, blocks []fence) {
	t.Helper()
	starts := slices.ContainsFunc(blocks, func(b fence) bool { return b.runs() && strings.HasPrefix(b.text, "node ") })
	if _, err := exec.LookPath("node"); starts && err != nil {
		t.Skipf("the page starts a ledger in Node.js: %v", err)
	}
}

// follow runs the blocks of a page in their order, and stops at the first that is not as written: the others stand on it.
func follow(t *testing.T, d *demonstration, blocks []fence) {
	s := newSession(t, d)
	for i, b := range blocks {
		if !b.runs() {
			continue
		}
		want := wanted(blocks[i+1:])
		printed, err := s.perform(t, b, want)
		if want = s.here.Replace(want); err != nil || !matches(printed, want) {
			t.Fatalf("%s:%d:\n%s\nfailed with %v and printed\n%s\nwant\n%s", b.page, b.line, b.text, err, printed, want)
		}
	}
}

// wanted is what a block must print: the text that follows at once, or anything.
func wanted(after []fence) string {
	if len(after) > 0 && after[0].follows && after[0].is("text") {
		return after[0].text
	}
	return "...\n"
}

// perform does with a block what its mark says.
func (s *session) perform(t *testing.T, b fence, want string) (printed string, err error) {
	switch {
	case b.is("sh"):
		return s.run(t, b.text)
	case b.is("sh", "background"):
		return s.background(t, b.text, want)
	case b.is("sh", "demo"):
		startsDemo(t, b)
		return s.here.Replace(s.demo.told()), nil
	}
	return "", fmt.Errorf("no mark is called %q", strings.Join(b.info, " "))
}

// startsDemo holds a block that starts the demonstration to what startDemonstration does.
func startsDemo(t *testing.T, b fence) {
	t.Helper()
	if text := strings.TrimSpace(b.text); text != "make demo" && text != "fta demo" {
		t.Errorf("%s:%d: %q does not start the demonstration as the test does", b.page, b.line, text)
	}
}

// TestMatchesTellsWhatIsPrinted tries the judgement itself.
func TestMatchesTellsWhatIsPrinted(t *testing.T) {
	for _, c := range []struct {
		printed, want string
		as            bool
	}{
		{"a\nb\n", "a\nb\n", true},
		{"a\nb", "a\nb\n\n", true},
		{"a  \nb\n", "a\nb\n", true},
		{"a\n", "a\nb\n", false},
		{"a\nb\n", "a\n", false},
		{"id urn:uuid:1 valid\n", "id ... valid\n", true},
		{"id urn:uuid:1 invalid\n", "id ... valid\n", false},
		{"first\n1\n2\nlast\n", "first\n...\nlast\n", true},
		{"first\nlast\n", "first\n...\nlast\n", true},
		{"axb\n", "a.b\n", false},
		{"", "...\n", true},
	} {
		if got := matches(c.printed, c.want); got != c.as {
			t.Errorf("matches(%q, %q) = %t", c.printed, c.want, got)
		}
	}
}

var makes = regexp.MustCompile(`\bmake ([a-z]+)\b`)

// TestPagesNameOnlyTargetsThatAre holds every "make x" in code of a page against the Makefile.
func TestPagesNameOnlyTargetsThatAre(t *testing.T) {
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile("(?s)```.*?```|`[^`\n]+`")
	for _, p := range pages(t) {
		for _, text := range code.FindAllString(p.text, -1) {
			for _, target := range makes.FindAllStringSubmatch(text, -1) {
				if !regexp.MustCompile(`(?m)^` + target[1] + `:`).Match(makefile) {
					t.Errorf("%s: there is no make %s", p.name, target[1])
				}
			}
		}
	}
}

// TestReadmeNamesEveryPart: the table of parts is the first drawing that a newcomer sees, and must not lack a folder.
func TestReadmeNamesEveryPart(t *testing.T) {
	links := pageAt(t, "README.md").links()
	for _, p := range packages(t) {
		top, _, _ := strings.Cut(p.folder, "/")
		if top != "." && !slices.ContainsFunc(links, func(l string) bool { return within(l, top) }) {
			t.Errorf("README.md does not lead to %s", top)
		}
	}
}
