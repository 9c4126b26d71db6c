package evidence

import (
	"fmt"
	"mime"
	"slices"
	"strings"
)

// mediaTypes are those that a record may name (the enumeration in schemas/json/Common.json): evidence of another type
// could not be referred to by anybody.
var mediaTypes = []string{
	"application/vc", "application/ld+json", "application/json", "application/pdf", "application/xml",
	"application/zip", "application/octet-stream", "image/jpeg", "image/png", "image/tiff", "text/csv", "text/plain",
}

// CheckMediaType says what is wrong with a media type, or nil. Parameters and other spellings are refused and not
// dropped: what a record says of its evidence must be the same on both ends.
func CheckMediaType(s string) error {
	if slices.Contains(mediaTypes, s) {
		return nil
	}
	return fmt.Errorf("media type %.100q is none that a record can name: %s", s, strings.Join(mediaTypes, ", "))
}

// SameMediaType reports whether a Content-Type header names the media type. Parameters in the header, which proxies
// like to add, do not count.
func SameMediaType(header, media string) bool {
	have, _, err := mime.ParseMediaType(header)
	return err == nil && strings.EqualFold(have, media)
}
