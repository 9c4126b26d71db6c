package format

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/ftagateway/ftagateway/translate/source"
)

// digits has the model's integer as text.
type digits struct{}

var digitsOptions = source.Keys{
	{Name: "width", Takes: "a whole number from 1 to 15", Says: "For text of the model: how many digits it has, no more and no fewer."},
	{Name: "as", Words: []source.Word{asNumber}, Says: "A number has no zeros in front: they are filled in where it is read."},
}

// newDigits has an integer of the model as text; and text of digits, such as an HS number, as a number: of a given
// width, for a number does not tell how many zeros stood in front.
func newDigits(argument any, of Leaf) (Format, error) {
	switch {
	case of.Type == "integer" && argument != nil:
		return nil, fmt.Errorf("must have no argument at an integer of the model, which becomes text; a width is for text of the model")
	case of.Type == "integer":
		return digits{}, nil
	case of.Type != "string":
		return nil, fmt.Errorf("must stand at an integer of the model, or at text of digits")
	case argument == nil:
		return nil, fmt.Errorf("must have a width at text of the model, such as {digits: {width: 6, as: number}}")
	}
	return newNumbered(argument)
}

func newNumbered(argument any) (Format, error) {
	given, err := options(argument, digitsOptions)
	if err != nil {
		return nil, err
	}
	width, ok := given["width"].(float64)
	if !ok || width != float64(int(width)) || width < 1 || width > maxDigits {
		return nil, fmt.Errorf("must have a width from 1 to %d", maxDigits)
	}
	_, err = chosen(given, digitsOptions, "as")
	return numbered(int(width)), err
}

var digitForm = regexp.MustCompile(`^[0-9]{1,15}$`)

// numbered has text of so many digits as a number.
func numbered(width int) Format {
	return textual{
		native: func(s string) (any, error) {
			if len(s) != width || !digitForm.MatchString(s) {
				return nil, fmt.Errorf("must be text of %d digits", width)
			}
			return strconv.ParseFloat(s, 64)
		},
		model: func(v any) (string, error) {
			n, ok := v.(float64)
			if !ok || n < 0 || n != float64(int64(n)) || len(fmt.Sprint(int64(n))) > width {
				return "", fmt.Errorf("must be a whole number of at most %d digits", width)
			}
			return fmt.Sprintf("%0*d", width, int64(n)), nil
		},
	}
}

func (digits) Native(v any) (any, error) {
	f, ok := v.(float64)
	if !ok || f != float64(int64(f)) {
		return nil, fmt.Errorf("must be an integer")
	}
	return strconv.FormatInt(int64(f), 10), nil
}

func (digits) Model(v any) (any, error) {
	s, _ := v.(string)
	if !wholeForm.MatchString(s) || len(s) > 15 {
		return nil, fmt.Errorf("must be at most 15 digits as text")
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err
}
