package translate_test

import (
	"errors"
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

func TestTheReferenceExplainsEveryKey(t *testing.T) {
	page, keys := reference(t), translate.Reference()
	headings := map[string]bool{}
	for _, h := range regexp.MustCompile("(?m)^### (.*)$").FindAllStringSubmatch(page, -1) {
		for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(h[1], -1) {
			headings[name[1]] = true
		}
	}
	known := map[string]bool{}
	for _, list := range [][]string{keys.File, keys.Pair, keys.Formats} {
		for _, k := range list {
			known[k] = true
			if !headings[k] {
				t.Errorf("docs/mappings.md has no heading for %q", k)
			}
		}
	}
	for h := range headings {
		if !known[h] {
			t.Errorf("docs/mappings.md explains %q, which there is not", h)
		}
	}
	for _, list := range [][]string{keys.Case, keys.When, keys.Condition, keys.Example, keys.Find} {
		for _, k := range list {
			if !strings.Contains(page, "`"+k+"`") {
				t.Errorf("docs/mappings.md does not explain %q", k)
			}
		}
	}
}

func TestTheReferencesExamplesLoad(t *testing.T) {
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

var givesNothing = regexp.MustCompile(`no pair gives (\S+),`)

// loadPairs loads pairs as a mapping of certificates or of summaries that has nothing else.
func loadPairs(pairs string) error {
	var last error
	for _, kind := range []string{"CertificateOfOrigin", "EntrySummary"} {
		file := "mapping: pairs\nversion: 1\ntype: " + kind + "\nshape:\n" + pairs
		lacks := "lacks:\n"
		for range 60 {
			_, err := translate.Parse("pairs.yaml", []byte(file), translate.Options{})
			var refused *source.Refusal
			if last = err; !errors.As(err, &refused) {
				return err
			}
			missing := givesNothing.FindStringSubmatch(refused.Rule)
			if missing == nil {
				break
			}
			lacks += "  - " + missing[1] + "\n"
			file = "mapping: pairs\nversion: 1\ntype: " + kind + "\nshape:\n" + pairs + lacks
		}
	}
	return last
}
