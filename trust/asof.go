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

// Aged sets the age: the time between the answer's block and the chain's newest known one, both on the chain's own clock,
// and what has passed since that one was seen. The host's clock is never held against the chain's, because they need not
// agree. Neither part is ever below 0: a head that is older than the answer tells nothing.
func (a AsOf) Aged(head time.Time, since time.Duration) AsOf {
	a.Age = nil
	if a.ChainTime.IsZero() {
		return a
	}
	behind := max(0, head.Sub(a.ChainTime)) + max(0, since)
	age := int64(behind / time.Second)
	a.Age = &age
	return a
}
