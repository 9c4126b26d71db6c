package format

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/translate/source"
)

// Kind is a format as mapping files name it, and as the reference explains it.
type Kind struct {
	Name string
	Says string
	// Options are what its argument may hold. The first may be given alone: {date: YYYYMMDD} is {date: {pattern: YYYYMMDD}}.
	Options  source.Keys
	Examples []string // pairs

	make maker
}

type maker func(argument any, of Leaf) (Format, error)

var kinds = []Kind{
	{"date", "A date, or an instant in UTC, by a pattern. What the model knows cannot be left out.", dateOptions, []string{
		`{model: /subject/signedOn, native: /signed, format: {date: YYYYMMDD}}`,
		`{model: /subject/signedOn, native: /signed, format: {date: {pattern: YYYYMMDD, as: number}}}`,
		`{model: /subject/signedOn, native: /signed, format: {date: "YYYY-MM-DDT00:00:00Z"}}`,
		`{model: /issued, native: /when, format: {date: "DD.MM.YYYY hh:mm:ss"}}`,
		`{model: /issued, native: /when, format: {date: "YYYY-MM-DDThh:mm:ss.000Z"}}`,
	}, newDate},
	{"epoch", "Time since 1970 in UTC. A date is the start of its day: a time within the day is refused.", epochOptions, []string{
		`{model: /issued, native: /when, format: {epoch: millis}}`,
		`{model: /subject/signedOn, native: /signed, format: {epoch: seconds}}`,
		`{model: /issued, native: /when, format: {epoch: {unit: seconds, as: text}}}`,
	}, newEpoch},
	{"decimal", "A count of smallest units: with the scale 2, 12.5 is 1250. Text and numbers are read.", decimalOptions, []string{
		`[{model: /subject/totals/enteredValue/value, native: /cents, format: {decimal: 2}}, {model: /subject/totals/enteredValue/currency, const: USD}]`,
		`[{model: /subject/totals/enteredValue/value, native: /cents, format: {decimal: {scale: 2, as: number}}}, {model: /subject/totals/enteredValue/currency, const: USD}]`,
	}, newDecimal},
	{"number", "A decimal as a JSON number.", nil, []string{
		`[{model: /subject/totals/enteredValue/value, native: /value, format: number}, {model: /subject/totals/enteredValue/currency, const: USD}]`}, newNumber},
	{"digits", "A whole number as text; and text of digits as a number.", digitsOptions, []string{
		`{model: /subject/goods, native: /goods, each: [{model: /hs, native: /hs, format: {digits: {width: 6, as: number}}}]}`,
		`{model: /links, native: /refs, each: [{model: /rel, const: certificate}, {model: /id, native: /id}, {model: /version, native: /v, format: digits}]}`}, newDigits},
	{"hex", "The bytes of a value in hexadecimal: of a digest 32, of a key 32, of a uuid 16, of any other text those of UTF-8.", hexOptions, []string{
		`{model: /subject/remarks, native: /remarks, format: hex}`,
		`{model: /links, native: /refs, each: [{model: /rel, const: certificate}, {model: /id, native: /id}, {model: /digest, native: /hash, format: {hex: "0x"}}]}`}, newHex},
	{"bytes32", "The same bytes as 0x and 64 digits, filled with zeros at the right.", nil, []string{
		`{model: /links, native: /refs, each: [{model: /rel, const: certificate}, {model: /id, native: /id, format: bytes32}]}`}, newBytes32},
	{"base58", "The same bytes in Bitcoin's alphabet.", nil, []string{
		`{model: /links, native: /refs, each: [{model: /rel, const: certificate}, {model: /id, native: /id, format: base58}]}`}, newBase58},
	{"base64", "The same bytes in base 64.", base64Options, []string{
		`{model: /subject/remarks, native: /remarks, format: base64}`,
		`{model: /subject/remarks, native: /remarks, format: {base64: url}}`}, newBase64},
	{"enum", "The index of a code in a list, from 0.", enumOptions, []string{
		`{model: /event, native: /state, format: {enum: [file, accept, reject]}}`}, newEnum},
	{"groups", "Punctuation between characters. A shorter value ends earlier.", groupsOptions, []string{
		`{model: /subject/goods, native: /goods, each: [{model: /hs, native: /hs, format: {groups: XXXX.XX.XX.XX}}]}`}, newGroups},
	{"without", "Leaves out what every value of the model begins with.", withoutOptions, []string{
		`{model: /links, native: /refs, each: [{model: /rel, const: certificate}, {model: /id, native: /uuid, format: {without: "urn:uuid:"}}]}`}, newWithout},
	{"json", "An object as text that holds its canonical JSON.", nil, []string{
		`{model: /subject/certifier, native: /certifierText, format: json}`}, newJSON},
}

// Kinds lists the formats in the order in which they are told.
func Kinds() []Kind { return slices.Clone(kinds) }

// The words of an option that several formats have.
var (
	asText   = source.Word{Name: "text", Says: "it stands there as text"}
	asNumber = source.Word{Name: "number", Says: "it stands there as a number"}
)

// options reads an argument: an object of options, or the first option alone.
func options(argument any, of source.Keys) (map[string]any, error) {
	object, ok := argument.(map[string]any)
	if argument == nil || len(of) == 0 {
		return nil, noArgument(argument)
	}
	if !ok {
		object = map[string]any{of[0].Name: argument}
	}
	for name := range object {
		if !slices.Contains(of.Names(), name) {
			return nil, fmt.Errorf("must have no option %.40q%s; known are %s", name, source.Hint(name, of.Names()), strings.Join(of.Names(), ", "))
		}
	}
	return object, nil
}

// chosen gives one of the words of an option, the first where it is not given.
func chosen(from map[string]any, of source.Keys, name string) (string, error) {
	key := of.Of(name)
	v, ok := from[name]
	if !ok && !key.Needed {
		return key.Words[0].Name, nil
	}
	s, _ := v.(string)
	wrong, ok := key.Word(s)
	if !ok {
		return "", fmt.Errorf("must have %s: %s", name, wrong)
	}
	return s, nil
}

const (
	maxArgument = 100 // characters
	maxCodes    = 1000
)

var limits = []source.Limit{
	{Most: maxArgument, Of: "characters of a pattern or prefix"},
	{Most: maxCodes, Of: "codes of an enum"},
	{Most: maxBase58, Of: "characters in base 58"},
	{Most: maxScale, Of: "scale of a decimal"},
	{Most: maxDigits, Of: "digits of a date, or of text of digits, as a number"},
}

// Limits lists the bounds of formats.
func Limits() []source.Limit { return limits }
