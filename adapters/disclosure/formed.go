package disclosure

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/schemas"
)

// formed holds a value against the form that its field has in a record, in any spelling that a mapping can give it.
func (x *inspection) formed(model string, leaf schemas.Leaf, v any) string {
	switch leaf.Form {
	case "version":
		return isVersion(v)
	case "instant":
		return isInstant(v)
	case "ledger":
		return x.isLedger(v)
	}
	return x.isOpaque(model, leaf, v)
}

const maxVersion = 1_000_000 // as the record's schema has it

func isVersion(v any) string {
	n, ok := v.(float64)
	if s, text := v.(string); text {
		i, err := strconv.ParseUint(s, 10, 32)
		n, ok = float64(i), err == nil && len(s) <= 7
	}
	if !ok || n != math.Trunc(n) || n < 1 || n > maxVersion {
		return "must be the number of a version: from 1 to 1000000"
	}
	return ""
}

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

// opaque says what the bytes of a form are. Where its size is 0, the pattern of the form says what there is to say.
type opaque struct {
	size   int
	header []byte
	be     string
}

var opaques = map[string]opaque{
	"uuid":               {16, nil, "an opaque id: a uuid"},
	"recordId":           {16, nil, "an opaque id: a uuid"},
	"digest":             {32, []byte{0x12, 0x20}, "a digest of 32 bytes (SHA-256)"},
	"commitment":         {32, nil, "a keyed commitment of 32 bytes"},
	"signingKey":         {32, []byte{0xed, 0x01}, "an Ed25519 key of 32 bytes"},
	"verificationMethod": {32, []byte{0xed, 0x01}, "an Ed25519 key of 32 bytes"},
	"proofValue":         {64, nil, "a signature of 64 bytes"},
}

// isOpaque takes bytes of the right length that do not read as text, and that are no hash of a secret.
func (x *inspection) isOpaque(model string, leaf schemas.Leaf, v any) string {
	form := opaques[leaf.Form]
	s, _ := v.(string)
	plain := leaf.Pattern.MatchString(s)
	read := form.bytes(s)
	if !plain && read == nil {
		return "must be " + form.be
	}
	if what := x.inside(s, read); what != "" {
		return "must be " + form.be + ", and not what can be read or guessed: it is " + what
	}
	x.note(model, s)
	return ""
}

// bytes gives the bytes that a text spells, nil where it spells none of that form. What is shorter than 32 may be filled
// with zeros, as bytes32 is.
func (o opaque) bytes(s string) []byte {
	for _, b := range spelled(s) {
		if cut, ok := bytes.CutPrefix(b, o.header); ok && len(cut) == o.size {
			return cut
		}
		if len(b) == o.size || o.size < 32 && len(b) == 32 && !slices.ContainsFunc(b[o.size:], func(c byte) bool { return c != 0 }) {
			return b[:o.size]
		}
	}
	return nil
}

// inside says what an opaque value gives away.
func (x *inspection) inside(s string, read []byte) string {
	if readable(read) {
		return "text in another spelling"
	}
	if what := x.secrets.in(s, randomText, x.rules); what != "" {
		return what
	}
	if what := x.secrets.in(string(read), randomText, x.rules); what != "" {
		return what
	}
	return x.secrets.hashed(read, x.rules)
}
