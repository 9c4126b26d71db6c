package trust

import "time"

// AsOf says which state of which ledger an answer speaks of.
type AsOf struct {
	Ledger    string    `json:"ledger"` // the ledger's URI
	Height    uint64    `json:"height"`
	ChainTime time.Time `json:"chainTime,omitzero"` // the chain's own time of that block, UTC
	Final     bool      `json:"final"`
	// Age is how far, in whole seconds, the answer lies behind. Nil where the chain tells no time.
	Age *int64 `json:"age,omitempty"`
}

// Aged sets the age. It is measured on the chain's own clock where a newer head of the chain is known, because the
// host's clock and the chain's need not agree; only without such a head does the host's clock, now, serve. An answer
// from the future is 0 seconds old.
func (a AsOf) Aged(head, now time.Time) AsOf {
	a.Age = nil
	if a.ChainTime.IsZero() {
		return a
	}
	if head.IsZero() || head.Before(a.ChainTime) {
		head = now
	}
	age := max(0, int64(head.Sub(a.ChainTime)/time.Second))
	a.Age = &age
	return a
}
