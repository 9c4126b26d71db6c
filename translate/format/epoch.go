package format

import (
	"fmt"
	"strconv"
	"time"

	"github.com/ftagateway/ftagateway/translate/source"
)

// The first and the last second of which the model has dates.
var (
	firstSecond = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	lastSecond  = time.Date(2199, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
)

var epochOptions = source.Keys{
	{Name: "unit", Needed: true, Words: []source.Word{{Name: "seconds", Says: "seconds since 1970"}, {Name: "millis", Says: "thousandths of a second"}},
		Says: "What is counted. What the model has no place for, below a second or within a date's day, is refused."},
	{Name: "as", Words: []source.Word{asNumber, asText}, Says: "As text it is digits, with - before 1970."},
}

// epoch counts seconds or milliseconds since 1970 (UTC); a date is the start of its day.
type epoch struct {
	layout string
	unit   int64 // a second has so many
	step   int64 // what the model knows in between would be lost
	text   bool
}

func newEpoch(argument any, of Leaf) (Format, error) {
	layout, err := layoutOf(of)
	if err != nil {
		return nil, err
	}
	given, err := options(argument, epochOptions)
	if err != nil {
		return nil, err
	}
	name, err := chosen(given, epochOptions, "unit")
	if err != nil {
		return nil, err
	}
	as, err := chosen(given, epochOptions, "as")
	if err != nil {
		return nil, err
	}
	unit := map[string]int64{"seconds": 1, "millis": 1000}[name]
	step := unit
	if layout == dateLayout {
		step = unit * 24 * 60 * 60
	}
	return epoch{layout, unit, step, as == asText.Name}, nil
}

// Native gives a number, or its digits.
func (e epoch) Native(model any) (any, error) {
	s, _ := model.(string)
	t, err := time.Parse(e.layout, s)
	if err != nil || t.Format(e.layout) != s {
		return nil, fmt.Errorf("must be a date or instant that exists")
	}
	n := t.Unix() * e.unit
	if e.text {
		return strconv.FormatInt(n, 10), nil
	}
	return float64(n), nil
}

// Model takes whole seconds only, or days for a date.
func (e epoch) Model(native any) (any, error) {
	n, ok := e.count(native)
	if !ok || n < firstSecond*e.unit || n > lastSecond*e.unit {
		return nil, fmt.Errorf("must be a whole number, a time from 1900 to 2199%s", map[bool]string{true: ", as text"}[e.text])
	}
	if n%e.step != 0 {
		return nil, fmt.Errorf("must be a multiple of %d: what is in between has no place in the model", e.step)
	}
	return time.Unix(n/e.unit, 0).UTC().Format(e.layout), nil
}

// count reads the number as it is written, and no other spelling of it.
func (e epoch) count(native any) (int64, bool) {
	if s, ok := native.(string); ok && e.text {
		n, err := strconv.ParseInt(s, 10, 64)
		return n, err == nil && strconv.FormatInt(n, 10) == s
	}
	f, ok := native.(float64)
	return int64(f), ok && !e.text && float64(int64(f)) == f
}
