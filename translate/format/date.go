package format

import (
	"fmt"
	"strings"
	"time"
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

// newDate spells dates and instants (UTC) by a pattern: YYYYMMDD, MM/DD/YYYY, YYYY-MM-DDT00:00:00Z. A pattern that
// leaves out what the model knows would lose it.
func newDate(argument any, of Leaf) (Format, error) {
	layout, err := layoutOf(of)
	if err != nil {
		return nil, err
	}
	pattern, err := textArgument(argument, "a pattern such as YYYYMMDD")
	if err != nil {
		return nil, err
	}
	p, err := parsePattern(pattern, layout == instantLayout)
	if err != nil {
		return nil, err
	}
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
				return "", fmt.Errorf("must be a %s that exists, spelled %s", of.Form, pattern)
			}
			return t.Format(layout), nil
		}),
	}, nil
}

// pattern is the parts of a date pattern: those with a layout, and text between them.
type pattern []struct{ text, layout string }

func parsePattern(s string, timed bool) (pattern, error) {
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
		return nil, fmt.Errorf("must hold YYYY, MM and DD, for an instant also hh, mm and ss: what is left out would be lost")
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
