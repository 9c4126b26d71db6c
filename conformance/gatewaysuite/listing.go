package gatewaysuite

import (
	"fmt"
	"net/http"
	"slices"
)

func limitsAreKept(c *check) {
	c.entries(other, 2)
	c.Step(1)
	p := c.page("/v1/records?ledger=" + other + "&limit=1")
	c.That(len(p.Records) == 1 && p.Next != "", "one record, and a next page", "%d records, next %q", len(p.Records), p.Next)
	c.Step(2)
	p = c.page("/v1/records?limit=1000000")
	c.That(len(p.Records) <= 200, "200 records at most", "%d", len(p.Records))
	c.Step(3)
	for _, limit := range []string{"three", "-1", "1e9"} {
		q := c.problem(c.do(get("/v1/records?limit="+limit)), http.StatusUnprocessableEntity, "invalid")
		c.points(q, "?limit")
	}
}

func filtersFilter(c *check) {
	c.Step(1)
	entry := c.entry(trade)
	no := c.rejection(entry)
	for query, want := range map[string]func(shown) bool{
		"ledger=" + cbp:         func(s shown) bool { return s.Ledger == cbp },
		"type=EntryDisposition": func(s shown) bool { return s.Type == "EntryDisposition" },
		"event=reject":          func(s shown) bool { return s.Event == "reject" },
	} {
		there := c.fitting("/v1/records?limit=100&"+query, want)
		c.That(slices.Contains(there, no.id()) && !slices.Contains(there, entry.id()), "the decision and not the entry, by "+query,
			"decision %t, entry %t", slices.Contains(there, no.id()), slices.Contains(there, entry.id()))
	}
	c.Step(2)
	c.problem(c.do(get("/v1/records?ledger=nowhere")), http.StatusNotFound, "no-such-ledger")
}

// fitting lists records that must all fit.
func (c *check) fitting(path string, fits func(shown) bool) (ids []string) {
	for cursor := ""; ; {
		p := c.page(path + "&cursor=" + escaped(cursor))
		for _, r := range p.Records {
			c.That(fits(r), "only records that fit "+path, "%s %s on %s", r.Type, r.Event, r.Ledger)
			ids = append(ids, r.ID)
		}
		if p.Next == "" || p.Next == cursor {
			return ids
		}
		cursor = p.Next
	}
}

func versionsInOrder(c *check) {
	c.Step(1)
	all := c.refiled(4)
	path := "/v1/ledgers/" + trade + "/records/" + all[0].id() + "/versions"
	got, want := c.versions(path), []uint64{1, 2, 3, 4}
	c.That(slices.Equal(got, want), "versions 1 to 4", "%s", asJSON(got))
	c.Step(2)
	var second shown
	c.get(path+"/2", &second)
	c.That(second.Version == 2 && same(second.Record, all[1].record.Bytes), "the second version", "%s", describe(&second))
}

// versions pages through a record's versions, and expects each to be valid in its place.
func (c *check) versions(path string) (got []uint64) {
	for after := uint64(0); ; {
		var p struct{ Versions []shown }
		c.get(fmt.Sprintf("%s?limit=2&after=%d", path, after), &p)
		if len(p.Versions) == 0 {
			return got
		}
		c.That(len(p.Versions) <= 2 && p.Versions[0].Version > after, "a page of two at most, after version "+fmt.Sprint(after),
			"%d versions from %d", len(p.Versions), p.Versions[0].Version)
		for i := range p.Versions {
			c.says(&p.Versions[i], valid, checkVersions)
			got, after = append(got, p.Versions[i].Version), p.Versions[i].Version
		}
	}
}
