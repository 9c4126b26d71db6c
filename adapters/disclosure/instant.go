package disclosure

import (
	"math"
	"strings"
	"time"
)

// The years that a record's times can be of.
const (
	firstYear = 1900
	lastYear  = 2199
)

func isInstant(v any) string {
	var at time.Time
	var ok bool
	switch v := v.(type) {
	case float64:
		at, ok = fromEpoch(v)
	case string:
		at, ok = timeIn(v)
	}
	if !ok || at.Year() < firstYear || at.Year() > lastYear {
		return "must be a time: a date with its hour, minute and second, or seconds or milliseconds since 1970"
	}
	return ""
}

// fromEpoch takes for milliseconds what would be far away in seconds.
func fromEpoch(n float64) (time.Time, bool) {
	const farAway = 7_258_118_400 // the year 2200
	switch {
	case n != math.Trunc(n) || math.Abs(n) > farAway*1000:
		return time.Time{}, false
	case math.Abs(n) > farAway:
		return time.UnixMilli(int64(n)).UTC(), true
	}
	return time.Unix(int64(n), 0).UTC(), true
}

// layouts are the orders in which the 14 digits of a time can stand.
var layouts = []string{"20060102150405", "02012006150405", "01022006150405", "15040520060102", "15040502012006", "15040501022006"}

const maxPunctuation = 12

// timeIn reads a time whose punctuation is not known, but that it is punctuation.
func timeIn(s string) (time.Time, bool) {
	digits, others := "", 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits += string(r)
		case strings.ContainsRune("-./:_, TZh", r):
			others++
		default:
			return time.Time{}, false
		}
	}
	if others > maxPunctuation || len(digits) != 14 {
		return time.Time{}, false
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, digits); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
