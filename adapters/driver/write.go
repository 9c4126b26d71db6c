package driver

import "time"

// Write is one version to append. The checks, in this order: Invalid for an empty key or body or a key that the chain
// cannot take, TooLarge above Description.MaxBody, Conflict for an IdempotencyKey that was used with other bytes or
// another key, and Conflict if the key does not stand at Expect (even where the newest version has the very same body).
type Write struct {
	Key    string
	Expect uint64 // the version that is the newest now; 0 creates the key. The write becomes Expect + 1
	Body   []byte
	// Lookups are what Find is to lead to this key by, for chains whose bodies do not hold them.
	Lookups []Lookup
	// IdempotencyKey makes a repeat safe: the same key with the same bytes answers the first write's receipt and writes
	// nothing. Empty means the hash of key, Expect and body.
	IdempotencyKey string
}

// State is how far a transaction has come.
type State string

// The states. Pending and Included move on; the others stay.
const (
	Pending  State = "pending"  // sent, or about to be; nothing is known yet
	Included State = "included" // in a block that is not final
	Finally  State = "final"    // in a final block, with effect
	Rejected State = "rejected" // in a block without effect, or refused for good
	Dropped  State = "dropped"  // will never be in a block: expired or replaced
)

// Receipt says what became of a write.
type Receipt struct {
	Tx      string
	State   State
	Key     string
	Version uint64   // the version that the write became, when Included or Final
	Reason  string   // why, when Rejected or Dropped; safe to show to a caller
	Pos     Position // when in a block
	Asked   time.Time
}
