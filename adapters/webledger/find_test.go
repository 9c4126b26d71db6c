package webledger_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

func TestFindLeadsFromLookupsAndLinksToKeys(t *testing.T) {
	s, a, b := newStandIn(t), newID(), newID()
	s.history(a, 2)
	s.history(b, 1)
	l := s.open(t)
	for value, want := range map[string][]string{
		lookupOf(a): {a}, linkOf(a): {a}, lookupOf(b): {b}, "certificate": nil, a: nil, "": nil, "EntrySummary": nil,
	} {
		for _, name := range []string{"lookup", "link", "anything"} {
			keys, next, err := l.Find(within(t), driver.Lookup{Name: name, Value: value}, "", 0)
			if err != nil || next != "" || !slices.Equal(keys, want) {
				t.Errorf("%s %q: found %v, %q, %v", name, value, keys, next, err)
			}
		}
	}
}

// A value that an older version held still leads to the record.
func TestFindLooksIntoEveryVersion(t *testing.T) {
	s, key := newStandIn(t), newID()
	before, after := record(key, 1), record(key, 2)
	after["lookups"] = []any{"uNew"}
	s.block(s.create(before))
	s.block(s.update(before, after, 0))
	l := s.open(t)
	for _, value := range []string{lookupOf(key), "uNew"} {
		if keys, _, err := l.Find(within(t), driver.Lookup{Value: value}, "", 0); err != nil || !slices.Equal(keys, []string{key}) {
			t.Errorf("%q: found %v, %v", value, keys, err)
		}
	}
}

// Pages are cut where the caller asks, and stay while the ledger grows below them.
func TestFindGivesPagesInTheOrderOfTheChain(t *testing.T) {
	s := newStandIn(t)
	var want []string
	write := func() {
		r := record(newID(), 1)
		r["lookups"] = []any{"uShared"}
		s.block(s.create(r))
		want = append(want, r["id"].(string))
	}
	for range 5 {
		write()
	}
	l := s.open(t)
	var got []string
	for page := ""; ; {
		keys, next, err := l.Find(within(t), driver.Lookup{Value: "uShared"}, page, 2)
		if err != nil || len(keys) > 2 {
			t.Fatal(keys, err)
		}
		if got = append(got, keys...); next == "" {
			break
		}
		if page == "" {
			write()
		}
		page = next
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	_, _, err := l.Find(within(t), driver.Lookup{Value: "uShared"}, "no page", 2)
	wantCode(t, err, driver.Invalid)
}

func TestTheMappingSaysWhereToLook(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.block(s.create(ld.Object{"id": key, "a/b": []any{ld.Object{"x": "deep"}, "flat"}, "~": "tilde", "lookups": []any{"uDefault"}}))
	for _, c := range []struct {
		native string
		value  string
		found  bool
	}{
		{``, "uDefault", true}, {`{"index":[]}`, "uDefault", false}, {`{"index":["/a~1b/*/x"]}`, "deep", true},
		{`{"index":["/a~1b/*"]}`, "flat", true}, {`{"index":["/~0"]}`, "tilde", true}, {`{"index":["/*"]}`, "tilde", true},
		{`{"index":["/a~1b/*/*"]}`, "deep", true}, {`{"index":["/a~1b"]}`, "flat", false},
	} {
		t.Run(fmt.Sprintf("%s %s", c.native, c.value), func(t *testing.T) {
			l, err := driver.Open(within(t), s.url(), driver.Env{Store: newTable(), Native: json.RawMessage(c.native)})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			keys, _, err := l.Find(within(t), driver.Lookup{Value: c.value}, "", 0)
			if err != nil || (len(keys) == 1) != c.found {
				t.Errorf("found %v, %v", keys, err)
			}
		})
	}
}

// Two mappings on one store do not disturb each other.
func TestAnotherMappingHasAnIndexOfItsOwn(t *testing.T) {
	s, key, kv := newStandIn(t), newID(), newTable()
	s.history(key, 1)
	for native, want := range map[string]int{`{"index":["/type"]}`: 1, `{"index":["/lookups/*"]}`: 0} {
		l, err := driver.Open(within(t), s.url(), driver.Env{Store: kv, Native: json.RawMessage(native)})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if keys, _, err := l.Find(within(t), driver.Lookup{Value: "EntrySummary"}, "", 0); err != nil || len(keys) != want {
			t.Errorf("%s: found %v, %v", native, keys, err)
		}
	}
}

func TestSettingsThatCanNeverWork(t *testing.T) {
	for _, c := range []struct{ url, native string }{
		{"webledger+http:///", ""}, {"webledger+http://user@host", ""}, {"webledger+http://host#x", ""}, {"webledger+http:host", ""},
		{"webledger+http://host?ledger=x", ""}, {"webledger+http://host?testing=maybe", ""}, {"webledger+http://host?tseting=1", ""},
		{"webledger+http://host", `{"idnex":[]}`}, {"webledger+http://host", `[]`}, {"webledger+http://host", `{"index":["lookups"]}`},
		{"webledger+http://host", `{"index":[1]}`},
	} {
		_, err := driver.Open(within(t), c.url, driver.Env{Store: newTable(), Native: json.RawMessage(c.native)})
		if driver.CodeOf(err) != driver.Invalid {
			t.Errorf("%s %s: %v", c.url, url.QueryEscape(c.native), err)
		}
	}
	_, err := driver.Open(within(t), "webledger+http://host", driver.Env{})
	wantCode(t, err, driver.Invalid)
}
