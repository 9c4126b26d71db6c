package faulty

import (
	"bytes"
	"net/http"
	"time"
)

var outageFaults = []Fault{{
	Name: "down-is-not-found", Breaks: "Answers 404 where a ledger could not be asked.",
	Caught: "outage/not-found-so-far",
	bend:   func(b *bent) { b.say = notFoundForSoFar },
}, {
	Name: "ledgers-not-named", Breaks: "Says that some ledgers could not be asked, and not which.",
	Caught: "outage/not-found-so-far",
	bend:   func(b *bent) { b.edit(func(o object) { delete(o, "ledgers") }) },
}, {
	Name: "garbage-is-not-found", Breaks: "Takes an answer that it cannot read for an empty one.",
	Caught: "outage/garbage-is-no-answer",
	bend:   func(b *bent) { b.say = notFoundForSoFar },
}, {
	Name: "down-is-left-out", Breaks: "Answers from the ledgers that it could ask, as if there were no others.",
	Caught: "outage/a-ledger-down-is-named",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if o["state"] == "unavailable" {
				o["state"] = "absent"
			}
		})
	},
}, {
	Name: "down-is-invalid", Breaks: "Calls an entry invalid where a ledger could not be asked.",
	Caught: "outage/a-ledger-down-is-named",
	bend:   func(b *bent) { b.edit(undeterminedEntry("invalid")) },
}, {
	Name: "waits-for-the-silent", Breaks: "Waits for a ledger that does not answer for as long as its client waits.",
	Caught: "outage/a-silent-ledger-costs-its-budget",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.tells(`"error":"deadline-exceeded"`) {
				hold(a.question, longerThanPatience)
			}
		}
	},
}, {
	Name: "outage-is-an-answer", Breaks: "Answers 200 without content where a ledger cannot be asked.",
	Caught: "outage/one-ledger-is-asked-alone",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.status == http.StatusServiceUnavailable {
				a.status, a.body = http.StatusOK, []byte("{}")
			}
		}
	},
}, {
	Name: "one-down-all-down", Breaks: "Is not ready while any ledger is down.",
	Caught: "outage/one-ledger-is-asked-alone",
	bend: func(b *bent) {
		failing := false
		b.say = func(a *said) {
			failing = failing || a.status == http.StatusServiceUnavailable
			if failing && a.question.on("/readyz") {
				a.status = http.StatusServiceUnavailable
			}
		}
	},
}, {
	Name: "no-document-is-invalid", Breaks: "Takes a document that could not be fetched for a wrong one.",
	Caught: "outage/evidence-down-is-undetermined",
	bend: func(b *bent) {
		b.judging("evidence", "undetermined", func(verdict, check object) {
			verdict["outcome"], check["outcome"] = "invalid", "invalid"
		})
	},
}, {
	Name: "document-not-missed", Breaks: "Calls an entry valid whose document could not be fetched.",
	Caught: "outage/evidence-down-is-undetermined",
	bend:   func(b *bent) { b.edit(undeterminedEntry("valid")) },
}, {
	Name: "stale-is-current", Breaks: "Answers from memory as if the ledger had been asked.",
	Caught: "outage/stale-is-told",
	bend:   func(b *bent) { b.edit(staleAs("current", "undetermined")) },
}, {
	Name: "stale-is-valid", Breaks: "Calls what it remembers valid while nobody can be asked.",
	Caught: "outage/stale-is-told",
	bend:   func(b *bent) { b.edit(staleAs("stale", "valid")) },
}, {
	Name: "taken-back-is-an-outage", Breaks: "Takes a ledger that shows nothing any more for one that could not be asked.",
	Caught: "outage/taken-back-is-invalid",
	bend:   func(b *bent) { b.edit(staleAs("stale", "undetermined")) },
}, {
	Name: "list-ends-at-an-outage", Breaks: "Ends a list where a ledger cannot be asked.",
	Caught: "outage/listing-keeps-its-place",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.tells(`"state":"unavailable"`) {
				a.edit(func(o object) { delete(o, "next") })
			}
		}
	},
}}

// longerThanPatience is how long an answer is held that must come within a budget.
const longerThanPatience = 15 * time.Second

// hold waits, no longer than the client does.
func hold(q *question, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-q.Context().Done():
	}
}

func notFoundForSoFar(a *said) {
	if a.tells("/not-found-so-far") {
		a.status = http.StatusNotFound
		a.body = bytes.ReplaceAll(a.body, []byte("/not-found-so-far"), []byte("/not-found"))
		a.body = bytes.ReplaceAll(a.body, []byte(`"status":503`), []byte(`"status":404`))
	}
}

func undeterminedEntry(is string) func(o object) {
	return func(o object) {
		if o["entryId"] != nil && o["outcome"] == "undetermined" {
			o["outcome"] = is
		}
	}
}

func staleAs(state, outcome string) func(o object) {
	return func(o object) {
		if o["state"] == "stale" {
			o["state"], o["verdict"].(object)["outcome"] = state, outcome
		}
	}
}
