package translate_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate"
)

func deriveError(m *translate.Mapping, body string) (*translate.Derived, schemas.Faults) {
	d, err := m.Derive(&driver.Entry{Key: "K", Body: []byte(body)}, "urn:fabric:abc")
	var faults schemas.Faults
	errors.As(err, &faults)
	return d, faults
}

// What cannot be translated names the model's place, the ledger's, the line of the mapping and the rule. Never a guess.
func TestWhatCannotBeTranslatedSaysWhere(t *testing.T) {
	m := load(t, "status.yaml", translate.Options{Keys: keys(t, newStore())})
	for name, c := range map[string]struct{ body, pointer, value, rule, line string }{
		"a code without a row":      {`{"docType":"entry","status":"LOST"}`, "/event", `"LOST"`, "a row in the table (native /status)", ":10"},
		"a code of another kind":    {`{"docType":"entry","status":{"a":1}}`, "/event", "{1 members}", "a row in the table (native /status)", ":10"},
		"a required one is missing": {`{"docType":"entry"}`, "/event", "", "must be there (native /status)", ":10"},
		"a null is missing":         {`{"docType":"entry","status":null}`, "/event", "", "must be there (native /status)", ":10"},
		"another constant":          {`{"docType":"certificate","status":"FILED"}`, "", `"certificate"`, `must be "entry"`, ":9"},
		"no whole second":           {`{"docType":"entry","status":"FILED","changed":1795132800.5}`, "/issued", "1795132800.5", "whole number", ":11"},
		"a time out of any calendar": {`{"docType":"entry","status":"FILED","changed":-99999999999}`, "/issued", "-99999999999", "1900 to 2199",
			":11"},
		"no list":                    {`{"docType":"entry","status":"REJECTED","rejection":{"codes":"004"}}`, "/reason", `"004"`, "must be a list", ":12"},
		"a value that no model has":  {`{"docType":"entry","status":"REJECTED","rejection":{"codes":[{"code":"777"}]}}`, "/reason/0", `"777"`, "(native /rejection/codes/*/code)", ":15"},
		"an item that says nothing":  {`{"docType":"entry","status":"REJECTED","rejection":{"codes":[{}]}}`, "/reason/0", "", "", ":15"},
		"a link without its version": {`{"docType":"entry","status":"FILED","certificates":[{"key":"C1","version":"x"}]}`, "/links/0/version", `"x"`, "digits", ":21"},
		"a link without its key":     {`{"docType":"entry","status":"FILED","certificates":[{"key":""}]}`, "/links/0/id", `""`, "key of this ledger", ":20"},
		"no JSON":                    {`FILED`, "", "", "", ""},
		"a list":                     {`[]`, "", "", "", ""},
		"nothing":                    {``, "", "", "", ""},
	} {
		d, faults := deriveError(m, c.body)
		if d != nil || len(faults) == 0 {
			t.Errorf("%s: %+v, %v; want faults", name, d, faults)
			continue
		}
		f := faults[0]
		if f.Pointer != c.pointer || c.value != "" && f.Value != c.value || !strings.Contains(f.Rule, c.rule) || !strings.HasSuffix(f.Source, c.line) {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if _, err := m.Derive(&driver.Entry{Key: "K", Deleted: true}, ""); err == nil {
		t.Error("a deleted entry was read")
	}
}

// A null is no value of the model, also where all of a part is copied with what it holds.
func TestANullIsNoValueOfTheModel(t *testing.T) {
	m, err := translate.Parse("acme.yaml", status("{model: /reason, native: /why}", "  - {model: /links, native: /refs}\n"), translate.Options{Keys: keys(t, newStore())})
	if err != nil {
		t.Fatal(err)
	}
	for body, at := range map[string]string{
		`{"step":"file","why":[null]}`:                                                   "/reason/0",
		`{"step":"file","refs":[{"rel":null,"id":"` + id + `"}]}`:                        "/links/0/rel",
		`{"step":"file","refs":[null]}`:                                                  "/links/0",
		`{"step":"file","refs":{"rel":"certificate"}}`:                                   "/links",
		`{"step":"file","refs":[{"rel":"certificate","id":"` + id + `","version":1.5}]}`: "/links/0/version",
	} {
		_, faults := deriveError(m, body)
		if len(faults) == 0 || faults[0].Pointer != at || strings.Contains(faults.Error(), "Go ") {
			t.Errorf("%s: %v, want a fault at %s", body, faults, at)
		}
	}
}

// A foreign link names a key of the ledger, which may tell something: the model has an id for it, and the way back.
func TestLinksByForeignKeysBecomeIDs(t *testing.T) {
	k := keys(t, newStore())
	m := load(t, "status.yaml", translate.Options{Keys: k})
	d, faults := deriveError(m, `{"docType":"entry","status":"FILED","certificates":[{"key":"CERT-7","version":"2"}],"memo":"ignored"}`)
	if len(faults) > 0 || len(d.Links) != 1 {
		t.Fatalf("%+v, %v", d, faults)
	}
	l := d.Links[0]
	if u, err := uuid.Parse(l.ID); err != nil || u.Version() != 8 || l.Version != 2 || l.Rel != "certificate" {
		t.Errorf("link %+v", l)
	}
	if key, err := k.Key(l.ID); err != nil || key != "CERT-7" {
		t.Errorf("back to %q, %v", key, err)
	}
	body, _, err := m.Render(d)
	if err != nil || !strings.Contains(string(body), `"key":"CERT-7"`) || strings.Contains(string(body), "memo") {
		t.Errorf("written as %s, %v", body, err)
	}
}

func TestAMappingThatDoesNotIgnoreRefusesWhatItDoesNotName(t *testing.T) {
	m, err := translate.Parse("acme.yaml", status("{model: /reason, native: /why}", ""), translate.Options{Keys: keys(t, newStore())})
	if err != nil {
		t.Fatal(err)
	}
	for body, at := range map[string]string{
		`{"step":"file","memo":"x"}`:                          "/memo",
		`{"step":"file","document":{"entryNumber":"ABC"}}`:    "/document",
		`{"step":"file","memo":[{"a":1}]}`:                    "/memo",
		`{"step":"file","` + strings.Repeat("a", 50) + `":1}`: "/" + strings.Repeat("a", 50),
	} {
		_, faults := deriveError(m, body)
		if len(faults) != 1 || faults[0].Value != `"`+at+`"` || strings.Contains(faults[0].Rule, at) {
			t.Errorf("%s: %v", body, faults)
		}
	}
}

// A hostile body costs no more than its length allows: twice the body takes about twice the time, and never long.
func TestHostileBodiesEndSoon(t *testing.T) {
	m := load(t, "status.yaml", translate.Options{Keys: keys(t, newStore())})
	strict, err := translate.Parse("acme.yaml", status("{model: /reason, native: /why}", ""), translate.Options{Keys: keys(t, newStore())})
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"as many items as fit":         `{"docType":"entry","status":"FILED","rejection":{"codes":[` + strings.Repeat("{},", 150_000) + `{}]}}`,
		"as many links as fit":         `{"docType":"entry","status":"FILED","certificates":[` + strings.Repeat(`{"version":"x"},`, 90_000) + `{}]}`,
		"as many unknown names":        `{"a":[` + strings.Repeat("1,", 190_000) + `1]}`,
		"one name as long as fits":     `{"` + strings.Repeat("n", 4<<20) + `":{"a":1,"b":2}}`,
		"many under a long name":       `{"` + strings.Repeat("n", 1<<20) + `":[` + strings.Repeat(`{"x":1},`, 90_000) + `1]}`,
		"as deep as fits":              strings.Repeat(`{"a":`, 31) + "1" + strings.Repeat("}", 31),
		"deeper than fits":             strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000),
		"longer than fits":             `{"a":"` + strings.Repeat("x", 9<<20) + `"}`,
		"a value as long as it can be": `{"docType":"entry","status":"` + strings.Repeat("x", 7<<20) + `"}`,
	} {
		began := time.Now()
		_, loose := deriveError(m, body)
		_, faults := deriveError(strict, body)
		if len(loose) == 0 || len(faults) == 0 || len(loose) > schemas.MaxFaults {
			t.Errorf("%s: taken, or %d faults", name, len(loose))
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
		if testing.Verbose() {
			t.Log(name, time.Since(began))
		}
	}
}

// Twice the body takes twice the memory: counted in allocations, not timed.
func TestMemoryIsLinearInTheBody(t *testing.T) {
	m := load(t, "contract.yaml", translate.Options{})
	allocations := func(links int) float64 {
		body := linkedBody(t, m, links)
		return testing.AllocsPerRun(3, func() {
			if _, err := m.Record(&driver.Entry{Body: body}); err != nil {
				t.Fatal(err)
			}
		})
	}
	few, many := allocations(200), allocations(800)
	if many > 4.5*few {
		t.Errorf("%.0f allocations for 200 links, and %.0f for four times as many", few, many)
	}
}

// linkedBody is a record of so many links in the contract's own shape.
func linkedBody(t testing.TB, m *translate.Mapping, links int) []byte {
	t.Helper()
	r := sign(t).Record
	r.Links, r.Proof = nil, nil
	for range links {
		r.Links = append(r.Links, model.Link{Rel: "certificate", ID: model.NewID(), Ledger: trade, Version: 1, Digest: r.Digest})
	}
	p, err := model.SignRecord(r, signer)
	if err != nil {
		t.Fatal(err)
	}
	body, _, err := m.Body(p)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func BenchmarkRecordThroughMapping(b *testing.B) {
	m := load(b, "contract.yaml", translate.Options{})
	for _, links := range []int{1, 100} {
		body := linkedBody(b, m, links)
		b.Run(fmt.Sprintf("links=%d", links), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				if _, err := m.Record(&driver.Entry{Body: body}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A mapping cannot make much of little: constants in every item of a list are counted.
func TestAHostileMappingSpendsABudget(t *testing.T) {
	var parts strings.Builder
	for i := range 40 {
		fmt.Fprintf(&parts, "      - {native: /c%d, const: %s}\n", i, strings.Repeat("x", 10_000))
	}
	m, err := translate.Parse("acme.yaml", []byte(head+"  - model: /links\n    native: /refs\n    each:\n      - {model: /rel, native: /r}\n      - {model: /id, native: /i}\n"+parts.String()), translate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := &translate.Derived{Type: "EntrySummary", Links: make([]translate.DerivedLink, 900)}
	for i := range d.Links {
		d.Links[i] = translate.DerivedLink{Rel: "certificate", ID: id}
	}
	if _, _, err := m.Render(d); err == nil || !strings.Contains(err.Error(), "must be smaller") {
		t.Errorf("%v, want the budget", err)
	}
}
