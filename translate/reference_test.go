package translate_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/translate/source"
)

func reference(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../docs/mappings.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The guide has a heading for every key of the file and of a pair and for every format, and names all others.
func TestTheGuideExplainsEveryKey(t *testing.T) {
	page := reference(t)
	headings := map[string]bool{}
	for _, h := range regexp.MustCompile("(?m)^### (.*)$").FindAllStringSubmatch(page, -1) {
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(h[1], -1) {
			headings[name[1]] = true
		}
	}
	known := map[string]bool{}
	for _, k := range append(translate.Reference()[0].Keys, translate.Reference()[1].Keys...) {
		known[k.Name] = true
	}
	for _, f := range translate.Formats() {
		known[f.Name] = true
	}
	for name := range known {
		if !headings[name] {
			t.Errorf("docs/mappings.md has no heading for %q", name)
		}
	}
	for h := range headings {
		if !known[h] {
			t.Errorf("docs/mappings.md explains %q, which there is not", h)
		}
	}
	for _, section := range translate.Reference()[2:] {
		for _, k := range section.Keys {
			if !strings.Contains(page, "`"+k.Name+"`") {
				t.Errorf("docs/mappings.md does not explain %q of %s", k.Name, section.Title)
			}
		}
	}
}

func TestTheGuidesExamplesLoad(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(reference(t), -1)
	if len(blocks) < 20 {
		t.Fatalf("%d examples, want more", len(blocks))
	}
	for _, b := range blocks {
		if strings.HasPrefix(b[1], "mapping:") {
			m, err := translate.Parse("mappings.md", []byte(b[1]), translate.Options{Policy: permissioned})
			if err != nil {
				t.Errorf("%v in\n%s", err, b[1])
			} else if r := translate.Test(m); strings.Contains(b[1], "examples:") && !r.OK() {
				t.Error(r)
			}
			continue
		}
		if err := loadPairs(b[1]); err != nil {
			t.Errorf("%v in\n%s", err, b[1])
		}
	}
}

// Every key and every format is told in a line, with what may stand there and with an example that loads.
func TestDeclarationsAreExplained(t *testing.T) {
	for _, s := range translate.Reference() {
		for _, k := range s.Keys {
			if k.Says == "" || k.Takes == "" && len(k.Words) == 0 {
				t.Errorf("%s: %s is not explained", s.Title, k.Name)
			}
			if len(k.Examples) == 0 {
				t.Errorf("%s: %s has no example", s.Title, k.Name)
			}
			for _, example := range k.Examples {
				if err := loadExample(example); err != nil {
					t.Errorf("%s: %s: %v in\n%s", s.Title, k.Name, err, example)
				}
			}
		}
	}
	for _, f := range translate.Formats() {
		if f.Says == "" || len(f.Examples) == 0 {
			t.Errorf("format %s is not explained", f.Name)
		}
		for _, example := range f.Examples {
			if err := loadExample(example); err != nil {
				t.Errorf("format %s: %v in\n%s", f.Name, err, example)
			}
		}
	}
}

// loadExample loads a pair, several, or a line of a file that has the others of the smallest one.
func loadExample(example string) error {
	switch {
	case strings.HasPrefix(example, "{"):
		return loadPairs("  - " + example + "\n")
	case strings.HasPrefix(example, "["):
		pairs := strings.ReplaceAll(strings.Trim(example, "[]"), "}, {", "}\n  - {")
		return loadPairs("  - " + pairs + "\n")
	}
	key, _, _ := strings.Cut(example, ":")
	file := example + "\n"
	for _, line := range []string{"mapping: x", "version: 1", "type: EntrySummary", "shape: [{model: /event, native: /status}]"} {
		if !strings.HasPrefix(line, key+":") {
			file += line + "\n"
		}
	}
	_, err := translate.Parse("example.yaml", []byte(file), translate.Options{})
	return err
}

var givesNothing = regexp.MustCompile(`no pair gives (\S+),`)

// loadPairs loads pairs as a mapping of certificates or of summaries that lacks everything else.
func loadPairs(pairs string) error {
	var last error
	for _, kind := range []string{"CertificateOfOrigin", "EntrySummary"} {
		file := "mapping: pairs\nversion: 1\ntype: " + kind + "\nparts: {party: [{model: /name, native: /company}]}\nshape:\n" + pairs
		_, last = translate.Parse("pairs.yaml", []byte(file), translate.Options{})
		file += "lacks:\n"
		for _, r := range source.Find(last) {
			if missing := givesNothing.FindStringSubmatch(r.Rule); missing != nil {
				file += "  - " + missing[1] + "\n"
			}
		}
		if last != nil {
			_, last = translate.Parse("pairs.yaml", []byte(file), translate.Options{})
		}
		if last == nil {
			return nil
		}
	}
	return last
}
