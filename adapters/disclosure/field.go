package disclosure

import (
	"strings"
	"sync"

	"github.com/ftagateway/ftagateway/schemas"
)

// recordFields are the fields of a record: its leaves, and what leads to them.
var recordFields = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{"": true}
	for at := range schemas.RecordLeaves() {
		for end := len(at); end > 0; end = strings.LastIndexByte(at[:end], '/') {
			all[at[:end]] = true
		}
	}
	return all
})

// isField reports whether a record, or some document, can have a field. Which fields a document has is not known here,
// and need not be: they are refused unless they are listed.
func isField(model string) bool { return ofDocument(model) || recordFields()[model] }

func ofDocument(model string) bool { return model == subject || strings.HasPrefix(model, subject+"/") }

// holds reports whether a field holds others, so that an object or a list may stand there.
func holds(model string) bool {
	_, leaf := schemas.RecordLeaves()[model]
	return !leaf && isField(model)
}
