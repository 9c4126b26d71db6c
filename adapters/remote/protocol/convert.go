package protocol

import (
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// EntryOf gives the message of an entry.
func EntryOf(e *driver.Entry) *Entry {
	return &Entry{
		Key: e.Key, Version: e.Version, Body: e.Body, Deleted: e.Deleted,
		Author:   Author{Kind: e.Author.Kind, ID: e.Author.ID, Evidence: e.Author.Evidence},
		Position: positionOf(e.Position), Cursor: e.Cursor, Contradiction: e.Contradiction,
	}
}

// EntriesOf gives the messages of entries.
func EntriesOf(entries []*driver.Entry) []*Entry {
	out := make([]*Entry, len(entries))
	for i, e := range entries {
		out[i] = EntryOf(e)
	}
	return out
}

// Driver gives the entry that a message is of.
func (e *Entry) Driver() *driver.Entry {
	return &driver.Entry{
		Key: e.Key, Version: e.Version, Body: e.Body, Deleted: e.Deleted,
		Author:   driver.Author{Kind: e.Author.Kind, ID: e.Author.ID, Evidence: e.Author.Evidence},
		Position: e.Position.driver(), Cursor: e.Cursor, Contradiction: e.Contradiction,
	}
}

func positionOf(p driver.Position) Position {
	return Position{Height: p.Height, Index: p.Index, Tx: p.Tx, Time: p.Time.UTC(), Final: p.Final}
}

func (p Position) driver() driver.Position {
	return driver.Position{Height: p.Height, Index: p.Index, Tx: p.Tx, Time: p.Time.UTC(), Final: p.Final}
}

// BlockOf gives the message of a block.
func BlockOf(b driver.Block) Block { return Block{b.Height, b.Hash, b.Time.UTC()} }

// Driver gives the block that a message is of.
func (b Block) Driver() driver.Block {
	return driver.Block{Height: b.Height, Hash: b.Hash, Time: b.Time.UTC()}
}

// HeadOf gives the message of a head.
func HeadOf(h driver.Head) *Head {
	return &Head{ChainID: h.ChainID, Newest: BlockOf(h.Newest), Final: BlockOf(h.Final), Cursor: h.Cursor}
}

// Driver gives the head that a message is of.
func (h *Head) Driver() driver.Head {
	return driver.Head{ChainID: h.ChainID, Newest: h.Newest.Driver(), Final: h.Final.Driver(), Cursor: h.Cursor}
}

// BatchOf gives the message of a batch.
func BatchOf(b *driver.Batch) *Batch {
	out := &Batch{Entries: EntriesOf(b.Entries), Next: b.Next}
	if b.Head != (driver.Block{}) {
		head := BlockOf(b.Head)
		out.Head = &head
	}
	return out
}

// ReceiptOf gives the message of a receipt.
func ReceiptOf(r *driver.Receipt) *Receipt {
	out := &Receipt{Tx: r.Tx, State: r.State, Key: r.Key, Version: r.Version, Reason: r.Reason, Asked: r.Asked.UTC()}
	if r.Pos != (driver.Position{}) {
		at := positionOf(r.Pos)
		out.Position = &at
	}
	return out
}

// Driver gives the receipt that a message is of.
func (r *Receipt) Driver() *driver.Receipt {
	out := &driver.Receipt{Tx: r.Tx, State: r.State, Key: r.Key, Version: r.Version, Reason: r.Reason, Asked: r.Asked.UTC()}
	if r.Position != nil {
		out.Pos = r.Position.driver()
	}
	return out
}

// AppendOf gives the message of a write.
func AppendOf(w *driver.Write) *Append {
	out := &Append{Key: w.Key, Expect: w.Expect, Body: w.Body, IdempotencyKey: w.IdempotencyKey}
	for _, l := range w.Lookups {
		out.Lookups = append(out.Lookups, Lookup(l))
	}
	return out
}

// Driver gives the write that a message is of.
func (a *Append) Driver() *driver.Write {
	out := &driver.Write{Key: a.Key, Expect: a.Expect, Body: a.Body, IdempotencyKey: a.IdempotencyKey}
	for _, l := range a.Lookups {
		out.Lookups = append(out.Lookups, driver.Lookup(l))
	}
	return out
}

// ProofOf gives the message of a proof.
func ProofOf(p *driver.Proof) *Proof { return &Proof{Type: p.Type, Data: jsontext.Value(p.Data)} }

// DescriptionOf gives the message of a description.
func DescriptionOf(d driver.Description) *Description {
	return &Description{
		Protocol: Version, URI: d.URI, Kind: d.Kind, Abilities: d.Abilities,
		MaxBody: uint64(max(d.MaxBody, 0)), PageSize: uint64(max(d.PageSize, 0)),
		Finality: d.Finality, BlockTimeMillis: Millis(d.BlockTime), ProofTypes: d.ProofTypes,
		WriteMode: d.WriteMode, Via: d.Via, ForTesting: d.ForTesting,
	}
}

// Millis gives a duration as the protocol has it: whole milliseconds, rounded up so that a short one is not none.
func Millis(d time.Duration) uint64 {
	if d <= 0 {
		return 0
	}
	return uint64((d + time.Millisecond - 1) / time.Millisecond)
}

// Duration reads milliseconds, and takes what is above most as most.
func Duration(millis uint64, most time.Duration) time.Duration {
	if millis > uint64(most/time.Millisecond) {
		return most
	}
	return time.Duration(millis) * time.Millisecond
}
