package conformancetest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/conformance"
)

// goWords are words that only somebody who writes Go understands: of its values, of its interface to drivers where the
// protocol has a word of its own, and of what its packages say.
var goWords = regexp.MustCompile(`<?\bnil\b>?|\bstruct\b|\binterface \{\}|\bslices?\b|\bgoroutine\b|\bchan\b|\*?\b(driver|protocol|json|jsontext|conformance|http)\.[A-Z]\w*` +
	`|(^|[^@/\w])context\b|\bGo (struct|value|type|string|u?int)|(^|[^/+.\w])json(text)?: |&\{|\bmap\[|\[\]\w|0x[0-9a-f]{9,}\b` +
	`|\b(NotFound|DeadlineExceeded|CursorInvalid|TooLarge|MaxBody|PageSize|WriteMode|ProofTypes|ChainID|ForTesting)\b`)

// Plain expects a text that is read by vendors to have no word of Go's.
func Plain(t testing.TB, text string) {
	t.Helper()
	if word := goWords.FindString(text); word != "" {
		t.Errorf("%q is a word of Go's, which a vendor need not know, in: %s", word, text)
	}
}

// PlainWords expects the same of everything that a report says of a case. What a panic says is for whoever wrote the
// driver, which is in Go then.
func PlainWords(t testing.TB, r conformance.Result) {
	t.Helper()
	Plain(t, r.Why)
	for _, step := range r.Steps {
		Plain(t, step)
	}
	if f := r.Failure; f != nil {
		for _, text := range []string{f.Doing, f.Request, f.Answer, f.Expected, f.Got} {
			if !strings.HasPrefix(text, "panic: ") {
				Plain(t, text)
			}
		}
	}
}
