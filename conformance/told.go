package conformance

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// maxListed bounds how many entries or keys of an answer are told.
const maxListed = 5

// The values as a report tells them: bodies and proofs by their size and how they begin.
type (
	toldRef struct {
		Key      string          `json:"key"`
		Version  uint64          `json:"version,omitempty"`
		Finality driver.Finality `json:"finality,omitempty"`
		AtLeast  uint64          `json:"atLeast,omitempty"`
	}
	toldWrite struct {
		Key            string          `json:"key"`
		Expect         uint64          `json:"expect"`
		Body           string          `json:"body"`
		Lookups        []driver.Lookup `json:"lookups,omitempty"`
		IdempotencyKey string          `json:"idempotencyKey,omitempty"`
	}
	toldEntry struct {
		Key           string        `json:"key"`
		Version       uint64        `json:"version"`
		Body          string        `json:"body,omitempty"`
		Deleted       bool          `json:"deleted,omitempty"`
		Author        string        `json:"author,omitempty"`
		Height        uint64        `json:"height"`
		Index         uint32        `json:"index,omitempty"`
		Tx            string        `json:"tx"`
		Final         bool          `json:"final"`
		Cursor        driver.Cursor `json:"cursor"`
		Contradiction string        `json:"contradiction,omitempty"`
	}
	toldReceipt struct {
		Tx      string       `json:"tx"`
		State   driver.State `json:"state"`
		Key     string       `json:"key"`
		Version uint64       `json:"version"`
		Height  uint64       `json:"height,omitempty"`
		Reason  string       `json:"reason,omitempty"`
	}
)

func tellEntry(e *driver.Entry) any {
	if e == nil {
		return nil
	}
	told := toldEntry{Key: e.Key, Version: e.Version, Deleted: e.Deleted, Height: e.Height, Index: e.Index, Tx: e.Tx,
		Final: e.Final, Cursor: e.Cursor, Contradiction: e.Contradiction}
	if !e.Deleted {
		told.Body = brief(e.Body)
	}
	if e.Author.Kind != "" || e.Author.ID != "" {
		told.Author = e.Author.Kind + " " + e.Author.ID
	}
	return told
}

// tellEntries tells the first of them, and how many there are.
func tellEntries(entries []*driver.Entry) map[string]any {
	first := []any{}
	for _, e := range entries[:min(len(entries), maxListed)] {
		first = append(first, tellEntry(e))
	}
	told := map[string]any{"entries": first}
	if len(entries) > maxListed {
		told["entriesInAll"] = len(entries)
	}
	return told
}

func tellReceipt(r *driver.Receipt) any {
	if r == nil {
		return nil
	}
	return toldReceipt{Tx: r.Tx, State: r.State, Key: r.Key, Version: r.Version, Height: r.Pos.Height, Reason: r.Reason}
}

func tellProof(p *driver.Proof) any {
	if p == nil {
		return nil
	}
	return map[string]any{"type": p.Type, "data": brief(p.Data)}
}

func tellBlock(b driver.Block) any { return map[string]any{"height": b.Height, "hash": b.Hash} }

// told writes a value as JSON, for people: what is in a string there cannot be mistaken for what is around it.
func told(value any) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(out.String())
}
