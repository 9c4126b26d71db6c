package format

import (
	"fmt"
	"strconv"
	"time"
)

// The first and the last second of which the model has dates.
var (
	firstSecond = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	lastSecond  = time.Date(2199, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
)

// epoch counts seconds or milliseconds since 1970 (UTC); a date is the start of its day.
type epoch struct {
	layout string
	unit   int64 // a second has so many
	step   int64 // what the model knows in between would be lost
	text   bool  // as decimal text, where a ledger has no numbers that JSON is exact to
}

func newEpoch(argument any, of Leaf) (Format, error) {
	layout, err := layoutOf(of)
	if err != nil {
		return nil, err
	}
	var text bool
	if object, isObject := argument.(map[string]any); isObject && len(object) == 2 && object["as"] == any("text") {
		argument, text = object["unit"], true
	}
	name, _ := argument.(string)
	unit, ok := map[string]int64{"seconds": 1, "millis": 1000}[name]
	if !ok {
		return nil, fmt.Errorf("must be in seconds or millis")
	}
	step := unit
	if layout == dateLayout {
		step = unit * 24 * 60 * 60
	}
	return epoch{layout, unit, step, text}, nil
}

// Native gives a number, or its decimal digits.
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
		return nil, fmt.Errorf("must be %s, a time from 1900 to 2199", e.form())
	}
	if n%e.step != 0 {
		return nil, fmt.Errorf("must be a multiple of %d: what is in between has no place in the model", e.step)
	}
	return time.Unix(n/e.unit, 0).UTC().Format(e.layout), nil
}

// count takes exactly what Native gives.
func (e epoch) count(native any) (int64, bool) {
	if e.text {
		s, _ := native.(string)
		n, err := strconv.ParseInt(s, 10, 64)
		return n, err == nil && strconv.FormatInt(n, 10) == s
	}
	f, ok := native.(float64)
	return int64(f), ok && float64(int64(f)) == f
}

func (e epoch) form() string {
	if e.text {
		return "a whole number as text"
	}
	return "a whole number"
}
