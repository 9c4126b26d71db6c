package faulty

import "net/http"

var submissionFaults = []Fault{{
	Name: "receipt-not-signed", Breaks: "Gives receipts that anybody could have written.",
	Caught: "submission/final-is-receipted",
	bend:   func(b *bent) { b.edit(receipts(func(o object) { delete(o, "proof") })) },
}, {
	Name: "receipt-altered", Breaks: "Changes a receipt after it was signed.",
	Caught: "submission/final-is-receipted",
	bend:   func(b *bent) { b.edit(receipts(func(o object) { o["received"] = "2020-01-01T00:00:00Z" })) },
}, {
	Name: "location-of-the-host", Breaks: "Names its own host in Location, which a client behind a proxy does not reach.",
	Caught: "submission/final-is-receipted",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if at := a.header.Get("Location"); at != "" {
				a.header.Set("Location", "http://gateway.internal"+at)
			}
		}
	},
}, {
	Name: "again-is-second", Breaks: "Tells whoever sends the same again that something else was first.",
	Caught: "submission/again-is-the-first-receipt",
	bend:   againIsSecond,
}, {
	Name: "new-receipt-each-time", Breaks: "Gives another receipt each time that the same is sent.",
	Caught: "submission/again-is-the-first-receipt",
	bend: func(b *bent) {
		n := 0
		b.edit(receipts(func(o object) { n++; o["id"] = o["id"].(string)[:44] + string(rune('0'+n)) }))
	},
}, {
	Name: "idempotency-key-not-kept", Breaks: "Takes whatever is sent under an Idempotency-Key that was used before.",
	Caught: "submission/one-key-one-submission",
	bend:   func(b *bent) { b.asked = func(q *question) { q.Header.Del("Idempotency-Key") } },
}, {
	Name: "idempotency-key-answers-another", Breaks: "Answers the first receipt to whatever is sent under its Idempotency-Key.",
	Caught: "submission/one-key-one-submission",
	bend:   answersAnother,
}, {
	Name: "unchecked-not-told", Breaks: "Keeps to itself which rules it did not check.",
	Caught: "submission/unchecked-is-told",
	bend:   func(b *bent) { b.edit(receipts(func(o object) { delete(o, "unchecked") })) },
}, {
	Name: "unknown-submission-is-pending", Breaks: "Calls a submission pending that it never took.",
	Caught: "submission/no-such-submission",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.question.on("/v1/submissions/") && a.status == http.StatusNotFound {
				a.status, a.body = http.StatusOK, []byte(`{"state":"pending"}`)
			}
		}
	},
}}

func receipts(change func(o object)) func(o object) {
	return func(o object) {
		if o["type"] == "SubmissionReceipt" {
			change(o)
		}
	}
}

func againIsSecond(b *bent) {
	seen := map[string]bool{}
	b.say = func(a *said) {
		if a.status != http.StatusCreated || a.question.Method != http.MethodPost || !a.tells("SubmissionReceipt") {
			return
		}
		if seen[string(a.question.body)] {
			a.status = http.StatusConflict
		}
		seen[string(a.question.body)] = true
	}
}

// answersAnother answers under an Idempotency-Key what it answered first.
func answersAnother(b *bent) {
	first := map[string][]byte{}
	b.say = func(a *said) {
		key := a.question.Header.Get("Idempotency-Key")
		if key == "" {
			return
		}
		if was, ok := first[key]; ok {
			a.status, a.body = http.StatusCreated, was
			a.header.Set("Content-Type", "application/json")
		}
		first[key] = a.body
	}
}
