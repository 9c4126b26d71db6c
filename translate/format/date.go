package format

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/translate/source"
)

// The forms of the model's dates and instants.
const (
	formDate    = "date"
	formInstant = "instant"

	dateLayout    = "2006-01-02"
	instantLayout = "2006-01-02T15:04:05Z"
)

func layoutOf(of Leaf) (string, error) {
	switch of.Form {
	case formDate:
		return dateLayout, nil
	case formInstant:
		return instantLayout, nil
	}
	return "", fmt.Errorf("must stand at a date or an instant of the model")
}

// letters of a pattern, and what Go calls them. Everything else in a pattern stands for itself.
var dateLetters = []struct{ letters, layout string }{
	{"YYYY", "2006"}, {"MM", "01"}, {"DD", "02"}, {"hh", "15"}, {"mm", "04"}, {"ss", "05"},
}

var dateOptions = source.Keys{
	{Name: "pattern", Needed: true, Takes: "a pattern",
		Says: "YYYY, MM and DD, for an instant also hh, mm and ss, each once; everything else stands for itself."},
	{Name: "as", Words: []source.Word{asText, asNumber}, Says: "A number holds digits only: 20261104, and with DDMMYYYY 4112026."},
}

// newDate spells dates and instants (UTC) by a pattern: YYYYMMDD, MM/DD/YYYY, YYYY-MM-DDT00:00:00Z. A pattern that
// leaves out what the model knows would lose it.
func newDate(argument any, of Leaf) (Format, error) {
	layout, err := layoutOf(of)
	if err != nil {
		return nil, err
	}
	given, err := options(argument, dateOptions)
	if err != nil {
		return nil, err
	}
	spelled, err := textArgument(given["pattern"], "a pattern such as YYYYMMDD")
	if err != nil {
		return nil, err
	}
	p, err := parsePattern(spelled, layout == instantLayout)
	if err != nil {
		return nil, err
	}
	f := p.format(spelled, layout, of)
	as, err := chosen(given, dateOptions, "as")
	if err != nil || as == asText.Name {
		return f, err
	}
	return counted(f, p, len(spelled))
}

// format spells by the pattern, as text.
func (p pattern) format(spelled, layout string, of Leaf) textual {
	return textual{
		native: func(s string) (any, error) {
			t, err := time.Parse(layout, s)
			if err != nil || t.Format(layout) != s {
				return nil, fmt.Errorf("must be a %s that exists", of.Form)
			}
			return p.write(t), nil
		},
		model: onText(func(s string) (string, error) {
			t, ok := p.read(s)
			if !ok {
				return "", fmt.Errorf("must be a %s that exists, spelled %s", of.Form, spelled)
			}
			return t.Format(layout), nil
		}),
	}
}

// maxDigits: a double holds every number of so many exactly.
const maxDigits = 15

// counted has the digits of a pattern as a number, which has no zeros in front: they are filled in where it is read.
func counted(f textual, p pattern, width int) (Format, error) {
	for _, part := range p {
		if part.layout == "" && strings.Trim(part.text, "0123456789") != "" {
			return nil, fmt.Errorf("must have a pattern of digits alone to be a number, without %q", part.text)
		}
	}
	if width > maxDigits {
		return nil, fmt.Errorf("must have at most %d digits to be a number", maxDigits)
	}
	native, model := f.native, f.model
	f.native = func(s string) (any, error) {
		digits, err := native(s)
		if err != nil {
			return nil, err
		}
		return strconv.ParseFloat(fmt.Sprint(digits), 64)
	}
	f.model = func(v any) (string, error) {
		n, ok := v.(float64)
		if !ok || n < 0 || n != float64(int64(n)) {
			return "", fmt.Errorf("must be a number of at most %d digits", width)
		}
		return model(fmt.Sprintf("%0*d", width, int64(n)))
	}
	return f, nil
}

// pattern is the parts of a date pattern: those with a layout, and text between them.
type pattern []struct{ text, layout string }

func parsePattern(s string, timed bool) (pattern, error) {
	if strings.Contains(s, "yyyy") || strings.Contains(s, "dd") {
		return nil, fmt.Errorf("must spell YYYY, MM and DD in capitals, for mm are minutes")
	}
	var p pattern
	missing := map[string]bool{"YYYY": true, "MM": true, "DD": true}
	if timed {
		missing["hh"], missing["mm"], missing["ss"] = true, true, true
	}
	for s != "" {
		letters, layout := nextLetters(s)
		if layout != "" && !missing[letters] {
			return nil, fmt.Errorf("must hold %s once, and only where the model has it", letters)
		}
		delete(missing, letters)
		p = append(p, struct{ text, layout string }{letters, layout})
		s = s[len(letters):]
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("must hold YYYY, MM and DD, for an instant also hh, mm and ss, spelled like this: what is left out would be lost")
	}
	return p, nil
}

func nextLetters(s string) (letters, layout string) {
	for _, l := range dateLetters {
		if strings.HasPrefix(s, l.letters) {
			return l.letters, l.layout
		}
	}
	return s[:1], ""
}

func (p pattern) write(t time.Time) string {
	var b strings.Builder
	for _, part := range p {
		if part.layout == "" {
			b.WriteString(part.text)
			continue
		}
		b.WriteString(t.Format(part.layout))
	}
	return b.String()
}

// read takes exactly what write gives.
func (p pattern) read(s string) (time.Time, bool) {
	values := map[string]string{"2006": "0000", "01": "01", "02": "01", "15": "00", "04": "00", "05": "00"}
	rest := s
	for _, part := range p {
		if len(rest) < len(part.text) {
			return time.Time{}, false
		}
		if part.layout != "" {
			values[part.layout] = rest[:len(part.text)]
		}
		rest = rest[len(part.text):]
	}
	v := values
	t, err := time.Parse(instantLayout, v["2006"]+"-"+v["01"]+"-"+v["02"]+"T"+v["15"]+":"+v["04"]+":"+v["05"]+"Z")
	return t, err == nil && p.write(t) == s
}
