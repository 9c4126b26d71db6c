package webledger

import (
	"strings"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// isKey reports whether text is a urn:uuid in its canonical lower-case spelling. Another spelling of the same UUID is
// another id on a ledger, and so no key here.
func isKey(text string) bool {
	bare, ok := strings.CutPrefix(text, "urn:uuid:")
	if !ok {
		return false
	}
	id, err := uuid.Parse(bare)
	return err == nil && id.String() == bare
}

func checkKey(key string) error {
	if isKey(key) {
		return nil
	}
	return driver.Errorf(driver.Invalid, "key %.64q: must be a urn:uuid in lower case", key)
}

// pageSize is the most that a page holds.
const pageSize = 100

func pageOf(limit int) int {
	if limit < 1 || limit > pageSize {
		return pageSize
	}
	return limit
}
