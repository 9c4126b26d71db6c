package gateway

import (
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust"
)

// Event says that a ledger has a new version of a record. It holds nothing of the record, which is read by its id.
type Event struct {
	// Cursor continues right after this event, at any gateway over the same ledgers.
	Cursor  string `json:"cursor"`
	Ledger  string `json:"ledger"`
	URI     string `json:"ledgerUri"`
	ID      string `json:"id"`
	Type    string `json:"type,omitempty"`  // empty where the body cannot be read
	Event   string `json:"event,omitempty"` // the step of the life cycle
	Version uint64 `json:"version"`
	Copy    bool   `json:"copy,omitempty"`
	// Outcome is the verdict's, without the document, when the change was read. Who acts on it reads the record.
	Outcome trust.Outcome `json:"outcome"`
	AsOf    trust.AsOf    `json:"asOf"`
}

// EventFilter says which events are wanted. Empty members do not filter.
type EventFilter struct {
	Type, Event, Ledger string
	// After is an event's Cursor, a page's Next, Now, or empty for everything from the beginning of each ledger.
	After string
	// Anew lists ledgers that are begun from their beginning where the cursor's place is not one of their chain's: they were
	// begun anew. It changes nothing where the place still is.
	Anew  []string
	Limit int // events in one page
}

// Now is the cursor that leaves out what stands already.
const Now = "now"

// EventPage is what came of all ledgers after a cursor, in each one's own order; between ledgers there is none.
type EventPage struct {
	Events  []Event  `json:"events"`
	Next    string   `json:"next"` // continues here, also when there are no events. Never empty
	Sources []Source `json:"sources"`
}

// DoAlike reports whether the ledgers of one page can be asked as those of another. Whether one has an event is no matter.
func DoAlike(a, b []Source) bool {
	return slices.EqualFunc(a, b, func(a, b Source) bool {
		return a.Ledger == b.Ledger && a.Error == b.Error && (a.State == NotGiven) == (b.State == NotGiven)
	})
}

func (f EventFilter) records() Filter { return Filter{Type: f.Type, Event: f.Event} }

// change is one reading of a ledger's changes with the place behind it. The event is made once for all who share the
// reading, when the first of them wants it.
type change struct {
	reading *adapters.Reading
	after   driver.Cursor
	event   func() Event
}

func eventOf(j *judged) Event {
	a := j.answer(false)
	return Event{Ledger: a.Ledger, URI: a.URI, ID: a.ID, Type: a.Type, Event: a.Event, Version: a.Version, Copy: a.Copy,
		Outcome: a.Verdict.Outcome, AsOf: a.Verdict.AsOf}
}

// The times of events.
const (
	// patience is how long a page without events waits for ledgers that have not answered, whatever its wait.
	patience = 2 * time.Second
	// grace is how long the events of some ledgers wait for those of the others.
	grace = 250 * time.Millisecond
	// again is when a ledger that failed, and that its tail finds well, is asked once more.
	again = 2 * time.Second
)
