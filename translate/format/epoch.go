package format

import (
	"fmt"
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
}

func newEpoch(argument any, of Leaf) (Format, error) {
	layout, err := layoutOf(of)
	if err != nil {
		return nil, err
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
	return epoch{layout, unit, step}, nil
}

// Native gives a number.
func (e epoch) Native(model any) (any, error) {
	s, _ := model.(string)
	t, err := time.Parse(e.layout, s)
	if err != nil || t.Format(e.layout) != s {
		return nil, fmt.Errorf("must be a date or instant that exists")
	}
	return float64(t.Unix() * e.unit), nil
}

// Model takes whole seconds only, or days for a date.
func (e epoch) Model(native any) (any, error) {
	f, ok := native.(float64)
	n := int64(f)
	if !ok || float64(n) != f || n < firstSecond*e.unit || n > lastSecond*e.unit {
		return nil, fmt.Errorf("must be a whole number, a time from 1900 to 2199")
	}
	if n%e.step != 0 {
		return nil, fmt.Errorf("must be a multiple of %d: what is in between has no place in the model", e.step)
	}
	return time.Unix(n/e.unit, 0).UTC().Format(e.layout), nil
}
