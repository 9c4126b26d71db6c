package faulty

import (
	"net/http"
	"slices"
)

var eventFaults = []Fault{{
	Name: "events-newest-first", Breaks: "Tells the newest event of a page first.",
	Caught: "events/each-once-in-order",
	bend:   func(b *bent) { b.edit(func(o object) { reverse(o, "events") }) },
}, {
	Name: "events-not-judged", Breaks: "Tells of each event that nothing is known of its record.",
	Caught: "events/each-once-in-order",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if o["cursor"] != nil {
				o["outcome"] = "undetermined"
			}
		})
	},
}, {
	Name: "cursor-of-the-page", Breaks: "Gives every event the cursor of its page's end.",
	Caught: "events/resume-after-cursor",
	bend: func(b *bent) {
		b.edit(func(o object) {
			all, _ := o["events"].([]any)
			for _, e := range all {
				e.(object)["cursor"] = o["next"]
			}
		})
	},
}, {
	Name: "wait-not-heeded", Breaks: "Answers at once that nothing is new.",
	Caught: "events/wait-is-heeded",
	bend: func(b *bent) {
		b.asked = func(q *question) {
			if wait := q.URL.Query().Get("wait"); wait == "1" || wait == "20" {
				q.unset("wait")
			}
		}
	},
}, {
	Name: "any-wait-is-taken", Breaks: "Waits for what is no number of seconds.",
	Caught: "events/wait-is-heeded",
	bend: func(b *bent) {
		b.asked = func(q *question) {
			if q.URL.Query().Get("wait") == "soon" {
				q.unset("wait")
			}
		}
	},
}, {
	Name: "unknown-cursor-is-now", Breaks: "Goes on from now where a cursor means nothing to it.",
	Caught: "events/unknown-cursor-is-a-problem",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.question.on("/v1/events") && a.tells("/cursor-invalid") {
				a.status, a.body = http.StatusOK, []byte(`{"events":[],"next":"now","sources":[]}`)
			}
		}
	},
}, {
	Name: "begun-anew-not-told-which", Breaks: "Does not say which ledger a cursor is not of.",
	Caught: "events/unknown-cursor-is-a-problem",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if o["retryable"] != nil {
				delete(o, "ledger")
			}
		})
	},
}, {
	Name: "sick-ledger-left-behind", Breaks: "Tells nothing more of a ledger that it could not ask once.",
	Caught: "events/a-sick-ledger-keeps-its-place",
	bend:   leftBehind,
}}

// leftBehind tells nothing more of a ledger that it could not ask once.
func leftBehind(b *bent) {
	var left []any
	b.edit(func(o object) {
		if o["state"] == "unavailable" {
			left = append(left, o["ledger"])
		}
		if all, ok := o["events"].([]any); ok {
			o["events"] = slices.DeleteFunc(all, func(e any) bool { return slices.Contains(left, e.(object)["ledger"]) })
		}
	})
}
