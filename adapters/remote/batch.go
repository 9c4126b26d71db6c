package remote

import (
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// checkBatch holds a batch against what was asked for: final entries, each once, in the order of the chain, with cursors
// that go on.
func checkBatch(b *protocol.Batch, asked protocol.Changes, d *driver.Description) error {
	if len(b.Entries) > int(asked.Limit) {
		return corrupt("%d changes where %d were asked for", len(b.Entries), asked.Limit)
	}
	if err := checkReached(b); err != nil {
		return err
	}
	seen := map[driver.Cursor]bool{asked.After: true}
	versions := map[string]uint64{}
	for i, e := range b.Entries {
		if err := checkEntry(e, d); err != nil {
			return err
		}
		if err := checkStep(b, i, versions); err != nil {
			return err
		}
		if seen[e.Cursor] {
			return corrupt("a cursor comes twice in a batch, or again after it was asked for")
		}
		seen[e.Cursor] = true
	}
	return checkNext(b, seen)
}

// checkReached holds to its bounds how far a batch says that it came.
func checkReached(b *protocol.Batch) error {
	if h := b.Head; h != nil && (h.Hash == "" || len(h.Hash) > protocol.MaxName || h.Height > protocol.MaxNumber) {
		return corrupt("a batch whose head has a hash of %d bytes and height %d", len(h.Hash), h.Height)
	}
	if b.Head != nil {
		if err := checkTimes("the head of a batch", b.Head.Time); err != nil {
			return err
		}
	}
	return checkCursor(b.Next, true)
}

// checkStep holds an entry of a batch against those before it.
func checkStep(b *protocol.Batch, i int, versions map[string]uint64) error {
	e := b.Entries[i]
	if !e.Position.Final {
		return corrupt("a change that is not final")
	}
	if before, ok := versions[e.Key]; ok && e.Version != before+1 {
		return corrupt("version %d of a key follows version %d", e.Version, before)
	}
	versions[e.Key] = e.Version
	if i == 0 {
		return nil
	}
	at, before := e.Position, b.Entries[i-1].Position
	if at.Height < before.Height || at.Height == before.Height && at.Index < before.Index {
		return corrupt("a change at block %d, index %d follows one at %d, %d", at.Height, at.Index, before.Height, before.Index)
	}
	return nil
}

// checkNext refuses a batch that would be gone on from before its end: what follows would come twice.
func checkNext(b *protocol.Batch, seen map[driver.Cursor]bool) error {
	if n := len(b.Entries); n > 0 && b.Next != b.Entries[n-1].Cursor && seen[b.Next] {
		return corrupt("next is before the last change")
	}
	return nil
}

// places remembers at which heights the cursors stand that were handed out with the last entry of a batch, and so
// notices a server that goes back: the cursors themselves say nothing that could be compared.
type places struct {
	mu      sync.Mutex
	heights map[driver.Cursor]uint64
	order   []driver.Cursor // oldest first
}

// maxPlaces is how many cursors are remembered: those of more followers than a gateway has.
const maxPlaces = 256

// advance holds a batch against where its reader was, and remembers where it is now.
func (p *places) advance(after driver.Cursor, b *driver.Batch) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	from := p.heights[after]
	if n := len(b.Entries); n > 0 && b.Entries[0].Height < from {
		return corrupt("a change at height %d after a cursor that stands at %d", b.Entries[0].Height, from)
	}
	if at, ok := p.heights[b.Next]; ok && at < from {
		return corrupt("next is a cursor that stands at %d, after one that stands at %d", at, from)
	}
	if n := len(b.Entries); n > 0 && b.Next == b.Entries[n-1].Cursor {
		p.keep(b.Next, b.Entries[n-1].Height)
	}
	return nil
}

func (p *places) keep(c driver.Cursor, height uint64) {
	if p.heights == nil {
		p.heights = map[driver.Cursor]uint64{}
	}
	if _, ok := p.heights[c]; !ok {
		if p.order = append(p.order, c); len(p.order) > maxPlaces {
			delete(p.heights, p.order[0])
			p.order = p.order[1:]
		}
	}
	p.heights[c] = height
}
