package disclosure_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// Whatever bytes come for a shape of a ledger's own: what is let through is in canonical form, has no member that nobody
// maps, and no entry number in any spelling; and a refusal never repeats one.
func FuzzForeign(f *testing.F) {
	for _, changes := range []ld.Object{nil, {"memo": number}, {"hash": "ABC-1234567-6"}, {"tags": []any{[]any{number}}}, {"x": "filed as abc 1234567 6"}, {"packed": `{"a":1}`}, {number: 1.0}} {
		body, err := ld.JCS(over(changes))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Add([]byte(`{"no":"` + id + `","no":"` + number + `"}`))
	f.Add([]byte("entry " + number))
	ctx := disclosure.WithDocument(f.Context(), document)
	f.Fuzz(func(t *testing.T, body []byte) {
		sent := 0
		l, err := disclosure.New(recorder(&sent), disclosure.Rules{Policy: disclosure.Permissioned, Allow: []string{"/subject/remarks"}, Shape: at("/subject/remarks")})
		if err != nil {
			t.Fatal(err)
		}
		_, err = l.Append(ctx, &driver.Write{Key: id, Body: body})
		var faults schemas.Faults
		if errors.As(err, &faults) && tells(faults.Error()) {
			t.Errorf("repeated: %v", faults)
		}
		if sent == 0 {
			return
		}
		obj, parseErr := ld.Parse(body, ld.Limits{})
		canonical, jcsErr := ld.JCS(obj)
		if parseErr != nil || jcsErr != nil || !bytes.Equal(canonical, body) || tells(string(body)) {
			t.Errorf("let through: %q", body)
		}
		for name := range obj {
			if _, known := native[name]; !known && name != "x" {
				t.Errorf("let through with %s: %q", name, body)
			}
		}
	})
}

// tells reports whether a text holds the entry number. A pointer's own text is none.
func tells(text string) bool {
	return strings.Contains(strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(text)), number)
}

// However a number is wrapped and punctuated, it is found where words may stand.
func FuzzWrapped(f *testing.F) {
	f.Add("", "", byte('-'))
	f.Add("goods of entry ", ", as filed", byte(' '))
	f.Add("https://a.example/?n=", "&x", byte('_'))
	f.Add("0", "0", byte('.'))
	ctx := disclosure.WithDocument(f.Context(), document)
	f.Fuzz(func(t *testing.T, before, after string, between byte) {
		if !strings.ContainsRune("-_ ./:,;#", rune(between)) {
			return
		}
		value := before + "abc" + string(between) + "1234567" + string(between) + "6" + after
		body, err := ld.JCS(over(ld.Object{"x": value, "memo": nil}))
		if err != nil {
			return // no text
		}
		rules := disclosure.Rules{Policy: disclosure.Permissioned, Allow: []string{"/subject/remarks"}, Shape: at("/subject/remarks")}
		faults, sent := attemptWrite(ctx, t, rules, &driver.Write{Key: id, Body: body})
		if sent != 0 || !names(faults, "/x") {
			t.Errorf("%q: sent %d times\n%v", value, sent, faults)
		}
	})
}
