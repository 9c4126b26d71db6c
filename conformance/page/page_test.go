package page_test

import (
	"context"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/page"
)

// shouting is a driver that says of itself, and of what it is asked, what a page must not take for its own.
type shouting struct{ driver.Ledger }

const foreign = `</pre><script src="https://evil.example/x.js">alert(1)</script><img src=x onerror=alert(1)>`

func (s shouting) Describe() driver.Description {
	d := s.Ledger.Describe()
	d.Finality = foreign
	return d
}

func (s shouting) Get(context.Context, driver.Ref) (*driver.Entry, error) {
	return nil, driver.Errorf(driver.Unavailable, "%s", foreign)
}

// report plays a few cases of which each outcome comes once, and one that writes.
func report(t *testing.T, l driver.Ledger) *conformance.Report {
	t.Helper()
	return conformance.Run(t.Context(), conformance.Harness{Open: func(context.Context) (driver.Ledger, error) { return l, nil }},
		conformance.Options{Seed: 3, Cases: []string{"read/description-stays", "read/absent-is-not-found", "write/stale-version-is-a-conflict",
			"write/max-body", "proof/verifies"}})
}

func written(t *testing.T, p page.Page) string {
	t.Helper()
	var out strings.Builder
	if err := p.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// elements reads the elements of a page as they open. One that is never closed is an error: the page closes its own,
// and what is foreign opens none.
func elements(t *testing.T, text string) []xml.StartElement {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var all []xml.StartElement
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			all = append(all, e.Copy())
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	i := slices.IndexFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == name })
	if i < 0 {
		return ""
	}
	return e.Attr[i].Value
}

func TestThePageSaysWhatASenderWouldSay(t *testing.T) {
	r := report(t, shouting{memory.New(memory.Options{ForTesting: true})})
	text := html.UnescapeString(written(t, page.Page{Report: r, Played: "2026-11-26", Signer: "did:key:z6Mk", Digest: "06f362",
		Signed: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)}))
	failed := r.Failed()[0]
	for _, want := range []string{
		"3 of the 4 cases that were played failed. 1 more was not offered.", r.Ledger.URI, "driver " + conformance.SuiteVersion, conformance.ModelVersion, "2026-11-26",
		"did:key:z6Mk", "2026-11-26T12:00:00Z", "06f362", failed.Why, failed.Steps[0], failed.Failure.Request, failed.Failure.Answer,
		failed.Failure.Expected, failed.Failure.Got, "anchors to verify its proofs with", r.Left[0].Key, "read, versions, find, changes, prove, pin, append",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q: %+v", want, r.Summary)
		}
	}
}

// A page that is sent on holds nothing that its reader's browser would run or fetch, whatever the ledger says.
func TestThePageFetchesAndRunsNothing(t *testing.T) {
	text := written(t, page.Page{Report: report(t, shouting{memory.New(memory.Options{ForTesting: true})})})
	for _, e := range elements(t, text) {
		if slices.Contains([]string{"script", "img", "link", "iframe", "object", "embed", "form", "base"}, e.Name.Local) {
			t.Errorf("the page has %v", e)
		}
		for _, a := range e.Attr {
			name := a.Name.Local
			if strings.HasPrefix(name, "on") || name == "src" || name == "href" && !strings.HasPrefix(a.Value, "#") {
				t.Errorf("the page has %v", e)
			}
		}
	}
	if style := regexp.MustCompile(`(?s)<style>.*?</style>`).FindString(text); style == "" || strings.Contains(style, "url(") || strings.Contains(style, "@import") {
		t.Errorf("the style fetches: %s", style)
	}
	if !strings.Contains(text, `content="default-src 'none'`) {
		t.Error("the page does not forbid what it does not do")
	}
}

var headings = regexp.MustCompile(`^h[1-6]$`)

// Who cannot see a page hears its headings in order, what each table is, and which cells are heads.
func TestThePageReadsAloud(t *testing.T) {
	count, level := map[string]int{}, byte('1')
	for _, e := range elements(t, written(t, page.Page{Report: report(t, memory.New(memory.Options{ForTesting: true}))})) {
		name := e.Name.Local
		count[name]++
		if headings.MatchString(name) {
			if name[1] > level+1 {
				t.Errorf("%s after h%c", name, level)
			}
			level = name[1]
		}
		if name == "th" && attribute(e, "scope") == "" {
			t.Errorf("%v has no scope", e)
		}
	}
	if count["h1"] != 1 || count["main"] != 1 || count["table"] == 0 || count["caption"] != count["table"] || count["title"] != 1 {
		t.Errorf("%v", count)
	}
}

func TestThePageOfALedgerThatMayNotBeWrittenSaysSo(t *testing.T) {
	r := report(t, memory.New(memory.Options{}))
	text := html.UnescapeString(written(t, page.Page{Report: r}))
	for _, want := range []string{r.Refused, "Nothing was written to the ledger.", "All 2 cases that were played passed."} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q: %+v", want, r.Summary)
		}
	}
	for _, absent := range []string{"Signed by", "Played", "SHA-256"} {
		if strings.Contains(text, ">"+absent) {
			t.Errorf("the page says %s, which nobody told it", absent)
		}
	}
}
