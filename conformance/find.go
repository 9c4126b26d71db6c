package conformance

import (
	"fmt"
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var findCases = []Case{{
	ID: "read/find-leads-to-every-key", Level: LevelRead, Needs: []Need{NeedWrites, needFind},
	Why: "Customs opens an entry by its number, which only a lookup leads from. A key that is not found is a filing that " +
		"customs does not know of.",
	Steps: []string{
		"Find by a lookup that four keys were written with, one of them in three versions: each of the four, once.",
		"Write a key with two lookups and find by the second: that key alone.",
	},
	run: findLeadsToEveryKey,
}, {
	ID: "read/find-nothing-is-an-empty-page", Level: LevelRead, Needs: []Need{needFind},
	Why:   "A lookup names no thing that could be absent. Told as not-found, nothing found and no answer look alike.",
	Steps: []string{"Find by a lookup that nothing was written with: no keys, no next page, no error."},
	run:   findNothing,
}, {
	ID: "read/find-in-pages", Level: LevelRead, Needs: []Need{NeedWrites, needFind},
	Why: "A key lost between pages is a filing that is not seen; one repeated is counted twice.",
	Steps: []string{
		"Find four keys one a page: no page holds more than one, each key comes once, and the last page has no next.",
		"Do the same three a page.",
		"Find them on one page, twice: the same keys in the same order.",
	},
	run: findInPages,
}, {
	ID: "read/find-stays-while-the-ledger-grows", Level: LevelRead, Needs: []Need{NeedWrites, needFind},
	Why: "Filings come in while somebody turns pages. What stood on a page must not move to one already turned.",
	Steps: []string{
		"Write three keys with a lookup, and take the first page of two.",
		"Write a fourth key with it, and a new version of the first.",
		"Take the remaining pages: with the first page they hold the three keys, each once, in their order; the fourth may " +
			"follow.",
		"Find again from the beginning: the three in the same order, and the fourth.",
	},
	run: findWhileGrowing,
}}

// find expects a page of keys.
func (c *check) find(lookup driver.Lookup, page string, limit int) ([]string, string) {
	keys, next, err := c.ledger().Find(c.ctx, lookup, page, limit)
	c.must(err, "find")
	c.that(limit < 1 || len(keys) <= limit, fmt.Sprintf("a page of %d at most", limit), "%d", len(keys))
	return keys, next
}

// findAll turns pages from one on to the last. Pages may be empty, but not without end.
func (c *check) findAll(lookup driver.Lookup, page string, limit int) []string {
	var all []string
	for range 1000 {
		keys, next := c.find(lookup, page, limit)
		all = append(all, keys...)
		if next == "" {
			return all
		}
		page = next
	}
	c.fail("pages come to an end", "1000 pages, and a next one")
	return nil
}

// eachOnce expects a list to hold these keys, each once, in whatever order.
func (c *check) eachOnce(got, want []string) {
	sortedGot, sortedWant := slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	c.that(slices.Equal(sortedGot, sortedWant), fmt.Sprintf("each once: %s", listed(sortedWant)), "%s", listed(sortedGot))
}

func findLeadsToEveryKey(c *check) {
	past := c.history()
	c.step(1)
	c.eachOnce(c.findAll(past.lookup, "", 0), past.keys())
	c.step(2)
	other := newLookup(c.rand)
	w := c.firstVersion(newLookup(c.rand), other)
	c.write(w)
	c.eachOnce(c.findAll(other, "", 0), []string{w.Key})
}

func findNothing(c *check) {
	c.step(1)
	keys, next := c.find(newLookup(c.rand), "", 0)
	c.that(len(keys) == 0 && next == "", "no keys and no next page", "%s, next %q", listed(keys), next)
}

func findInPages(c *check) {
	past := c.history()
	for i, limit := range []int{1, 3} {
		c.step(i + 1)
		c.eachOnce(c.findAll(past.lookup, "", limit), past.keys())
	}
	c.step(3)
	first, again := c.findAll(past.lookup, "", 0), c.findAll(past.lookup, "", 0)
	c.that(slices.Equal(first, again), listed(first), "%s", listed(again))
}

func findWhileGrowing(c *check) {
	lookup := newLookup(c.rand)
	c.step(1)
	writes := []*driver.Write{c.firstVersion(lookup), c.firstVersion(lookup), c.firstVersion(lookup)}
	for _, w := range writes {
		c.write(w)
	}
	before := c.findAll(lookup, "", 0)
	c.eachOnce(before, []string{writes[0].Key, writes[1].Key, writes[2].Key})
	got, next := c.find(lookup, "", 2)
	c.step(2)
	fourth := c.firstVersion(lookup)
	c.write(fourth)
	second := c.nextVersion(writes[0])
	second.Body, second.Lookups = c.body(second.Key, lookup), writes[0].Lookups
	c.write(second)
	c.step(3)
	if next != "" {
		got = append(got, c.findAll(lookup, next, 2)...)
	}
	after := append(slices.Clone(before), fourth.Key)
	c.that(slices.Equal(got, before) || slices.Equal(got, after), listed(before)+", with or without the fourth", "%s", listed(got))
	c.step(4)
	again := c.findAll(lookup, "", 0)
	c.that(slices.Equal(without(again, fourth.Key), before), listed(before)+" in this order", "%s", listed(again))
	c.eachOnce(again, after)
}

func without(keys []string, key string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k == key })
}
