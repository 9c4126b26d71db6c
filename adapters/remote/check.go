package remote

import (
	"cmp"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// corrupt says what is wrong with an answer. The texts hold no key and no body: they are logged.
func corrupt(format string, args ...any) error {
	return slip(onRefusal, "the remote ledger's answer: "+format, args...)
}

// checkEntry holds an entry against what every entry is.
func checkEntry(e *protocol.Entry, d *driver.Description) error {
	switch {
	case e == nil:
		return corrupt("an entry is null")
	case e.Key == "":
		return corrupt("an entry has no key")
	case e.Version == 0 || e.Version > protocol.MaxNumber:
		return corrupt("version %d is not one", e.Version)
	case e.Position.Height > protocol.MaxNumber:
		return corrupt("height %d is above %d", e.Position.Height, uint64(protocol.MaxNumber))
	case e.Deleted != (len(e.Body) == 0):
		return corrupt("an entry has a body if and only if it is not deleted")
	case len(e.Body) > d.MaxBody:
		return corrupt("a body has %d bytes, and maxBody is %d", len(e.Body), d.MaxBody)
	}
	if err := checkNames(e.Author.Kind, e.Author.ID, e.Position.Tx); err != nil {
		return err
	}
	if err := checkTimes("an entry", e.Position.Time); err != nil {
		return err
	}
	return checkCursor(e.Cursor, d.Can(driver.AbilityChanges))
}

// checkTimes refuses what is not told in UTC: a clock in a zone of its own is one that somebody forgot to set, and what
// is read beside others must need no arithmetic.
func checkTimes(of string, times ...time.Time) error {
	for _, t := range times {
		if _, east := t.Zone(); east != 0 {
			return corrupt("the time of %s, %s, is not in UTC: it must end in Z", of, t.Format(time.RFC3339))
		}
	}
	return nil
}

// checkNames bounds what is kept and shown of chains, blocks, transactions and authors.
func checkNames(names ...string) error {
	for _, name := range names {
		if len(name) > protocol.MaxName {
			return corrupt("a name of %d bytes, the most is %d", len(name), protocol.MaxName)
		}
	}
	return nil
}

func checkCursor(c driver.Cursor, needed bool) error {
	switch {
	case c == "" && needed:
		return corrupt("there is no cursor")
	case len(c) > protocol.MaxCursor:
		return corrupt("a cursor of %d bytes, the most is %d", len(c), protocol.MaxCursor)
	}
	return nil
}

// checkAnswers holds an entry against what was asked for.
func checkAnswers(e *protocol.Entry, ref driver.Ref) error {
	switch {
	case e.Key != ref.Key:
		return corrupt("an entry of another key than was asked for")
	case ref.Version != 0 && e.Version != ref.Version:
		return corrupt("version %d where %d was asked for", e.Version, ref.Version)
	case ref.Finality == driver.Final && !e.Position.Final:
		return corrupt("an entry that is not final where a final one was asked for")
	}
	return nil
}

// checkVersions holds a page against what was asked for: the versions that follow, one by one.
func checkVersions(entries []*protocol.Entry, asked protocol.Versions, d *driver.Description) error {
	if len(entries) > int(asked.Limit) {
		return corrupt("%d entries where %d were asked for", len(entries), asked.Limit)
	}
	for i, e := range entries {
		if err := checkEntry(e, d); err != nil {
			return err
		}
		if err := checkAnswers(e, driver.Ref{Key: asked.Key, Version: asked.After + 1 + uint64(i)}); err != nil {
			return err
		}
	}
	return nil
}

func checkHead(h *protocol.Head, d *driver.Description) error {
	switch {
	case h.ChainID == "" || h.Newest.Hash == "" || h.Final.Hash == "":
		return corrupt("a head without chain or hash")
	case h.Newest.Height > protocol.MaxNumber || h.Final.Height > h.Newest.Height:
		return corrupt("final height %d, newest %d", h.Final.Height, h.Newest.Height)
	}
	if err := checkNames(h.ChainID, h.Newest.Hash, h.Final.Hash); err != nil {
		return err
	}
	if err := checkTimes("a block", h.Newest.Time, h.Final.Time); err != nil {
		return err
	}
	return checkCursor(h.Cursor, d.Can(driver.AbilityChanges))
}

func checkFound(f *protocol.Found, asked protocol.Find) error {
	if len(f.Keys) > int(asked.Limit) {
		return corrupt("%d keys where %d were asked for", len(f.Keys), asked.Limit)
	}
	if f.Next != "" && f.Next == asked.Page {
		return corrupt("the next page is the one that was asked for")
	}
	if err := checkCursor(driver.Cursor(f.Next), false); err != nil {
		return err
	}
	seen := make(map[string]bool, len(f.Keys))
	for _, key := range f.Keys {
		if key == "" || seen[key] {
			return corrupt("a key is empty, or twice on a page")
		}
		seen[key] = true
	}
	return nil
}

func checkProof(p *protocol.Proof, d *driver.Description) error {
	if !slices.Contains(d.ProofTypes, p.Type) {
		return corrupt("a proof of type %.64q, which the description does not name", p.Type)
	}
	if len(p.Data) == 0 {
		return corrupt("a proof without data")
	}
	if err := protocol.Shallow(p.Data); err != nil {
		return corrupt("the proof's data: %w", err)
	}
	return nil
}

// checkReceipt holds a receipt against the states that there are.
func checkReceipt(r *protocol.Receipt) error {
	switch r.State {
	case driver.Pending, driver.Rejected, driver.Dropped:
	case driver.Included, driver.Finally:
		if r.Key == "" || r.Version == 0 || r.Version > protocol.MaxNumber || r.Position == nil || r.Position.Height > protocol.MaxNumber {
			return corrupt("a receipt that is %s, without key, version or position", r.State)
		}
	default:
		return corrupt("a receipt in state %.40q", r.State)
	}
	if r.Tx == "" {
		return corrupt("a receipt without transaction")
	}
	return checkPlace(r)
}

// checkPlace holds what a receipt says of where and when to its bounds.
func checkPlace(r *protocol.Receipt) error {
	at := cmp.Or(r.Position, &protocol.Position{})
	if err := checkTimes("a receipt", r.Asked, at.Time); err != nil {
		return err
	}
	return checkNames(r.Tx, at.Tx)
}
