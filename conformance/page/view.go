package page

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/conformance"
)

// maxLeft bounds how many keys the page lists; the JSON report lists all.
const maxLeft = 12

// shown is what the template shows, in its order.
type shown struct {
	Subject  string
	Verdict  string
	Right    bool // whether no case failed
	Facts    []fact
	Ledger   []fact
	Levels   []level
	Failed   []failed
	Open     []conformance.Result // not offered
	Passed   []conformance.Result
	Left     []conformance.Left
	LeftOver int // how many keys are not listed
	Report   *conformance.Report
}

type fact struct{ Name, Value string }

// level counts the outcomes of one level.
type level struct {
	Name  conformance.Level
	About string
	conformance.Summary
}

// failed is a case that failed, with its steps as they went.
type failed struct {
	conformance.Result
	Anchor string
	Walked []step
}

// Brief is why it matters, as far as its first sentence.
func (f failed) Brief() string {
	first, _, _ := strings.Cut(f.Why, ". ")
	return strings.TrimSuffix(first, ".") + "."
}

type step struct {
	Text  string
	Broke bool
}

// aboutLevels are the levels of both suites in words; a level that is not here is shown by its name alone.
var aboutLevels = map[conformance.Level]string{
	conformance.LevelRead:   "reading what stands on the ledger",
	conformance.LevelWrite:  "appending to it, once and only once",
	conformance.LevelStream: "following what changes",
	conformance.LevelProof:  "proving that an entry stands there",

	"verdict":    "whether what is said of a record is true",
	"outage":     "what cannot be asked is named, and is no verdict",
	"privacy":    "nothing goes where it must not",
	"problem":    "refusals that programs can act on",
	"paging":     "lists are whole",
	"events":     "what is new is told, once and to the end",
	"submission": "what is filed stands once, and what is refused nowhere",
}

func view(p Page) shown {
	r := p.Report
	v := shown{Report: r, Right: r.OK(), Verdict: verdict(r.Summary), Facts: p.facts(), Subject: "the gateway " + r.Gateway}
	if r.Gateway == "" {
		v.Subject, v.Ledger = "a "+r.Ledger.Kind+" ledger", ledgerFacts(r.Ledger)
	}
	for _, l := range r.Levels {
		v.Levels = append(v.Levels, level{l, aboutLevels[l], conformance.Summarise(ofLevel(r.Cases, l))})
	}
	for _, result := range r.Cases {
		v.sort(result)
	}
	v.Left = r.Left[:min(len(r.Left), maxLeft)]
	v.LeftOver = len(r.Left) - len(v.Left)
	return v
}

func (v *shown) sort(r conformance.Result) {
	switch r.Outcome {
	case conformance.Pass:
		v.Passed = append(v.Passed, r)
	case conformance.NotOffered:
		v.Open = append(v.Open, r)
	case conformance.Fail:
		f := failed{Result: r, Anchor: strings.ReplaceAll(r.ID, "/", "-")}
		for i, text := range r.Steps {
			f.Walked = append(f.Walked, step{text, r.Failure.Step == i+1})
		}
		v.Failed = append(v.Failed, f)
	}
}

func ofLevel(cases []conformance.Result, l conformance.Level) []conformance.Result {
	return slices.DeleteFunc(slices.Clone(cases), func(r conformance.Result) bool { return r.Level != l })
}

// verdict says in a sentence or two what came of the run. It claims no more than was played.
func verdict(s conformance.Summary) string {
	played := s.Pass + s.Fail
	said := "All " + cases(played) + " that were played passed."
	switch {
	case played == 0:
		return "No case could be played."
	case s.Fail > 0:
		said = fmt.Sprintf("%d of the %s that were played failed.", s.Fail, cases(played))
	case s.NotOffered == 0:
		return "All " + cases(played) + " passed, and none was left out."
	}
	switch s.NotOffered {
	case 0:
		return said
	case 1:
		return said + " 1 more was not offered."
	}
	return fmt.Sprintf("%s %d more were not offered.", said, s.NotOffered)
}

func cases(n int) string {
	if n == 1 {
		return "1 case"
	}
	return fmt.Sprintf("%d cases", n)
}

// facts are what somebody needs to make the same run.
func (p Page) facts() []fact {
	r := p.Report
	all := []fact{
		{"Suite", r.Suite.Name + " " + r.Suite.Version}, {"Protocol", r.Protocol}, {"Data model", r.Model},
		{"Levels", joined(r.Levels)}, {"Seed", fmt.Sprint(r.Seed)},
	}
	if r.Mapping != (conformance.MappingID{}) {
		all = append(all, fact{"Mapping", r.Mapping.Name}, fact{"Digest of the mapping", r.Mapping.Digest.String()})
	}
	if p.Played != "" {
		all = append(all, fact{"Played", p.Played})
	}
	if p.Signer != "" {
		all = append(all, fact{"Signed by", p.Signer}, fact{"Signed at", p.Signed.UTC().Format(time.RFC3339)})
	}
	if p.Digest != "" {
		all = append(all, fact{"SHA-256 of the JSON report", p.Digest})
	}
	return all
}

// ledgerFacts are what the ledger says of itself, in words.
func ledgerFacts(l conformance.Ledger) []fact {
	return []fact{
		{"Ledger", l.URI}, {"Kind", l.Kind}, {"Offers", joined(l.Abilities)}, {"Does not offer", without(l.Abilities)},
		{"Largest body", fmt.Sprintf("%d bytes", l.MaxBody)}, {"Page size", fmt.Sprint(l.PageSize)},
		{"Write mode", string(l.WriteMode)}, {"Final when", l.Finality}, {"Proofs", joined(l.ProofTypes)},
		{"Marked for testing", map[bool]string{true: "yes", false: "no"}[l.ForTesting]},
	}
}

func without(abilities []driver.Ability) string {
	return joined(slices.DeleteFunc(driver.Abilities(), func(a driver.Ability) bool { return slices.Contains(abilities, a) }))
}

func joined[S ~string](items []S) string {
	if len(items) == 0 {
		return "none"
	}
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = string(item)
	}
	return strings.Join(texts, ", ")
}
