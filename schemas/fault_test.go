package schemas_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ftagateway/ftagateway/schemas"
)

func TestPointerEscapesNames(t *testing.T) {
	for _, c := range []struct {
		tokens []any
		want   string
	}{
		{nil, "/base"},
		{[]any{"lines", 0, "hts"}, "/base/lines/0/hts"},
		{[]any{"a/b", "m~n"}, "/base/a~1b/m~0n"},
		{[]any{"~1"}, "/base/~01"},
		{[]any{""}, "/base/"},
	} {
		if got := schemas.Pointer("/base", c.tokens...); got != c.want {
			t.Errorf("%v: %q, want %q", c.tokens, got, c.want)
		}
	}
}

func TestFaultSaysPointerValueRuleAndSource(t *testing.T) {
	f := schemas.NewFault("/hts", "87", "must be 10 digits", "CBP Form 7501")
	if got, want := f.Error(), `/hts "87": must be 10 digits (CBP Form 7501)`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	missing := schemas.NewFault("", nil, "must be present", "")
	if got, want := missing.Error(), "document: must be present"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestValueIsShortened(t *testing.T) {
	for name, value := range map[string]any{
		"text":   strings.Repeat("é", 100_000),
		"object": map[string]any{"a": strings.Repeat("x", 1000)},
		"array":  make([]any, 1000),
		"number": json.Number(strings.Repeat("9", 1000)),
	} {
		if got := utf8.RuneCountInString(schemas.NewFault("", value, "", "").Value); got > 70 {
			t.Errorf("%s: %d characters are shown", name, got)
		}
	}
}

func TestFaultsAreAnErrorOnlyWhenThereIsOne(t *testing.T) {
	var fs schemas.Faults
	if err := fs.Err(); err != nil {
		t.Errorf("no faults: %v", err)
	}
	fs.Add("/a", 1, "must be 2", "")
	fs.Append(schemas.Faults{schemas.NewFault("/b", nil, "must be present", "")})
	var as schemas.Faults
	if !errors.As(fmt.Errorf("reading: %w", fs.Err()), &as) || len(as) != 2 {
		t.Errorf("got %v back", as)
	}
	if want := "/a 1: must be 2\n/b: must be present"; fs.Error() != want {
		t.Errorf("%q, want %q", fs.Error(), want)
	}
}

func TestFaultsAreBounded(t *testing.T) {
	var fs schemas.Faults
	for range 3 * schemas.MaxFaults {
		fs.Add("", nil, "", "")
	}
	fs.Append(fs)
	if len(fs) != schemas.MaxFaults {
		t.Errorf("%d faults are kept, want %d", len(fs), schemas.MaxFaults)
	}
}

func ExampleFaults() {
	doc := map[string]any{"entryNumber": "ABC-1234567-6", "lines": []any{}}
	for _, f := range schemas.Validate(schemas.Subject("EntrySummary"), doc) {
		if f.Value != "" {
			fmt.Println(f)
		}
	}
	// Output:
	// /entryNumber "ABC-1234567-6": must be an entry number of 11 characters without hyphens: filer code, seven digits, check digit (CBP Form 7501)
	// /lines [0 items]: must have at least 1 items
}
