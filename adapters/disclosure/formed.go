package disclosure

import (
	"bytes"
	"math"
	"strconv"

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
	read := form.read(s)
	if len(read) == 0 && !leaf.Pattern.MatchString(s) {
		return "must be " + form.be
	}
	if what := x.inside(s, read); what != "" {
		return "must be " + form.be + ", and not what can be read or guessed: it is " + what
	}
	x.note(model, s)
	return ""
}

// read gives the bytes that a text can spell, as far as they are of that form. What is shorter than 32 may be filled with
// zeros, as bytes32 is.
func (o opaque) read(s string) [][]byte {
	var all [][]byte
	for _, b := range spelled(s) {
		cut, ok := bytes.CutPrefix(b, o.header)
		switch {
		case ok && len(cut) == o.size:
			all = append(all, cut)
		case len(b) == o.size, o.size < 32 && len(b) == 32 && len(bytes.TrimRight(b[o.size:], "\x00")) == 0:
			all = append(all, b[:o.size])
		}
	}
	return all
}

// inside says what an opaque value gives away.
func (x *inspection) inside(s string, read [][]byte) string {
	if what := x.secrets.in(s, randomText, x.rules); what != "" {
		return what
	}
	for _, b := range read {
		if readable(b) {
			return "text in another spelling"
		}
		if what := x.secrets.in(string(b), randomText, x.rules); what != "" {
			return what
		}
		if what := x.secrets.hashed(b, x.rules); what != "" {
			return what
		}
	}
	return ""
}
