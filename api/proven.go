package api

import (
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Proven is a ledger's own proof of a version, and the entry in the chain's own bytes. It has everything that a verifier
// of the proof's type binds (driver.Verify), so that nobody has to believe this gateway.
type Proven struct {
	Key       string        `json:"key"`
	Version   uint64        `json:"version"`
	Body      []byte        `json:"body"` // as base64
	Deleted   bool          `json:"deleted"`
	Author    Author        `json:"author"`
	Height    uint64        `json:"height"`
	Index     uint32        `json:"index"` // of the effect in its block
	Tx        string        `json:"tx"`
	ChainTime time.Time     `json:"chainTime,omitzero"`
	Proof     *driver.Proof `json:"proof"`
}

// Entry gives the entry that the proof is of, for driver.Verify.
func (p *Proven) Entry() *driver.Entry {
	return &driver.Entry{
		Key: p.Key, Version: p.Version, Body: p.Body, Deleted: p.Deleted,
		Author:   driver.Author{Kind: p.Author.Kind, ID: p.Author.ID, Evidence: p.Author.Evidence},
		Position: driver.Position{Height: p.Height, Index: p.Index, Tx: p.Tx, Time: p.ChainTime},
	}
}

// Author is whom the chain authenticated as the sender of a transaction.
type Author struct {
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Evidence []byte `json:"evidence,omitempty"` // as base64, in the chain's own form
}

func proven(e *driver.Entry, p *driver.Proof) Proven {
	return Proven{
		Key: e.Key, Version: e.Version, Body: e.Body, Deleted: e.Deleted,
		Author: Author{e.Author.Kind, e.Author.ID, e.Author.Evidence},
		Height: e.Height, Index: e.Index, Tx: e.Tx, ChainTime: e.Time, Proof: p,
	}
}
