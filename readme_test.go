package ftagateway_test

import (
	"os"
	"os/exec"
	"regexp"
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
			t.Run(p.name, func(t *testing.T) { follow(t, d, blocks) })
		}
	}
}

func runnable(blocks []fence) bool {
	for _, b := range blocks {
		if len(b.info) > 0 && b.info[0] == "sh" {
			return true
		}
	}
	return false
}

// follow runs the blocks of a page in their order, and stops at the first that is not as written: the others stand on it.
func follow(t *testing.T, d *demonstration, blocks []fence) {
	s := newSession(t, d)
	for i, b := range blocks {
		want, told := "...\n", i+1 < len(blocks) && blocks[i+1].follows && blocks[i+1].is("text")
		if told {
			want = blocks[i+1].text
		}
		printed, err := "", error(nil)
		switch {
		case b.is("sh", "demo"):
			startsDemo(t, b)
			printed = s.here.Replace(d.told())
		case b.is("sh", "background"):
			printed, err = s.background(t, b.text, want)
		case b.is("sh"):
			printed, err = s.run(t, b.text)
		case len(b.info) > 0 && b.info[0] == "sh":
			t.Fatalf("%s:%d: no mark is called %q", b.page, b.line, b.info)
		default:
			continue
		}
		if want = s.here.Replace(want); err != nil || !matches(printed, want) {
			t.Fatalf("%s:%d:\n%s\nfailed with %v and printed\n%s\nwant\n%s", b.page, b.line, b.text, err, printed, want)
		}
	}
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
