package evidence

import (
	"fmt"
	"mime"
	"regexp"
	"strings"
)

// maxMediaType bounds a media type: RFC 6838, section 4.2, allows 127 characters on either side of the slash, and what
// is registered stays far below it.
const maxMediaType = 100

// restrictedName is type/subtype as RFC 6838, section 4.2, forms them.
var restrictedName = regexp.MustCompile(`^[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*$`)

// FormatMediaType reads a media type and answers it in lower case, "application/pdf". Parameters are refused and not
// dropped: what a record says of its evidence must be the same on both ends.
func FormatMediaType(s string) (string, error) {
	lower := strings.ToLower(s)
	if len(s) > maxMediaType || !restrictedName.MatchString(lower) {
		return "", fmt.Errorf("media type %.100q is not type/subtype alone, of at most %d characters (RFC 6838, section 4.2)", s, maxMediaType)
	}
	return lower, nil
}

// SameMediaType reports whether a Content-Type header names the media type. Parameters in the header, which proxies
// like to add, do not count.
func SameMediaType(header, media string) bool {
	have, _, err := mime.ParseMediaType(header)
	return err == nil && strings.EqualFold(have, media)
}
