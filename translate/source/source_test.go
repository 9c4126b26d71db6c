package source_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/translate/source"
)

func TestValuesAreReadInOneWayOnly(t *testing.T) {
	v, err := source.Parse("a.yaml", []byte("country: NO\non: yes\nday: 2026-11-20\ncode: \"010\"\nn: -12.5\nflag: true\nempty: \"\"\ntext: 1_000x\nzero: -0\nlist: [{a: 1}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"country": "NO", "on": "yes", "day": "2026-11-20", "code": "010", "n": -12.5, "flag": true, "empty": "",
		"text": "1_000x", "zero": 0.0, "list": []any{map[string]any{"a": 1.0}}}
	if got := v.JSON(); !reflect.DeepEqual(got, want) {
		t.Errorf("read %v", got)
	}
}

func TestWhatReadsInTwoWaysIsRefused(t *testing.T) {
	for _, text := range []string{"010", "0x1F", "1_000", "1e3", ".5", "+1", "~", "null", ".inf", "!!str 1", "&a 1", "!x 1", "0o7", "9999999999999999"} {
		if v, err := source.Parse("a.yaml", []byte("k: "+text+"\n")); err == nil {
			t.Errorf("%s: read as %v", text, v.JSON())
		}
	}
	for _, file := range []string{"? [a]\n: 1\n", "k: 1\nk: 2\n", "010: 1\n", "a: *b\n", "\xff", "a: \"\x00\"", strings.Repeat("a", source.MaxBytes+1)} {
		if _, err := source.Parse("a.yaml", []byte(file)); err == nil {
			t.Errorf("%.20q: read", file)
		}
	}
}

// A null stands in an example's entry only, and not where nothing is written at all.
func TestANullStandsInAnEntryOnly(t *testing.T) {
	v, err := source.Parse("a.yaml", []byte("examples: [{native: {a: null, b: [~]}}]\n"))
	want := map[string]any{"examples": []any{map[string]any{"native": map[string]any{"a": nil, "b": []any{nil}}}}}
	if err != nil || !reflect.DeepEqual(v.JSON(), want) {
		t.Errorf("%v, %v", v.JSON(), err)
	}
	for file, says := range map[string]string{
		"examples: [{native: null}]\n": "must have a value", "examples: [{model: {a: null}}]\n": "must have a value", "examples: [{native: {a: }}]\n": "must have a value",
		"shape: [{cases: [{when: {native: {at: /a, is: null}}}]}]\n": "present: false",
	} {
		if _, err := source.Parse("a.yaml", []byte(file)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestTheNearestWord(t *testing.T) {
	known := []string{"model", "native", "format", strings.Repeat("x", 100)}
	for word, want := range map[string]string{"modle": "model", "nativ": "native", "Format": "format", "zzzzzz": "", "": "", strings.Repeat("x", 99): ""} {
		if got, ok := source.Nearest(word, known); got != want && ok {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
