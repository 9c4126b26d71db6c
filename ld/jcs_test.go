package ld_test

import (
	"errors"
	"math"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// The example of RFC 8785 §3.2.3, its order of names, and the corners of its strings and numbers.
func TestJCSWritesRFC8785(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"the standard's example": {
			`{"numbers":[333333333.33333329,1E9,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
			`{"literals":[null,true,false],"numbers":[333333333.3333333,1000000000,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`},
		"the standard's order": {
			`{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}`,
			"{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}"},
		"names that begin alike":     {`{"ab":1,"a":2,"":3,"a\u0000":4}`, `{"":3,"a":2,"a\u0000":4,"ab":1}`},
		"above and below surrogates": {`{"\ue000":1,"\ud800\udc00":2,"\ud7ff":3,"\uffff":4}`, "{\"\ud7ff\":3,\"\U00010000\":2,\"\ue000\":1,\"\uffff\":4}"},
		"control characters":         {`{"a":"\u0000\b\t\n\u000b\f\r\u001f\u007f"}`, `{"a":"\u0000\b\t\n\u000b\f\r\u001f` + "\x7f" + `"}`},
		"no escapes beyond these":    {`{"a":"<>&\u2028\/"}`, "{\"a\":\"<>&\u2028/\"}"},
		"numbers":                    {`{"a":[-0,1.0,100,1e-6,1e-7,123456789012345,0.1,-1.5e-10,5e-324]}`, `{"a":[0,1,100,0.000001,1e-7,123456789012345,0.1,-1.5e-10,5e-324]}`},
		"nothing":                    {`{}`, `{}`},
		"nothing inside":             {`{"b":[],"a":{}}`, `{"a":{},"b":[]}`},
		"white space goes":           {"{ \"a\" :\n[ 1 , 2 ] }", `{"a":[1,2]}`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ld.JCS(mustParse(t, c.text))
			if err != nil || string(got) != c.want {
				t.Errorf("got  %s, %v\nwant %s", got, err, c.want)
			}
		})
	}
}

func TestJCSWritesAnyDecodedValue(t *testing.T) {
	for want, v := range map[string]any{`null`: nil, `true`: true, `"a"`: "a", `1e+21`: 1e21, `[]`: []any{}, `[1]`: []any{1.0}} {
		if got, err := ld.JCS(v); err != nil || string(got) != want {
			t.Errorf("got %s, %v; want %s", got, err, want)
		}
	}
}

func TestJCSRefusesWhatIsNoDecodedJSON(t *testing.T) {
	for name, c := range map[string]struct {
		v       any
		pointer string
	}{
		"an int":            {ld.Object{"a": []any{1.0, 2}}, "/a/1"},
		"a list of strings": {ld.Object{"a/b": []string{"x"}}, "/a~1b"},
		"a struct":          {struct{}{}, ""},
		"infinity":          {ld.Object{"a": math.Inf(1)}, "/a"},
		"no number":         {ld.Object{"a": math.NaN()}, "/a"},
		"bytes in a string": {ld.Object{"a": "\xff"}, "/a"},
		"bytes in a name":   {ld.Object{"\xff": 1.0}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ld.JCS(c.v)
			var faults schemas.Faults
			if !errors.As(err, &faults) || faults[0].Pointer != c.pointer {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
}
