package evidence

import (
	"crypto/rand"
	"fmt"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/ld"
)

// Ref is evidence as a record names it.
type Ref struct {
	ID        string    // urn:uuid, opaque
	Digest    ld.Digest // SHA-256 of the bytes
	MediaType string    // one that CheckMediaType accepts
}

// collectionForm is base32 in lower case: a token that differs only in case would be the same folder on some disks, and
// a company's name does not fit it.
var collectionForm = regexp.MustCompile(`^[a-z2-7]{26}$`)

// NewCollection makes the token of a new collection, 130 random bits.
func NewCollection() string { return strings.ToLower(rand.Text()) }

// CheckCollection says what is wrong with a collection's token, or nil.
func CheckCollection(token string) error {
	if !collectionForm.MatchString(token) {
		return fmt.Errorf("collection %.64q is not a token of 26 characters a-z and 2-7", token)
	}
	return nil
}

// ParseID reads an evidence id, "urn:uuid:" and a UUID in its usual lower-case spelling, and answers the UUID alone, as
// it stands in a URL.
func ParseID(id string) (string, error) {
	plain, ok := strings.CutPrefix(id, "urn:uuid:")
	if !ok {
		return "", fmt.Errorf("evidence id %.64q: must begin with %q", id, "urn:uuid:")
	}
	return plain, CheckUUID(plain)
}

// CheckUUID says what is wrong with a UUID as it stands in a URL, or nil. Other spellings of the same number are
// refused, so that one thing has one name.
func CheckUUID(plain string) error {
	u, err := uuid.Parse(plain)
	if err != nil || u.String() != plain {
		return fmt.Errorf("%.64q is not a UUID in lower case with hyphens (RFC 9562, section 4)", plain)
	}
	return nil
}

// Target is where a collection stands on a server: what a capability for it has as its invocation target. base is the
// server's scheme and host without a final slash. The empty collection gives the target of the root capability.
func Target(base, collection string) string {
	if collection == "" {
		return base + "/evidence"
	}
	return base + "/evidence/" + collection
}

// Locate is the URL of one piece of evidence under a capability's target: the target itself where it names that piece
// alone, else one segment below it. A target that names another piece alone is an error.
func Locate(target, id string) (string, error) {
	plain, err := ParseID(id)
	if err != nil {
		return "", err
	}
	switch last := target[strings.LastIndexByte(target, '/')+1:]; {
	case last == plain:
		return target, nil
	case CheckUUID(last) == nil:
		return "", fmt.Errorf("the capability is for evidence %s alone", last)
	}
	return target + "/" + plain, nil
}
