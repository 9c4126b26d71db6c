package faulty

import "net/http"

var pagingFaults = []Fault{{
	Name: "last-page-dropped", Breaks: "Ends a list with its last whole page.",
	Caught: "paging/listing-is-whole",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if all, ok := o["records"].([]any); ok && o["next"] == nil {
				o["records"] = all[:0]
			}
		})
	},
}, {
	Name: "page-begins-with-the-last", Breaks: "Begins each page with the record that the page before ended with.",
	Caught: "paging/listing-is-whole",
	bend:   pageBeginsWithTheLast,
}, {
	Name: "cursor-is-a-number", Breaks: "Counts pages from the end of the ledger, which moves.",
	Caught: "paging/stable-while-ledgers-grow",
	bend:   newestFirst,
}, {
	Name: "foreign-cursor-begins-anew", Breaks: "Begins at the first page where a cursor means nothing to it.",
	Caught: "paging/foreign-cursor-is-refused",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.tells("/cursor-invalid") {
				a.status, a.body = http.StatusOK, []byte(`{"records":[],"entries":[],"sources":[]}`)
			}
		}
	},
}, {
	Name: "limit-not-heeded", Breaks: "Gives pages of its own size to everybody.",
	Caught: "paging/limits-are-kept",
	bend:   func(b *bent) { b.asked = func(q *question) { q.unset("limit") } },
}, {
	Name: "limit-guessed", Breaks: "Takes a limit that is no number for none.",
	Caught: "paging/limits-are-kept",
	bend: func(b *bent) {
		b.asked = func(q *question) {
			if limit := q.URL.Query().Get("limit"); limit == "three" || limit == "-1" {
				q.unset("limit")
			}
		}
	},
}, {
	Name: "filter-not-heeded", Breaks: "Lists records of every type, whatever is asked for.",
	Caught: "paging/filters-filter",
	bend:   func(b *bent) { b.asked = func(q *question) { q.unset("type") } },
}, {
	Name: "newest-version-first", Breaks: "Lists versions from the newest to the oldest.",
	Caught: "paging/versions-in-order",
	bend:   func(b *bent) { b.edit(func(o object) { reverse(o, "versions") }) },
}, {
	Name: "version-ignored", Breaks: "Answers the newest version, whichever is asked for.",
	Caught: "paging/versions-in-order",
	bend: func(b *bent) {
		b.asked = func(q *question) { q.URL.Path, q.URL.RawPath = before(q.URL.Path, "/versions/2"), "" }
	},
}}

// pageBeginsWithTheLast repeats a record.
func pageBeginsWithTheLast(b *bent) {
	var last any
	b.edit(func(o object) {
		all, ok := o["records"].([]any)
		if !ok || len(all) == 0 {
			return
		}
		if last != nil {
			o["records"] = append([]any{last}, all...)
		}
		last = all[len(all)-1]
	})
}

// newestFirst passes over one record whenever a page is asked for that is not the first.
func newestFirst(b *bent) {
	b.say = func(a *said) {
		if a.question.URL.Query().Get("cursor") == "" {
			return
		}
		a.edit(func(o object) {
			if all, ok := o["records"].([]any); ok && len(all) > 1 {
				o["records"] = all[1:]
			}
		})
	}
}

func reverse(o object, name string) {
	all, ok := o[name].([]any)
	for i := 0; ok && i < len(all)/2; i++ {
		all[i], all[len(all)-1-i] = all[len(all)-1-i], all[i]
	}
}
