package ld_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

func TestParseReadsJSON(t *testing.T) {
	for text, want := range map[string]any{
		`"a"`:                        "a",
		`""`:                         "",
		`"\"\\\/\b\f\n\r\t"`:         "\"\\/\b\f\n\r\t",
		`"\u00e9\u20ac\ud83d\ude00"`: "é€😀",
		`"é€😀"`:                      "é€😀",
		`"\u0000\uFFFF\ue000"`:       "\x00\uffff\ue000",
		`0`:                          0.0,
		`-0`:                         0.0,
		`-0.0e5`:                     0.0,
		`-12.5E+2`:                   -1250.0,
		`9007199254740991`:           9007199254740991.0,
		`-9007199254740991`:          -9007199254740991.0,
		`0.1`:                        0.1,
		`5e-324`:                     5e-324,
		`true`:                       true,
		`false`:                      false,
		`null`:                       nil,
		`[]`:                         []any{},
		`{}`:                         ld.Object{},
		`[ 1 ,"a", [ ] , {"b":[]} ]`: []any{1.0, "a", []any{}, ld.Object{"b": []any{}}},
	} {
		got, err := ld.Parse([]byte(" {\t\"v\" :\r\n"+text+" } \n"), ld.Limits{})
		if err != nil || !reflect.DeepEqual(got["v"], want) || len(got) != 1 {
			t.Errorf("%s: got %#v, %v; want %#v", text, got["v"], err, want)
		}
	}
}

// Each fault says where, what and why.
func TestParseRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		text, pointer, rule string
	}{
		"a name that occurs twice":       {`{"a":{"b":1,"c":2,"b":3}}`, "/a/b", "only member"},
		"a name twice, once escaped":     {`{"ab":1,"a\u0062":2}`, "/ab", "only member"},
		"an empty name twice":            {`{"":1,"":2}`, "/", "only member"},
		"bytes that are not UTF-8":       {"{\"a\":\"\xff\"}", "/a", "invalid UTF-8"},
		"an overlong encoding":           {"{\"a\":\"\xc0\xaf\"}", "/a", "invalid UTF-8"},
		"a surrogate in UTF-8":           {"{\"a\":\"\xed\xa0\x80\"}", "/a", "invalid UTF-8"},
		"UTF-16":                         {"{\x00}\x00", "", "invalid character"},
		"a byte order mark":              {"\ufeff{}", "", "JSON object"},
		"half a pair":                    {`{"a":["x","\ud83dx"]}`, "/a/1", "surrogate"},
		"the second half alone":          {`{"a":"\ude00"}`, "/a", "surrogate"},
		"two first halves":               {`{"a":"\ud83d\ud83d"}`, "/a", "surrogate"},
		"half a pair in a name":          {`{"\ud83d":1}`, "", "surrogate"},
		"a number above a double's":      {`{"a":1e400}`, "/a", "between"},
		"a number below a double's":      {`{"a":1e-400}`, "/a", "zero"},
		"a number that would be rounded": {`{"a":9007199254740993}`, "/a", "between"},
		"a number with many digits":      {`{"a":-` + strings.Repeat("9", 400) + `}`, "/a", "between"},
		"a leading zero":                 {`{"a":01}`, "", "after object value"},
		"a bare minus":                   {`{"a":-}`, "/a", "number"},
		"a point without digits":         {`{"a":1.}`, "/a", "number"},
		"an exponent without digits":     {`{"a":1e+}`, "/a", "number"},
		"NaN":                            {`{"a":NaN}`, "/a", "start of value"},
		"Infinity":                       {`{"a":-Infinity}`, "/a", "number"},
		"a literal cut short":            {`{"a":tru}`, "/a", "literal true"},
		"a control character":            {"{\"a\":\"b\nc\"}", "/a", "non-control"},
		"a control character, escapes":   {"{\"a\":\"\\n\x01\"}", "/a", "non-control"},
		"an unknown escape":              {`{"a":"\x41"}`, "/a", "escape sequence"},
		"an escape with other digits":    {`{"a":"\u00g0"}`, "/a", "escape sequence"},
		"an escape with a sign":          {`{"a":"\u+041"}`, "/a", "escape sequence"},
		"an escape cut short":            {`{"a":"\u00`, "/a", "not end here"},
		"a string that does not end":     {`{"a":"b`, "/a", "not end here"},
		"an escape that does not end":    {`{"a":"\n`, "/a", "not end here"},
		"an object that does not end":    {`{"a":1`, "", "not end here"},
		"an array that does not end":     {`{"a":[1`, "/a", "not end here"},
		"a comma too many":               {`{"a":1,}`, "", "start of value"},
		"a comma too many in an array":   {`{"a":[1,]}`, "/a", "start of value"},
		"no comma":                       {`{"a":1 "b":2}`, "", "expecting ',' or '}'"},
		"no colon":                       {`{"a" 1}`, "/a", "expecting ':'"},
		"a name without quotes":          {`{a:1}`, "", "start of value"},
		"a comment":                      {`{/**/}`, "", "start of value"},
		"brackets that do not match":     {`{"a":[1}]`, "/a", "expecting ',' or ']'"},
		"something after the object":     {`{}{}`, "", "end with its object"},
		"an array at the top":            {`[{}]`, "", "JSON object"},
		"a null at the top":              {`null`, "", "JSON object"},
		"nothing":                        {"", "", "JSON object"},
		"nothing but space":              {" \n", "", "JSON object"},
		"space that is not JSON's":       {"{\u00a0}", "", "start of value"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ld.Parse([]byte(c.text), ld.Limits{})
			var faults schemas.Faults
			if !errors.As(err, &faults) || got != nil {
				t.Fatalf("got %v, %v", got, err)
			}
			f := faults[0]
			if f.Pointer != c.pointer || !strings.Contains(f.Rule, c.rule) {
				t.Errorf("got %+v", f)
			}
		})
	}
}

// What stands behind a fault cannot be read with certainty, and so the first is the only one.
func TestParseNamesTheFirstFault(t *testing.T) {
	_, err := ld.Parse([]byte(`{"a":1,"b/c":{"d":1,"d":2},"e":1e999}`), ld.Limits{})
	var faults schemas.Faults
	if !errors.As(err, &faults) || len(faults) != 1 || faults[0].Pointer != "/b~1c/d" || faults[0].Value != `"d"` {
		t.Errorf("got %+v", faults)
	}
}

func nested(levels int) string {
	return `{"a":` + strings.Repeat("[", levels-1) + strings.Repeat("]", levels-1) + `}`
}

func items(count int) string {
	return `{"a":[` + strings.TrimSuffix(strings.Repeat("1,", count), ",") + `]}`
}

func TestParseHoldsItsLimits(t *testing.T) {
	limits := ld.Limits{Bytes: 2000, Depth: 5, Members: 100}
	for name, c := range map[string]struct {
		text    string
		limits  ld.Limits
		refused string
	}{
		"as deep as allowed":           {nested(5), limits, ""},
		"one too deep":                 {nested(6), limits, "5 levels"},
		"as many as allowed":           {items(99), limits, ""},
		"one too many":                 {items(100), limits, "no more members"},
		"as long as allowed":           {`{"a":"` + strings.Repeat("x", 1992) + `"}`, limits, ""},
		"one byte too long":            {`{"a":"` + strings.Repeat("x", 1993) + `"}`, limits, "2000 bytes"},
		"deeper than anybody needs":    {nested(33), ld.Limits{}, "32 levels"},
		"more than anybody needs":      {items(20_000), ld.Limits{}, "no more members"},
		"longer than anybody needs":    {`{"a":"` + strings.Repeat("x", 1<<20) + `"}`, ld.Limits{}, "1048576 bytes"},
		"a tower of a million, unread": {strings.Repeat("[", 1<<20), ld.Limits{}, "JSON object"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ld.Parse([]byte(c.text), c.limits)
			if c.refused == "" && err != nil || c.refused != "" && (err == nil || !strings.Contains(err.Error(), c.refused)) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A hostile document cannot make the answer long.
func TestParseBoundsItsFaults(t *testing.T) {
	text := `{"a":[` + strings.TrimSuffix(strings.Repeat(`"\ud800",`, 5000), ",") + `]}`
	_, err := ld.Parse([]byte(text), ld.Limits{})
	var faults schemas.Faults
	if !errors.As(err, &faults) || len(faults) > schemas.MaxFaults || len(err.Error()) > 20_000 {
		t.Errorf("got %d faults in %d bytes", len(faults), len(err.Error()))
	}
}

func TestParseKeepsNothingOfItsInput(t *testing.T) {
	data := []byte(`{"name":"value","escaped":"\u0041"}`)
	doc, err := ld.Parse(data, ld.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	clear(data)
	if want := (ld.Object{"name": "value", "escaped": "A"}); !reflect.DeepEqual(doc, want) {
		t.Errorf("got %v", doc)
	}
}

func TestToObject(t *testing.T) {
	got, err := ld.ToObject(struct {
		Version uint64   `json:"version"`
		Links   []string `json:"links,omitempty"`
	}{Version: 3, Links: []string{"<a&b>"}})
	if want := (ld.Object{"version": 3.0, "links": []any{"<a&b>"}}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	for name, v := range map[string]any{"a function": func() {}, "an array": []int{1}, "a huge number": map[string]uint64{"a": 1 << 60}} {
		if got, err := ld.ToObject(v); err == nil {
			t.Errorf("%s: got %v", name, got)
		}
	}
	var raw json.RawMessage = []byte(`{"a":1,"a":2}`)
	if got, err := ld.ToObject(raw); err == nil {
		t.Errorf("a name twice: got %v", got)
	}
}
