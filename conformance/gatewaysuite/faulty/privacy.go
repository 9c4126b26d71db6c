package faulty

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
)

var privacyFaults = []Fault{{
	Name: "number-in-the-clear", Breaks: "Asks ledgers for the entry number itself, too.",
	Caught: "privacy/ledgers-see-commitments-only",
	bend:   func(b *bent) { b.asksLedgers(func(number string) string { return number }) },
}, {
	Name: "number-hashed", Breaks: "Asks ledgers for a hash of the entry number, which anybody can make who tries all numbers.",
	Caught: "privacy/ledgers-see-commitments-only",
	bend: func(b *bent) {
		b.asksLedgers(func(number string) string {
			sum := sha256.Sum256([]byte(number))
			return hex.EncodeToString(sum[:])
		})
	},
}, {
	Name: "one-commitment-for-all", Breaks: "Asks every ledger for the same commitment, by which they tell each other.",
	Caught: "privacy/ledgers-see-commitments-only",
	bend:   func(b *bent) { b.asksLedgers(func(string) string { return "uOneForAll" }) },
}, {
	Name: "document-on-the-ledger", Breaks: "Writes the document to the ledger beside its record.",
	Caught: "privacy/documents-stay-off-ledgers",
	bend:   documentOnLedger,
}, {
	Name: "number-in-a-header", Breaks: "Names the entry number in a header of the answer.",
	Caught: "privacy/entry-number-stays-in-bodies",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if number := a.question.number(); number != "" {
				a.header.Set("X-Entry", number)
			}
		}
	},
}, {
	Name: "number-in-the-problem", Breaks: "Repeats a wrong entry number in the problem's words.",
	Caught: "privacy/entry-number-stays-in-bodies",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if number := a.question.number(); number != "" && a.status >= http.StatusBadRequest {
				a.edit(func(o object) { o["detail"] = "no entry has the number " + number })
			}
		}
	},
}, {
	Name: "number-in-the-metrics", Breaks: "Counts requests by the entry number that they are for.",
	Caught: "privacy/entry-number-stays-in-bodies",
	bend:   numberInMetrics,
}, {
	Name: "requests-logged-whole", Breaks: "Logs the bodies of requests.",
	Caught: "privacy/nothing-private-in-the-log",
	bend:   func(b *bent) { b.logs = func(q *question) string { return string(q.body) } },
}, {
	Name: "cause-in-the-problem", Breaks: "Tells in a problem what the connection to the ledger failed with.",
	Caught: "privacy/problems-name-no-backend",
	bend: func(b *bent) {
		address := strings.TrimPrefix(b.setting.Ledgers[0].URL, "ledger+")
		b.say = func(a *said) {
			if a.status >= http.StatusInternalServerError {
				a.edit(func(o object) { o["detail"] = "Post " + address + "/get: EOF" })
			}
		}
	},
}, {
	Name: "cause-in-the-source", Breaks: "Tells among the sources of an answer where the ledger stands that failed.",
	Caught: "privacy/problems-name-no-backend",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if o["state"] == "unavailable" {
				o["error"] = b.setting.Ledgers[0].URL
			}
		})
	},
}, {
	Name: "addresses-of-ledgers-listed", Breaks: "Lists the ledgers with the addresses of their nodes.",
	Caught: "privacy/problems-name-no-backend",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if o["writeMode"] != nil {
				o["url"] = b.setting.Ledgers[0].URL
			}
		})
	},
}, {
	Name: "keys-listed-whole", Breaks: "Lists the capabilities that are held with where they lead.",
	Caught: "privacy/held-keys-open-nothing",
	bend: func(b *bent) {
		b.edit(func(o object) {
			if o["issuer"] != nil && o["host"] != nil {
				o["invocationTarget"] = "http://evidence.example/evidence/collection"
			}
		})
	},
}, {
	Name: "answers-may-be-kept", Breaks: "Lets proxies and browsers keep its answers.",
	Caught: "privacy/answers-are-not-kept",
	bend:   func(b *bent) { b.say = func(a *said) { a.header.Set("Cache-Control", "max-age=60") } },
}, {
	Name: "any-host", Breaks: "Answers under whatever name it is asked.",
	Caught: "privacy/other-hosts-are-refused",
	bend:   func(b *bent) { b.asked = func(q *question) { q.Host = "127.0.0.1" } },
}, {
	Name: "any-origin", Breaks: "Does what pages of other origins ask for.",
	Caught: "privacy/other-origins-change-nothing",
	bend:   func(b *bent) { b.asked = func(q *question) { q.Header.Del("Origin") } },
}}

// number is the entry number that a request is for.
func (q *question) number() string {
	var asked struct{ EntryNumber string }
	_ = json.Unmarshal(q.body, &asked)
	return asked.EntryNumber
}
