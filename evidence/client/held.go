package client

import (
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// Held is what is shown of a capability that was handed over.
type Held struct {
	ID      string    `json:"id"`
	Issuer  string    `json:"issuer"` // did:key that delegated it, whose records it is used for
	Host    string    `json:"host"`   // of the evidence server
	Added   time.Time `json:"added"`
	Expires time.Time `json:"expires"`
	Expired bool      `json:"expired"` // and so not used; kept until it is renewed or forgotten
}

// holding is a capability as it lies in the store.
type holding struct {
	Issuer     string          `json:"issuer"`
	Added      time.Time       `json:"added"`
	Document   json.RawMessage `json:"capability"`
	capability *capability.Capability
}

func newHolding(c *capability.Capability, issuer string, added time.Time) (holding, error) {
	document, err := ld.JCS(c.Object())
	if err != nil {
		return holding{}, fmt.Errorf("encode capability %s: %w", c.ID, err)
	}
	return holding{Issuer: issuer, Added: added.UTC(), Document: document, capability: c}, nil
}

func decodeHolding(value []byte) (holding, error) {
	var h holding
	if err := json.Unmarshal(value, &h); err != nil {
		return holding{}, fmt.Errorf("read held capability: %w", err)
	}
	var err error
	if h.capability, err = capability.Parse(h.Document); err != nil {
		return holding{}, fmt.Errorf("read held capability: %w", err)
	}
	return h, nil
}

// shown answers what staff may see: not the collection, which the list's reader has no use for.
func (h holding) shown(now time.Time) Held {
	held := Held{ID: h.capability.ID, Issuer: h.Issuer, Added: h.Added, Expires: h.capability.Expires}
	held.Expired = !held.Expires.After(now)
	if u, err := url.Parse(h.capability.Target); err == nil {
		held.Host = u.Host
	}
	return held
}
