package gatewaysuite

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/ftagateway/ftagateway/conformance"
)

var pagingCases = []Case{{
	Case: conformance.Case{
		ID: "paging/listing-is-whole", Level: LevelPaging,
		Why: "An auditor who pages through a ledger must have seen everything at the end, and nothing twice.",
		Steps: []string{
			"File a dozen entries on one ledger and list them three at a time: each once, in the ledger's order.",
			"List them all at once: the same.",
		},
	}, run: listingIsWhole,
}, {
	Case: conformance.Case{
		ID: "paging/stable-while-ledgers-grow", Level: LevelPaging,
		Why: "Ledgers do not stand still while somebody reads. A page that shifts loses a record between two pages.",
		Steps: []string{
			"File some entries, list the first page, file more, and go on: what stood before comes once, and what came after it comes too.",
			"At the end, file one more and go on from the last page: it alone comes.",
		},
	}, run: stableWhileGrowing,
}, {
	Case: conformance.Case{
		ID: "paging/foreign-cursor-is-refused", Level: LevelPaging,
		Why: "A cursor from elsewhere, taken for a place here, skips records in silence.",
		Steps: []string{
			"Open a second gateway on another world, and list its records with a cursor of the first: 400, cursor-invalid, not to be tried again.",
			"Give the first one a cursor that nobody made: the same.",
			"Give the witness log such a cursor: the same.",
		},
	}, run: foreignCursor,
}, {
	Case: conformance.Case{
		ID: "paging/limits-are-kept", Level: LevelPaging,
		Why: "A client that asks for three gets three, and one that asks for a million does not bring the gateway down.",
		Steps: []string{
			"List with a limit of one: one record, and a next page.",
			"List with a limit of a million: 200 at most, and no refusal.",
			"List with a limit that is no number, or below nothing: 422, a fault that points to ?limit.",
		},
	}, run: limitsAreKept,
}, {
	Case: conformance.Case{
		ID: "paging/filters-filter", Level: LevelPaging,
		Why: "A filter that is not heeded shows too much, and one that is heeded wrongly hides records.",
		Steps: []string{
			"File an entry and a decision on it. List by ledger, by type and by event: only what fits, and what fits is there.",
			"List by a ledger that there is not: 404, no-such-ledger.",
		},
	}, run: filtersFilter,
}, {
	Case: conformance.Case{
		ID: "paging/versions-in-order", Level: LevelPaging,
		Why: "The history of an entry is its versions from the first on. One that is left out between two pages is never missed.",
		Steps: []string{
			"File an entry in four versions and list them two at a time: 1 to 4, each valid for its versions, and an empty page at the end.",
			"Ask for the second by its number: it is that one.",
		},
	}, run: versionsInOrder,
}}

// page asks for one page of a list of records.
func (c *check) page(path string) (p page) {
	c.get(path, &p)
	return p
}

// listed pages from a cursor to the end, and answers the records' ids.
func (c *check) listed(path, cursor string) (ids []string) {
	ids, _ = c.paged(path, cursor)
	return ids
}

// paged pages to the end: a page that is empty, or has none after it. last is the cursor of the last page that had one.
func (c *check) paged(path, cursor string) (ids []string, last string) {
	for {
		p := c.page(path + "&cursor=" + escaped(cursor))
		for _, r := range p.Records {
			ids = append(ids, r.ID)
		}
		if p.Next == "" {
			return ids, cursor
		}
		c.That(p.Next != cursor, "a next page that is another one", "the same cursor again")
		cursor = p.Next
	}
}

// entries files some entries on a ledger, and answers their ids.
func (c *check) entries(slug string, n int) (ids []string) {
	for range n {
		ids = append(ids, c.entry(slug).id())
	}
	return ids
}

func listingIsWhole(c *check) {
	c.Step(1)
	_, before := c.paged("/v1/records?ledger="+other+"&limit=100", "")
	ids := c.entries(other, 12)
	got := after(c.listed("/v1/records?ledger="+other+"&limit=3", before), ids)
	c.That(slices.Equal(got, ids), fmt.Sprintf("%d entries in the ledger's order, each once", len(ids)), "%d: %s", len(got), listed(got))
	c.Step(2)
	got = after(c.listed("/v1/records?ledger="+other+"&limit=100", ""), ids)
	c.That(slices.Equal(got, ids), "the same entries", "%d: %s", len(got), listed(got))
}

// after leaves out of a list what others wrote.
func after(got, ours []string) (out []string) {
	for _, id := range got {
		if slices.Contains(ours, id) {
			out = append(out, id)
		}
	}
	return out
}

func stableWhileGrowing(c *check) {
	c.Step(1)
	path := "/v1/records?ledger=" + other + "&limit=3"
	ids := c.entries(other, 7)
	first := c.page(path)
	c.That(len(first.Records) == 3 && first.Next != "", "a page of three, and one after it", "%d records, next %q", len(first.Records), first.Next)
	ids = append(ids, c.entries(other, 4)...)
	var got []string
	for _, r := range first.Records {
		got = append(got, r.ID)
	}
	rest, _ := c.paged(path, first.Next)
	got = after(append(got, rest...), ids)
	c.That(slices.Equal(got, ids), "each entry once, those that came later after the others", "%d of %d: %s", len(got), len(ids), listed(got))
	c.Step(2)
	_, end := c.paged(path, "")
	last := c.entry(other).id()
	more := c.listed(path, end)
	c.That(len(more) > 0 && more[len(more)-1] == last && len(more) <= 4, "what came since the last page", "%d: %s", len(more), listed(more))
}

func foreignCursor(c *check) {
	c.Step(1)
	c.entries(trade, 2)
	cursor := c.page("/v1/records?limit=1").Next
	c.That(cursor != "", "a next page", "none")
	c.elsewhere(func(g *Gateway) {
		p := c.problem(c.doAt(g, get("/v1/records?cursor="+escaped(cursor))), http.StatusBadRequest, "cursor-invalid")
		c.That(!p.retryable(), "not to be tried again", "retryable")
	})
	c.Step(2)
	c.problem(c.do(get("/v1/records?cursor=nobody-made-this")), http.StatusBadRequest, "cursor-invalid")
	c.Step(3)
	c.problem(c.do(get("/v1/witness?after=nobody-made-this")), http.StatusBadRequest, "cursor-invalid")
}
