package format

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/ftagateway/ftagateway/translate/source"
)

const formDecimal = "decimal"

// decimalForm is the one spelling that the model has for a number.
var decimalForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,14})([.][0-9]{0,5}[1-9])?$`)

var (
	errDecimal = fmt.Errorf("must be a decimal of at most 15 digits and 6 decimals, 0 or more")
	errDouble  = fmt.Errorf("must be a number that a double holds exactly: use text instead of a number")
)

// maxScale: the model knows at most six decimals.
const maxScale = 18

var decimalOptions = source.Keys{
	{Name: "scale", Needed: true, Takes: "a whole number from 0 to 18", Says: "One has ten to the scale of smallest units."},
	{Name: "as", Words: []source.Word{asText, asNumber}, Says: "How it is written."},
}

// newDecimal counts in whole smallest units, ten to the scale of them in one: {decimal: 2} has 12.5 as 1250. Written as
// digits in text, as ledgers do that count in 256 bits, or as a number: {decimal: {scale: 2, as: number}}. Either is read.
func newDecimal(argument any, of Leaf) (Format, error) {
	if of.Form != formDecimal {
		return nil, fmt.Errorf("must stand at a decimal of the model")
	}
	given, err := options(argument, decimalOptions)
	if err != nil {
		return nil, err
	}
	scale, ok := given["scale"].(float64)
	if !ok || scale != float64(int(scale)) || scale < 0 || scale > maxScale {
		return nil, fmt.Errorf("must have a scale from 0 to %d", maxScale)
	}
	as, err := chosen(given, decimalOptions, "as")
	return textual{
		native: func(s string) (any, error) { return scaled(s, int(scale), as == asNumber.Name) },
		model:  func(v any) (string, error) { return unscaled(v, int(scale)) },
	}, err
}

func scaled(s string, scale int, number bool) (any, error) {
	if !decimalForm.MatchString(s) {
		return nil, errDecimal
	}
	whole, part, _ := strings.Cut(s, ".")
	if len(part) > scale {
		return nil, fmt.Errorf("must have at most %d decimals", scale)
	}
	digits := strings.TrimLeft(whole+part+strings.Repeat("0", scale-len(part)), "0")
	if digits == "" {
		digits = "0"
	}
	if number {
		return toNumber(digits)
	}
	return digits, nil
}

var wholeForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,39})$`)

func unscaled(v any, scale int) (string, error) {
	if f, ok := v.(float64); ok {
		v = strconv.FormatFloat(f, 'f', -1, 64)
	}
	s, ok := v.(string)
	if !ok || !wholeForm.MatchString(s) {
		return "", fmt.Errorf("must be a whole number of 0 or more")
	}
	if len(s) <= scale {
		s = strings.Repeat("0", scale+1-len(s)) + s
	}
	at := len(s) - scale
	return canonical(s[:at], s[at:])
}

func canonical(whole, part string) (string, error) {
	s := whole
	if part = strings.TrimRight(part, "0"); part != "" {
		s += "." + part
	}
	if !decimalForm.MatchString(s) {
		return "", errDecimal
	}
	return s, nil
}

// newNumber has the model's decimal as a JSON number.
func newNumber(argument any, of Leaf) (Format, error) {
	if of.Form != formDecimal {
		return nil, fmt.Errorf("must stand at a decimal of the model")
	}
	return textual{native: toNumber, model: fromNumber}, noArgument(argument)
}

func toNumber(s string) (any, error) {
	if !decimalForm.MatchString(s) {
		return nil, errDecimal
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || strconv.FormatFloat(f, 'f', -1, 64) != s {
		return nil, errDouble
	}
	return f, nil
}

func fromNumber(v any) (string, error) {
	f, ok := v.(float64)
	if !ok {
		return "", fmt.Errorf("must be a number")
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !decimalForm.MatchString(s) {
		return "", errDecimal
	}
	return s, nil
}
