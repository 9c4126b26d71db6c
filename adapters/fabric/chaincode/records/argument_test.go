package records_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/fabric/chaincode/records"
)

func TestBadInputIsRefusedByName(t *testing.T) {
	many := `[` + strings.TrimSuffix(strings.Repeat(`{"name":"a","value":"b"},`, records.MaxLookups+1), ",") + `]`
	for name, tc := range map[string]struct {
		args   []any
		status int32
		words  []string
	}{
		"no function":           {nil, 400, []string{"no function"}},
		"unknown function":      {[]any{"delete", "key"}, 400, []string{`"delete"`, "append, get"}},
		"too few arguments":     {[]any{"append", "key"}, 400, []string{"append", "1 arguments"}},
		"too many arguments":    {[]any{"history", "key", "key"}, 400, []string{"history"}},
		"empty key":             {[]any{"get", ""}, 400, []string{"key: empty"}},
		"long key":              {[]any{"get", strings.Repeat("k", records.MaxKey+1)}, 400, []string{"key", "1025"}},
		"key with U+0000":       {[]any{"append", "a\x00b", 0, "x"}, 400, []string{"key", "U+0000"}},
		"key with U+10FFFF":     {[]any{"append", "a\U0010FFFF", 0, "x"}, 400, []string{"key", "U+10FFFF"}},
		"key that is no text":   {[]any{"append", []byte{0xff}, 0, "x"}, 400, []string{"key", "UTF-8"}},
		"no number":             {[]any{"append", "key", "one", "x"}, 400, []string{"expect", `"one"`}},
		"negative number":       {[]any{"get", "key", "-1"}, 400, []string{"version", `"-1"`}},
		"after is no number":    {[]any{"versions", "key", "x", "1"}, 400, []string{"after"}},
		"limit is no number":    {[]any{"versions", "key", "1", ""}, 400, []string{"limit"}},
		"empty body":            {[]any{"append", "key", 0, ""}, 400, []string{"body: empty"}},
		"large body":            {[]any{"append", "key", 0, bytes.Repeat([]byte{1}, records.MaxBody+1)}, 413, []string{"body"}},
		"lookups are no list":   {[]any{"append", "key", 0, "x", `{"name":"a"}`}, 400, []string{"lookups"}},
		"lookup without value":  {[]any{"append", "key", 0, "x", `[{"name":"a"}]`}, 400, []string{"value of a lookup"}},
		"lookup without name":   {[]any{"append", "key", 0, "x", `[{"value":"a"}]`}, 400, []string{"name of a lookup"}},
		"lookup of more":        {[]any{"append", "key", 0, "x", `[{"name":"a","value":"b","key":"c"}]`}, 400, []string{"lookups"}},
		"too many lookups":      {[]any{"append", "key", 0, "x", many}, 400, []string{"lookups: 65"}},
		"find without a value":  {[]any{"find", "lookup", "", "", 0}, 400, []string{"value"}},
		"find without a name":   {[]any{"find", "", "value", "", 0}, 400, []string{"name"}},
		"find with a bad limit": {[]any{"find", "lookup", "value", "", "many"}, 400, []string{"limit"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, r := newChannel(t).simulate("Org1MSP", tc.args...)
			wantStatus(t, r, tc.status, tc.words...)
			if len(s.writes) > 0 {
				t.Errorf("%d states were written", len(s.writes))
			}
		})
	}
}

func TestKeysOfAnyLanguageAreTaken(t *testing.T) {
	c := newChannel(t)
	for _, key := range []string{"aduana/Peñasco", "申报", "😀", " ", `"\`, "\U0010FFFE"} {
		wantStatus(t, c.submit("Org1MSP", "append", key, 0, noise), 200)
		if v := decode[records.Version](t, c.ask("get", key)); v.Key != key {
			t.Errorf("%q came back as %q", key, v.Key)
		}
	}
}
