package faulty

import (
	"bytes"
	"net/http"
)

var problemFaults = []Fault{{
	Name: "one-type-for-404", Breaks: "Answers one type of problem, whatever is not there.",
	Caught: "problem/no-such-path",
	bend:   func(b *bent) { b.retype("no-such-path", "not-found") },
}, {
	Name: "problems-as-json", Breaks: "Answers problems as plain JSON, by which nobody knows them.",
	Caught: "problem/no-such-path",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.status >= http.StatusBadRequest {
				a.header.Set("Content-Type", "application/json")
			}
		}
	},
}, {
	Name: "retryable-left-out", Breaks: "Does not say whether a request may be tried again.",
	Caught: "problem/no-such-path",
	bend:   func(b *bent) { b.edit(func(o object) { delete(o, "retryable") }) },
}, {
	Name: "no-allow", Breaks: "Refuses a method, and does not say which there are.",
	Caught: "problem/no-such-method",
	bend:   func(b *bent) { b.say = func(a *said) { a.header.Del("Allow") } },
}, {
	Name: "accept-not-heeded", Breaks: "Answers JSON to whoever takes none.",
	Caught: "problem/not-acceptable",
	bend: func(b *bent) {
		b.asked = func(q *question) {
			if q.Header.Get("Accept") == "text/html" {
				q.Header.Del("Accept")
			}
		}
	},
}, {
	Name: "written-before-negotiated", Breaks: "Finds out that its client cannot read the answer after it has written.",
	Caught: "problem/not-acceptable",
	bend:   writtenBeforeNegotiated,
}, {
	Name: "any-type-is-json", Breaks: "Reads a body as JSON whatever it says that it is.",
	Caught: "problem/only-json",
	bend: func(b *bent) {
		b.asked = func(q *question) { q.Header.Set("Content-Type", "application/json") }
	},
}, {
	Name: "body-without-end", Breaks: "Reads bodies of any size, and judges them by their JSON.",
	Caught: "problem/too-large",
	bend: func(b *bent) {
		b.asked = func(q *question) {
			if len(q.body) > 1<<20 {
				q.body = q.body[:1<<20]
			}
		}
	},
}, {
	Name: "head-is-200", Breaks: "Answers 200 to every HEAD.",
	Caught: "problem/head-is-get",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.question.Method == http.MethodHead {
				a.status = http.StatusOK
			}
		}
	},
}, {
	Name: "type-not-described", Breaks: "Answers a type of problem that its description does not list.",
	Caught: "problem/types-are-described",
	bend:   func(b *bent) { b.retype("media-type", "unsupported-media") },
}, {
	Name: "no-description", Breaks: "Serves no description of its interface.",
	Caught: "problem/types-are-described",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.question.on("/v1/openapi.json") {
				a.body = []byte(`{"openapi":"2.0"}`)
			}
		}
	},
}, {
	Name: "first-of-two-counts", Breaks: "Reads the first of two members of one name.",
	Caught: "problem/json-is-read-strictly",
	bend: func(b *bent) {
		b.asked = func(q *question) {
			q.body = bytes.Replace(q.body, []byte(`,"entryNumber":"ABC"`), nil, 1)
			q.body = bytes.Replace(q.body, []byte(`,"\u0065ntryNumber":""`), nil, 1)
			q.body = bytes.Replace(q.body, []byte(`{"entryNumber":"ABC"}`), []byte(`{"entryNumber":"ABC20261105"}`), 1)
		}
	},
}, {
	Name: "second-value-passed-over", Breaks: "Reads the first JSON value of a body, and passes over the rest.",
	Caught: "problem/json-is-read-strictly",
	bend: func(b *bent) {
		b.asked = func(q *question) {
			if bytes.HasSuffix(q.body, []byte(" {}")) {
				q.body = []byte(`{"entryNumber":"ABC20261105"}`)
			}
		}
	},
}, {
	Name: "no-pointer", Breaks: "Says that a request has faults, and not where.",
	Caught: "problem/json-is-read-strictly",
	bend:   func(b *bent) { b.edit(func(o object) { delete(o, "pointer") }) },
}, {
	Name: "unknown-parameter-passed-over", Breaks: "Passes over parameters that it does not know.",
	Caught: "problem/parameters-are-read-strictly",
	bend:   func(b *bent) { b.asked = func(q *question) { q.unset("legder") } },
}, {
	Name: "first-of-two-parameters", Breaks: "Reads the first of two parameters of one name.",
	Caught: "problem/parameters-are-read-strictly",
	bend: func(b *bent) {
		b.asked = func(q *question) {
			if all := q.URL.Query()["limit"]; len(all) > 1 {
				q.set("limit", all[0])
			}
		}
	},
}, {
	Name: "wrong-id-is-absent", Breaks: "Looks for what is no id on every ledger, and does not find it.",
	Caught: "problem/names-are-checked",
	bend: func(b *bent) {
		b.say = func(a *said) {
			if a.tells(`"pointer":"/id"`) {
				a.status = http.StatusNotFound
			}
		}
	},
}, {
	Name: "ledger-is-absent", Breaks: "Says that a record is not there where the ledger is not.",
	Caught: "problem/names-are-checked",
	bend:   func(b *bent) { b.retype("no-such-ledger", "not-found") },
}}

// retype has problems of one type be of another.
func (b *bent) retype(was, is string) {
	b.say = func(a *said) {
		if a.question.on("/v1/openapi.json") {
			return
		}
		a.body = bytes.ReplaceAll(a.body, []byte("/problems/"+was+`",`), []byte("/problems/"+is+`",`))
	}
}

func writtenBeforeNegotiated(b *bent) {
	refuses := false
	b.asked = func(q *question) {
		refuses = q.Method == http.MethodPost && q.Header.Get("Accept") == "text/html"
		if refuses {
			q.Header.Del("Accept")
		}
	}
	b.say = func(a *said) {
		if refuses {
			a.status = http.StatusNotAcceptable
			a.header.Set("Content-Type", "application/problem+json")
			a.body = []byte(`{"type":"https://w3id.org/fta/problems/not-acceptable","title":"Not acceptable","status":406,"retryable":false}`)
		}
	}
}
