package faulty

import (
	"encoding/json"
	"net/http"
	"strings"
)

var refusalFaults = []Fault{{
	Name: "document-not-checked", Breaks: "Checks the record that is submitted, and not its document.",
	Caught: "submission/faults-are-pointed-to",
	bend:   func(b *bent) { b.asked = func(q *question) { q.drop("document", "mediaType") } },
}, {
	Name: "faults-without-place", Breaks: "Points to the record, and not to what is wrong in it.",
	Caught: "submission/faults-are-pointed-to",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if at, ok := o["pointer"].(string); ok && strings.HasPrefix(at, "/record/") {
				o["pointer"] = "/record"
			}
		})
	},
}, {
	Name: "refused-and-written", Breaks: "Writes what it refuses.",
	Caught: "submission/authority-is-asked",
	bend:   func(b *bent) { b.writesAnyway("/record/issuer") },
}, {
	Name: "any-ledger-is-home", Breaks: "Takes customs' decisions for every ledger.",
	Caught: "submission/authority-is-asked",
	bend:   everyLedgerIsCustoms,
}, {
	Name: "step-written-and-refused", Breaks: "Writes a step that the life cycle does not allow, and refuses it then.",
	Caught: "submission/steps-are-held",
	bend:   func(b *bent) { b.writesAnyway("/record/event") },
}, {
	Name: "unknown-step-is-a-rule", Breaks: "Does not tell a step that there is not from one that is out of turn.",
	Caught: "submission/steps-are-held",
	bend:   func(b *bent) { b.retype("unknown-event", "rule-broken") },
}, {
	Name: "conflict-is-a-fault", Breaks: "Tells whoever came second that his record is wrong.",
	Caught: "submission/second-is-told",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.status == http.StatusConflict {
				a.status = http.StatusUnprocessableEntity
			}
		}
	},
}, {
	Name: "commitment-not-checked", Breaks: "Takes entries that customs will never find.",
	Caught: "submission/found-by-customs",
	bend:   func(b *bent) { b.asked = func(q *question) { q.drop("document", "mediaType") } },
}, {
	Name: "lost-answer-is-a-failure", Breaks: "Says that a write failed whose answer was lost.",
	Caught: "submission/lost-answer-is-found-out",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.status == http.StatusAccepted {
				a.status = http.StatusBadGateway
			}
		}
	},
}, {
	Name: "outage-is-a-refusal", Breaks: "Refuses for good what its ledger could not be asked about.",
	Caught: "submission/outage-is-no-refusal",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.status == http.StatusAccepted {
				a.status = http.StatusConflict
			}
		}
	},
}, {
	Name: "taken-is-final", Breaks: "Calls a submission final that its ledger has not seen.",
	Caught: "submission/outage-is-no-refusal",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.status == http.StatusAccepted {
				a.status = http.StatusCreated
				a.header.Del("Location")
			}
		}
	},
}, {
	Name: "taken-in-memory", Breaks: "Forgets what it has taken when it is restarted.",
	Caught: "submission/taken-outlasts-a-restart",
	bend:   keptInMemory,
}}

// drop takes members from a submission.
func (q *question) drop(names ...string) {
	var submission object
	if !strings.HasSuffix(q.URL.Path, "/records") || json.Unmarshal(q.body, &submission) != nil {
		return
	}
	for _, name := range names {
		delete(submission, name)
	}
	if text, err := json.Marshal(submission); err == nil {
		q.body = text
	}
}

// writesAnyway writes a submission to its ledger that was refused with a problem that names something.
func (b *bent) writesAnyway(named string) {
	b.say = func(a *said) {
		var submission struct{ Record json.RawMessage }
		if !a.tells(named) || json.Unmarshal(a.question.body, &submission) != nil {
			return
		}
		b.tellLedgers("append", object{"key": named, "expect": 0, "body": []byte(submission.Record)})
	}
}
