package conformance

import (
	"fmt"
	"math"
	"strconv"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var versionsCases = []Case{{
	ID: "read/versions-oldest-first", Level: LevelRead, Needs: []Need{NeedHistory, needVersions},
	Why: "Each version names the digest of the one before. Out of order, or with one missing, an honest history is judged " +
		"as a forged one.",
	Steps: []string{"Ask for the versions of a key: each that was written, from 1 on, without gaps."},
	run:   versionsOldestFirst,
}, {
	ID: "read/versions-agree-with-get", Level: LevelRead, Needs: []Need{NeedHistory, needVersions},
	Why:   "Two ways to the same entry must not tell two stories: which one is then believed is chance.",
	Steps: []string{"Hold each version of a page against get of it: body, author and position are the same."},
	run:   versionsAgreeWithGet,
}, {
	ID: "read/versions-in-pages", Level: LevelRead, Needs: []Need{NeedHistory, needVersions},
	Why: "Long histories come in pages. One lost between two pages is a gap that nobody made.",
	Steps: []string{
		"Read a key's versions one a page, going on after the last: no page holds more than one, none is missing or repeated.",
		"Do the same two a page.",
		"Ask for more than pageSize: no more than pageSize come.",
	},
	run: versionsInPages,
}, {
	ID: "read/versions-end-empty", Level: LevelRead, Needs: []Need{NeedHistory, needVersions},
	Why: "Whoever reads page by page stops at the empty one. An error there looks like a broken history.",
	Steps: []string{
		"Ask for versions after the newest one: an empty page and no error.",
		"Ask for versions after the highest that a number can say: the same.",
	},
	run: versionsEndEmpty,
}, {
	ID: "read/versions-of-absent-is-not-found", Level: LevelRead, Needs: []Need{needVersions},
	Why:   "An empty page says that a key has no more versions. A key that was never written is another thing.",
	Steps: []string{"Draw a key that nobody wrote and ask for its versions: not-found."},
	run:   versionsOfAbsent,
}}

func versionsOldestFirst(c *check) {
	want := c.history().longest()
	c.step(1)
	c.listedAs(c.pages(want[0].Key, 0, 0), want)
}

// listedAs expects a list of entries, in order.
func (c *check) listedAs(got, want []*driver.Entry) {
	c.that(numbers(got) == numbers(want), "versions "+numbers(want), "%s", numbers(got))
	for i := range got {
		c.written(got[i], want[i], fmt.Sprintf("place %d of the list", i+1))
	}
}

// numbers lists the versions of entries.
func numbers(entries []*driver.Entry) string {
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = strconv.FormatUint(e.Version, 10)
	}
	return listed(out)
}

// pages reads versions page by page until one is empty. A page that does not move on ends it, for it would not end.
func (c *check) pages(key string, after uint64, limit int) []*driver.Entry {
	var all []*driver.Entry
	for {
		page := c.versions(key, after, limit)
		c.that(limit < 1 || len(page) <= limit, fmt.Sprintf("a page of %d at most", limit), "%d", len(page))
		if len(page) == 0 {
			return all
		}
		all = append(all, page...)
		last := page[len(page)-1].Version
		c.that(last > after, fmt.Sprintf("a page ends above version %d", after), "at %d", last)
		after = last
	}
}

func versionsAgreeWithGet(c *check) {
	past := c.history()
	c.step(1)
	for _, e := range c.pages(past.longest()[0].Key, 0, 0) {
		c.same(e, c.get(driver.Ref{Key: e.Key, Version: e.Version}), fmt.Sprintf("versions, of version %d,", e.Version))
	}
}

func versionsInPages(c *check) {
	want := c.history().longest()
	for limit := 1; limit <= 2; limit++ {
		c.step(limit)
		c.listedAs(c.pages(want[0].Key, 0, limit), want)
	}
	c.step(3)
	most := c.session.described.PageSize
	page := c.versions(want[0].Key, 0, math.MaxInt32)
	c.that(len(page) <= most, fmt.Sprintf("%d entries at most", most), "%d", len(page))
}

func versionsEndEmpty(c *check) {
	newest := c.history().newest()[0]
	for i, after := range []uint64{newest.Version, math.MaxUint64} {
		c.step(i + 1)
		page := c.versions(newest.Key, after, 0)
		c.that(len(page) == 0, "an empty page", "%d entries", len(page))
	}
}

func versionsOfAbsent(c *check) {
	key := c.key()
	c.step(1)
	_, err := c.ledger().Versions(c.ctx, key, 0, 0)
	c.code(err, "versions of a key that nobody wrote", driver.NotFound)
}
