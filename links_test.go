package ftagateway_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// A link is [text](target), and what stands in code is none.
var (
	link    = regexp.MustCompile(`\]\(([^()\s]+)\)`)
	inline  = regexp.MustCompile("`[^`\n]*`")
	heading = regexp.MustCompile(`(?m)^#{1,6} +(.+?) *$`)
)

// TestLinksLead holds every link of every page that is not a URL: it leads to a file or folder of this repository, and
// where it names a heading, to a heading of that page.
func TestLinksLead(t *testing.T) {
	all := pages(t)
	anchors := map[string]map[string]bool{}
	for _, p := range all {
		anchors[p.name] = p.anchors()
	}
	for _, p := range all {
		for _, target := range p.links() {
			if fault := p.misleads(target, anchors); fault != "" {
				t.Errorf("%s: %s: %s", p.name, target, fault)
			}
		}
	}
}

func (p page) links() []string {
	var all []string
	for _, m := range link.FindAllStringSubmatch(inline.ReplaceAllString(p.prose(), ""), -1) {
		if !strings.Contains(m[1], "://") && !strings.HasPrefix(m[1], "mailto:") {
			all = append(all, m[1])
		}
	}
	return all
}

// misleads says what is wrong with a link; it is empty for one that leads somewhere.
func (p page) misleads(target string, anchors map[string]map[string]bool) string {
	file, anchor, named := strings.Cut(target, "#")
	to := p.name
	if file != "" {
		to = path.Join(path.Dir(p.name), file)
	}
	switch _, err := os.Stat(filepath.FromSlash(to)); {
	case strings.HasPrefix(file, "/"), strings.HasPrefix(to, ".."):
		return "leads out of the repository"
	case err != nil:
		return "leads nowhere"
	case named && !anchors[to][anchor]:
		return "there is no such heading in " + to
	}
	return ""
}

// anchors are the headings of a page as links name them: in lower case, with hyphens for spaces, without punctuation, and
// numbered where a page has one twice.
func (p page) anchors() map[string]bool {
	all := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(p.prose(), -1) {
		var anchor strings.Builder
		for _, r := range strings.ToLower(m[1]) {
			switch {
			case r == ' ':
				anchor.WriteByte('-')
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				anchor.WriteRune(r)
			}
		}
		name := anchor.String()
		for n := 1; all[name]; n++ {
			name = fmt.Sprintf("%s-%d", anchor.String(), n)
		}
		all[name] = true
	}
	return all
}

// elsewhere are paths of some machine, which no reader has.
var elsewhere = regexp.MustCompile(`(?:^|[\s("'=` + "`" + `])((?:/home|/Users|/tmp|C:\\)[^\s"'` + "`" + `)]*)`)

// TestPagesNameNoPathsOfAMachine holds pages to what is in the repository or on every machine.
func TestPagesNameNoPathsOfAMachine(t *testing.T) {
	for _, p := range pages(t) {
		for _, m := range elsewhere.FindAllStringSubmatch(p.text, -1) {
			t.Errorf("%s names %s", p.name, m[1])
		}
	}
}

func TestLinksThatMisleadAreCaught(t *testing.T) {
	p := page{"docs/x.md", "# One & only\n## Twice\n## Twice\n[a](x.md#one--only) `[b](c)` [d](https://e.example/f)\n```\n[g](h)\n```\n"}
	if got := strings.Join(p.links(), " "); got != "x.md#one--only" {
		t.Errorf("links %q", got)
	}
	anchors := map[string]map[string]bool{"docs/README.md": p.anchors(), "docs/x.md": p.anchors()}
	for target, leads := range map[string]bool{
		"../README.md": true, "decisions": true, "README.md#twice-1": true, "decisions/0001-dependencies.md": true, "#one--only": false,
		"nowhere.md": false, "../../other": false, "/etc/passwd": false, "../README.md#nowhere": false,
	} {
		if got := p.misleads(target, anchors) == ""; got != leads {
			t.Errorf("%s leads: %t", target, got)
		}
	}
	for text, caught := range map[string]bool{"see /home/me/x": true, "path /v1/work": false, "`$HOME/.cache`": false} {
		if got := elsewhere.MatchString(text); got != caught {
			t.Errorf("%q caught: %t", text, got)
		}
	}
}

// TestEveryPageIsListed: what stands in docs is found from its index.
func TestEveryPageIsListed(t *testing.T) {
	index := strings.Join(pageAt(t, "docs/README.md").links(), " ") + " "
	files, _ := filepath.Glob("docs/*.md")
	written, _ := filepath.Glob("docs/reference/*.md")
	for _, file := range append(files, written...) {
		name, _ := strings.CutPrefix(filepath.ToSlash(file), "docs/")
		if name != "README.md" && !strings.Contains(" "+index, " "+name+" ") {
			t.Errorf("docs/README.md does not lead to %s", name)
		}
	}
}
