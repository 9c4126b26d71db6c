package gatewaysuite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// outcome expects an entry file's plain answer on integrity, and the entry's status; "" for none.
func (c *check) outcome(f entryFile, want, status string) {
	is := ""
	if f.EntryStatus != nil {
		is = *f.EntryStatus
	}
	c.That(f.Outcome == want && is == status, fmt.Sprintf("the entry file is %s, its status %q", want, status),
		"%s, status %q: %s", f.Outcome, is, strings.Join(f.Reasons, "; "))
}

// says expects a record's verdict to have an outcome, and one of its checks to have it too.
func (c *check) says(s *shown, want, name string) {
	c.That(s != nil, "the record is answered", "nothing")
	c.That(s.Verdict.Outcome == want, "the record's verdict is "+want, "%s", describe(s))
	l := s.Verdict.line(name)
	c.That(l.Outcome == want, fmt.Sprintf("its check %s is %s", name, want), "%s", describe(s))
	c.That(want == valid || l.Reason != "", "the check says in words why it is "+want, "no reason")
}

// notValid expects a record's verdict, and one of its checks, to be invalid or undetermined.
func (c *check) notValid(s *shown, name string) {
	for _, is := range []string{s.Verdict.Outcome, s.Verdict.line(name).Outcome} {
		c.That(is == invalid || is == undetermined, "the record is invalid or undetermined, and so is its check "+name, "%s", describe(s))
	}
}

// withheld expects no content of what is invalid.
func (c *check) withheld(s *shown) {
	c.That(s.Record == nil && s.Document == nil, "the content of what is invalid is left out", "%s", describe(s))
}

// onLedger asks one ledger for a record's newest version.
func (c *check) onLedger(slug, id string) *shown {
	var s shown
	c.get("/v1/ledgers/"+slug+"/records/"+id, &s)
	return &s
}

func (c *check) verify(record, document []byte) verified {
	bundle := map[string]json.RawMessage{"record": record}
	if document != nil {
		bundle["document"] = document
	}
	a := c.do(post("/v1/verify", bundle))
	c.That(a.Status == http.StatusOK, "what is in hand is judged, and answered with 200", "%s", a)
	var v verified
	c.read(a, &v)
	return v
}

// allSources expects every ledger to be named, and to have been asked.
func (c *check) allSources(sources []source) {
	for _, slug := range []string{cbp, mirror, other, trade} {
		s := of(sources, slug)
		c.That(s.State == "answered" || s.State == "absent", "ledger "+slug+" among the sources, asked", "%s", s.State)
	}
}

func describe(s *shown) string {
	if s == nil {
		return "nothing"
	}
	text := fmt.Sprintf("%s, version %d on %s, %s", s.Verdict.Outcome, s.Version, s.Ledger, s.State)
	for _, l := range s.Verdict.Checks {
		text += fmt.Sprintf("; %s %s", l.Name, l.Outcome)
		if l.Reason != "" {
			text += " (" + l.Reason + ")"
		}
	}
	if s.Record != nil {
		text += "; with its record"
	}
	if s.Document != nil {
		text += "; with its document"
	}
	return text
}

// same reports whether two texts are the same JSON value, byte for byte but for space between values.
func same(got, want []byte) bool {
	var a, b bytes.Buffer
	return json.Compact(&a, got) == nil && json.Compact(&b, want) == nil && bytes.Equal(a.Bytes(), b.Bytes())
}

func lower(s string) string { return strings.ToLower(s) }

// swap alters a text once, to the same length.
func swap(text []byte, old, by string) []byte { return bytes.Replace(text, []byte(old), []byte(by), 1) }

// alike reports whether two lists hold the same.
func alike(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

func listed(all []string) string { return strings.Join(all, ", ") }

func plural(n int) string {
	if n == 1 {
		return "1 version"
	}
	return fmt.Sprintf("%d versions", n)
}
