package faulty

import "net/http"

var freshFaults = []Fault{{
	Name: "tag-of-the-id", Breaks: "Takes the answer of before for the answer of now, because it is about the same entry.",
	Caught: "verdict/unchanged-is-what-still-holds",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.question.on("/v1/entries/") && a.question.Header.Get("If-None-Match") != "" {
				a.status, a.body = http.StatusNotModified, nil
			}
		}
	},
}, {
	Name: "tag-of-the-moment", Breaks: "Tags every answer anew, so that nothing ever holds.",
	Caught: "verdict/unchanged-is-what-still-holds",
	bend:   func(b *bent) { b.asked = func(q *question) { q.Header.Del("If-None-Match") } },
}, {
	Name: "cache-control-unread", Breaks: "Asks the ledgers though they are not to be asked.",
	Caught: "problem/only-what-is-cached",
	bend:   func(b *bent) { b.asked = func(q *question) { q.Header.Del("Cache-Control") } },
}, {
	Name: "finality-unread", Breaks: "Answers what is final, whatever was asked for.",
	Caught: "problem/finality-is-final-or-latest",
	bend:   func(b *bent) { b.asked = func(q *question) { q.unset("finality") } },
}}
