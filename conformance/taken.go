package conformance

import (
	"fmt"
	"sync/atomic"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// tally counts the appends of a run by what came of them.
type tally struct{ taken, invalid atomic.Int64 }

// add counts an append that a ledger has a reason to take: one with a key and a body.
func (t *tally) add(w *driver.Write, err error) {
	switch {
	case w.Key == "" || len(w.Body) == 0:
	case err == nil:
		t.taken.Add(1)
	case driver.CodeOf(err) == driver.Invalid:
		t.invalid.Add(1)
	}
}

// hint says what to do where nothing at all was taken: that many cases failed has one cause then.
func (t *tally) hint() string {
	if t.taken.Load() > 0 || t.invalid.Load() == 0 {
		return ""
	}
	return fmt.Sprintf("Hint: of what was appended, nothing was taken, and %d appends were refused as invalid. It seems that the ledger takes no such "+
		"keys or bodies. --key-form PATTERN (Harness.NewKey) draws keys of its form; --mapping FILE (Harness.NewBody) draws bodies of its shape, which say "+
		"the key that they are written under if the mapping names that place as keyAt.", t.invalid.Load())
}
