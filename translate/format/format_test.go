package format_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/translate/format"
)

var (
	text    = format.Leaf{Type: "string"}
	date    = format.Leaf{Form: "date", Type: "string"}
	instant = format.Leaf{Form: "instant", Type: "string"}
	decimal = format.Leaf{Form: "decimal", Type: "string"}
	digest  = format.Leaf{Form: "digest", Type: "string"}
	uuid    = format.Leaf{Form: "uuid", Type: "string"}
	key     = format.Leaf{Form: "signingKey", Type: "string"}
	method  = format.Leaf{Form: "verificationMethod", Type: "string"}
	proof   = format.Leaf{Form: "proofValue", Type: "string"}
	integer = format.Leaf{Type: "integer"}
	object  = format.Leaf{}
)

const (
	anID     = "urn:uuid:0d9c1c5e-95a4-4c9a-8b1f-6f2f1f3f9a00"
	aDigest  = "uEiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	aKey     = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
	aMethod  = aKey + "#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
	keyHex   = "2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6"
	zeros32  = "0x0000000000000000000000000000000000000000000000000000000000000000"
	aMessage = "AB"
)

// Each format spells a model value as a ledger does, and reads exactly that.
func TestFormatsSpellBothWays(t *testing.T) {
	for name, c := range map[string]struct {
		spec   format.Spec
		of     format.Leaf
		model  any
		native any
	}{
		"a date":                          {format.Spec{"date", "YYYYMMDD"}, date, "2026-02-28", "20260228"},
		"a date as it is written":         {format.Spec{"date", "MM/DD/YYYY"}, date, "2026-02-28", "02/28/2026"},
		"a date at midnight":              {format.Spec{"date", "YYYY-MM-DDT00:00:00Z"}, date, "2026-02-28", "2026-02-28T00:00:00Z"},
		"a date as a number":              {format.Spec{"date", map[string]any{"pattern": "YYYYMMDD", "as": "number"}}, date, "2026-11-04", 20261104.0},
		"a number without its zero":       {format.Spec{"date", map[string]any{"pattern": "DDMMYYYY", "as": "number"}}, date, "2026-11-04", 4112026.0},
		"an instant as a number":          {format.Spec{"date", map[string]any{"pattern": "YYYYMMDDhhmmss", "as": "number"}}, instant, "2026-11-04T00:00:09Z", 20261104000009.0},
		"a day kept as an instant":        {format.Spec{"date", map[string]any{"pattern": "YYYY-MM-DDT00:00:00.000Z"}}, date, "2026-11-04", "2026-11-04T00:00:00.000Z"},
		"a day kept as milliseconds":      {format.Spec{"epoch", "millis"}, date, "2026-11-04", 1793750400000.0},
		"an instant":                      {format.Spec{"date", "YYYYMMDDhhmmss"}, instant, "2026-02-28T01:02:03Z", "20260228010203"},
		"an instant in seconds":           {format.Spec{"epoch", "seconds"}, instant, "1970-01-01T00:00:01Z", 1.0},
		"an instant before 1970":          {format.Spec{"epoch", "seconds"}, instant, "1969-12-31T23:59:59Z", -1.0},
		"an instant in milliseconds":      {format.Spec{"epoch", "millis"}, instant, "2026-11-20T00:00:00Z", 1795132800000.0},
		"a date in seconds":               {format.Spec{"epoch", "seconds"}, date, "1970-01-02", 86400.0},
		"a date in seconds as text":       {format.Spec{"epoch", map[string]any{"unit": "seconds", "as": "text"}}, date, "1970-01-02", "86400"},
		"an instant before 1970, as text": {format.Spec{"epoch", map[string]any{"unit": "seconds", "as": "text"}}, instant, "1969-12-31T23:59:59Z", "-1"},
		"cents":                           {format.Spec{"decimal", 2.0}, decimal, "12.5", "1250"},
		"less than one":                   {format.Spec{"decimal", 6.0}, decimal, "0.000001", "1"},
		"none":                            {format.Spec{"decimal", 2.0}, decimal, "0", "0"},
		"eighteen decimals":               {format.Spec{"decimal", 18.0}, decimal, "1", "1000000000000000000"},
		"whole units":                     {format.Spec{"decimal", 0.0}, decimal, "999999999999999", "999999999999999"},
		"cents as a number":               {format.Spec{"decimal", map[string]any{"scale": 2.0, "as": "number"}}, decimal, "12.5", 1250.0},
		"a decimal as a number":           {format.Spec{"number", nil}, decimal, "12.05", 12.05},
		"digits as a number":              {format.Spec{"digits", map[string]any{"width": 6.0, "as": "number"}}, text, "870830", 870830.0},
		"a number's zero in front":        {format.Spec{"digits", 6.0}, text, "010121", 10121.0},
		"an integer as text":              {format.Spec{"digits", nil}, integer, 12.0, "12"},
		"text in hex":                     {format.Spec{"hex", nil}, text, aMessage, "4142"},
		"a digest in hex":                 {format.Spec{"hex", "0x"}, digest, aDigest, zeros32},
		"a digest in a word":              {format.Spec{"bytes32", nil}, digest, aDigest, zeros32},
		"a uuid in a word":                {format.Spec{"bytes32", nil}, uuid, anID, "0x0d9c1c5e95a44c9a8b1f6f2f1f3f9a00" + strings.Repeat("0", 32)},
		"text in a word":                  {format.Spec{"bytes32", nil}, text, aMessage, "0x4142" + strings.Repeat("0", 60)},
		"a key in hex":                    {format.Spec{"hex", nil}, key, aKey, keyHex},
		"a key's method in hex":           {format.Spec{"hex", nil}, method, aMethod, keyHex},
		"a signature in base 58":          {format.Spec{"base58", nil}, proof, "z" + strings.Repeat("1", 64), strings.Repeat("1", 64)},
		"a digest in base 64":             {format.Spec{"base64", nil}, digest, aDigest, strings.Repeat("A", 43) + "="},
		"a digest in base 64 for url":     {format.Spec{"base64", "url"}, digest, aDigest, strings.Repeat("A", 43)},
		"the index of a code":             {format.Spec{"enum", []any{"file", "refile"}}, text, "refile", 1.0},
		"an entry number":                 {format.Spec{"groups", "XXX-XXXXXXX-X"}, text, "ABC12345676", "ABC-1234567-6"},
		"a short tariff number":           {format.Spec{"groups", "XXXX.XX.XX.XX"}, text, "731815", "7318.15"},
		"a long tariff number":            {format.Spec{"groups", "XXXX.XX.XX.XX"}, text, "7318152010", "7318.15.20.10"},
		"without what is in front":        {format.Spec{"without", "urn:uuid:"}, uuid, anID, anID[9:]},
		"an object as text":               {format.Spec{"json", nil}, object, ld.Object{"b": 1.0, "a": "x"}, `{"a":"x","b":1}`},
	} {
		f, err := format.New(c.spec, c.of)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, err := f.Native(c.model); err != nil || !reflect.DeepEqual(got, c.native) {
			t.Errorf("%s: native %v, %v; want %v", name, got, err, c.native)
		}
		if got, err := f.Model(c.native); err != nil || !reflect.DeepEqual(got, c.model) {
			t.Errorf("%s: model %v, %v; want %v", name, got, err, c.model)
		}
	}
}

// What would not come back as it was, or is none of its kind, is refused in either direction.
func TestFormatsRefuse(t *testing.T) {
	for name, c := range map[string]struct {
		spec   format.Spec
		of     format.Leaf
		model  []any
		native []any
	}{
		"date":          {format.Spec{"date", "YYYYMMDD"}, date, []any{"2026-02-30", "20260228", "2026-2-28", 7.0, nil}, []any{"20260230", "2026022", "202602288", "2026-2-2", "+0260228", 20260228.0}},
		"date, literal": {format.Spec{"date", "YYYY-MM-DDT00:00:00Z"}, date, nil, []any{"2026-02-28T01:00:00Z", "2026-02-28"}},
		"date, a number": {format.Spec{"date", map[string]any{"pattern": "YYYYMMDD", "as": "number"}}, date, []any{"2026-02-30", 20260228.0},
			[]any{20260230.0, 2026022.0, 202602288.0, 20260228.5, -20260228.0, "20260228", 1e300, math.NaN(), math.Inf(1), nil}},
		"epoch":           {format.Spec{"epoch", "millis"}, instant, []any{"2026-02-30T00:00:00Z", "x", 1.0}, []any{1.0, 1000.5, "1000", -1e300, 1e18, nil}},
		"epoch, a date":   {format.Spec{"epoch", "seconds"}, date, []any{"2026-02-28T00:00:00Z"}, []any{1.0, 86399.0}},
		"epoch, text":     {format.Spec{"epoch", map[string]any{"unit": "seconds", "as": "text"}}, date, []any{"x"}, []any{86400.0, "086400", "86401", "1e5", "", "99999999999999999999"}},
		"decimal":         {format.Spec{"decimal", 2.0}, decimal, []any{"1.234", "1.50", "-1", "1e3", "", 1.0}, []any{"-1", "1.5", "01", "", 1.5, -1.0, strings.Repeat("9", 40), strings.Repeat("9", 41), nil}},
		"decimal, number": {format.Spec{"decimal", map[string]any{"scale": 6.0, "as": "number"}}, decimal, []any{"999999999999999.999999"}, []any{-1.0, 0.5}},
		"number":          {format.Spec{"number", nil}, decimal, []any{"999999999999999.999999", "x"}, []any{-1.0, 0.0000001, 1e16, "1"}},
		"digits of text":  {format.Spec{"digits", 6.0}, text, []any{"87083", "8708301", "8708.3", "-87083", "", 870830.0}, []any{8708301.0, -1.0, 1.5, 1e300, "870830"}},
		"digits":          {format.Spec{"digits", nil}, integer, []any{1.5, "1"}, []any{"01", "1.0", "", "-1", 1.0, strings.Repeat("9", 16)}},
		"hex":             {format.Spec{"hex", "0x"}, digest, []any{"uEiA", "zQm", "", 1.0}, []any{"00", "0x0", "0xzz", "0x", zeros32 + "00", 1.0}},
		"hex, a key":      {format.Spec{"hex", nil}, method, []any{aKey, aMethod + "x", strings.Replace(aMethod, "#z6MkhaX", "#z6MkhaY", 1)}, []any{"00"}},
		"bytes32":         {format.Spec{"bytes32", nil}, uuid, []any{"urn:uuid:0D9C1C5E-95A4-4C9A-8B1F-6F2F1F3F9A00", anID[9:]}, []any{"0x" + strings.Repeat("1", 64), "0x41"}},
		"bytes32, text":   {format.Spec{"bytes32", nil}, text, []any{strings.Repeat("x", 33), "x\x00"}, []any{"0xff" + strings.Repeat("0", 62)}},
		"base58":          {format.Spec{"base58", nil}, proof, []any{"z0", "x"}, []any{"0", "", "l", strings.Repeat("2", 300), "2"}},
		"base64":          {format.Spec{"base64", nil}, digest, nil, []any{strings.Repeat("A", 43), strings.Repeat("A", 42) + "B=", "A\nA="}},
		"enum":            {format.Spec{"enum", []any{"file", "refile"}}, text, []any{"accept", nil, []any{}}, []any{2.0, -1.0, 0.5, "0", map[string]any{}}},
		"groups":          {format.Spec{"groups", "XXX-XX"}, text, []any{"ABCDEF", "AB-C", 1.0}, []any{"ABC12", "ABC-123", "ABC-", "A-BC", "ABC/12"}},
		"without":         {format.Spec{"without", "urn:uuid:"}, uuid, []any{anID[9:], 1.0}, []any{1.0}},
		"json":            {format.Spec{"json", nil}, object, []any{"{}", nil}, []any{`{"a":1,"a":2}`, `[]`, "x", ld.Object{}}},
	} {
		f, err := format.New(c.spec, c.of)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, v := range c.model {
			if got, err := f.Native(v); err == nil || !strings.HasPrefix(err.Error(), "must ") {
				t.Errorf("%s: the model's %v became %v, %v", name, v, got, err)
			}
		}
		for _, v := range c.native {
			if got, err := f.Model(v); err == nil || !strings.HasPrefix(err.Error(), "must ") {
				t.Errorf("%s: the native %v became %v, %v", name, v, got, err)
			}
		}
	}
}

func TestAPatternInSmallLettersIsToldSo(t *testing.T) {
	if _, err := format.New(format.Spec{Name: "date", Argument: "dd.mm.yyyy"}, date); err == nil || !strings.Contains(err.Error(), "capitals") {
		t.Errorf("%v", err)
	}
}

func TestNoFormatIsMadeThatCouldNotWork(t *testing.T) {
	for name, c := range map[string]struct {
		spec format.Spec
		of   format.Leaf
	}{
		"an unknown one":              {format.Spec{"dat", nil}, date},
		"a date of text":              {format.Spec{"date", "YYYYMMDD"}, text},
		"a date without its day":      {format.Spec{"date", "YYYYMM"}, date},
		"a date with its month twice": {format.Spec{"date", "YYYYMMDDMM"}, date},
		"a date with hours":           {format.Spec{"date", "YYYYMMDDhh"}, date},
		"a date without a pattern":    {format.Spec{"date", nil}, date},
		"a number with strokes":       {format.Spec{"date", map[string]any{"pattern": "YYYY-MM-DD", "as": "number"}}, date},
		"a number with a sign":        {format.Spec{"date", map[string]any{"pattern": "-YYYYMMDD", "as": "number"}}, date},
		"a number beyond doubles":     {format.Spec{"date", map[string]any{"pattern": "YYYYMMDDhhmmss00", "as": "number"}}, instant},
		"a date as a float":           {format.Spec{"date", map[string]any{"pattern": "YYYYMMDD", "as": "float"}}, date},
		"a date with an odd option":   {format.Spec{"date", map[string]any{"patern": "YYYYMMDD"}}, date},
		"a date in small letters":     {format.Spec{"date", "yyyymmdd"}, date},
		"an epoch in days":            {format.Spec{"epoch", "days"}, date},
		"an epoch of an object":       {format.Spec{"epoch", map[string]any{}}, date},
		"an epoch as a list":          {format.Spec{"epoch", map[string]any{"unit": "seconds", "as": "list"}}, date},
		"a decimal without its scale": {format.Spec{"decimal", nil}, decimal},
		"a decimal beyond any":        {format.Spec{"decimal", 19.0}, decimal},
		"a decimal of text":           {format.Spec{"decimal", 2.0}, text},
		"a number of text":            {format.Spec{"number", nil}, text},
		"digits of text":              {format.Spec{"digits", nil}, text},
		"digits of no width":          {format.Spec{"digits", map[string]any{"as": "number"}}, text},
		"digits of too great a width": {format.Spec{"digits", 16.0}, text},
		"digits as text of text":      {format.Spec{"digits", map[string]any{"width": 6.0, "as": "text"}}, text},
		"digits with an argument":     {format.Spec{"digits", 2.0}, integer},
		"hex of a number":             {format.Spec{"hex", nil}, integer},
		"hex with another prefix":     {format.Spec{"hex", "x"}, text},
		"a signature in a word":       {format.Spec{"bytes32", nil}, proof},
		"base 64 of another kind":     {format.Spec{"base64", "mime"}, text},
		"an enum without codes":       {format.Spec{"enum", []any{}}, text},
		"an enum of lists":            {format.Spec{"enum", []any{[]any{}}}, text},
		"groups without a pattern":    {format.Spec{"groups", "ABC"}, text},
		"groups that end in a stroke": {format.Spec{"groups", "XXX-"}, text},
		"without nothing":             {format.Spec{"without", ""}, text},
		"json of text":                {format.Spec{"json", nil}, text},
	} {
		if _, err := format.New(c.spec, c.of); err == nil {
			t.Errorf("%s: made", name)
		}
	}
}

// Whatever a ledger holds: what a format reads, it writes, and reads as the same again.
func FuzzFormats(f *testing.F) {
	for _, seed := range []string{"20260228", "0x41", zeros32, "ABC-1234567-6", "1250", aDigest, "2e6f", "AAAA"} {
		f.Add(seed, 1250.0)
	}
	specs := []struct {
		spec format.Spec
		of   format.Leaf
	}{
		{format.Spec{"date", "YYYYMMDD"}, date}, {format.Spec{"date", "DD.MM.YYYY hh:mm:ss"}, instant}, {format.Spec{"epoch", "millis"}, instant},
		{format.Spec{"epoch", map[string]any{"unit": "seconds", "as": "text"}}, date},
		{format.Spec{"date", map[string]any{"pattern": "DDMMYYYY", "as": "number"}}, date},
		{format.Spec{"decimal", 3.0}, decimal}, {format.Spec{"number", nil}, decimal}, {format.Spec{"digits", nil}, integer}, {format.Spec{"digits", 6.0}, text},
		{format.Spec{"hex", nil}, text}, {format.Spec{"hex", "0x"}, key}, {format.Spec{"bytes32", nil}, text}, {format.Spec{"bytes32", nil}, uuid},
		{format.Spec{"base58", nil}, proof}, {format.Spec{"base64", nil}, digest}, {format.Spec{"groups", "XXX-XX.X"}, text},
		{format.Spec{"without", "urn:"}, text}, {format.Spec{"enum", []any{"a", "b"}}, text}, {format.Spec{"json", nil}, object},
	}
	f.Fuzz(func(t *testing.T, s string, n float64) {
		for _, c := range specs {
			made, err := format.New(c.spec, c.of)
			if err != nil {
				t.Fatal(err)
			}
			for _, native := range []any{s, n} {
				model, err := made.Model(native)
				if err != nil {
					continue
				}
				written, err := made.Native(model)
				if err != nil {
					t.Fatalf("%v: read %v as %v, and cannot write it: %v", c.spec, native, model, err)
				}
				if again, err := made.Model(written); err != nil || !reflect.DeepEqual(again, model) {
					t.Fatalf("%v: %v, then %v: %v", c.spec, model, again, err)
				}
			}
		}
	})
}
