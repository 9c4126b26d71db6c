package conformance

import (
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var cursorCases = []Case{{
	ID: "stream/empty-cursor-is-genesis", Level: LevelStream, Needs: []Need{NeedHistory, needChanges},
	Why: "A gateway that is new to a ledger reads all of it. Begun at the head, it never knows of what was filed before.",
	Steps: []string{
		"Read the first change after the empty cursor: there is one, and it is a version 1, as whatever comes first must be.",
		"It stands no further along the chain than any entry that is known.",
	},
	run: emptyCursorIsGenesis,
}, {
	ID: "stream/entry-cursor-goes-on", Level: LevelStream, Needs: []Need{NeedWrites, needVersions, needChanges},
	Why: "Whoever has an entry can go on from it without reading all that came before.",
	Steps: []string{
		"Get version 1 of a key that has three, and read the changes after its cursor: versions 2 and 3, and not 1.",
		"Take version 2 from those changes, and read the changes after its cursor: version 3 alone.",
	},
	run: entryCursorGoesOn,
}, {
	ID: "stream/head-cursor-goes-on", Level: LevelStream, Needs: []Need{NeedWrites, needChanges},
	Why: "Whoever wants only what is new begins at the head. A cursor that stands before it floods them, one behind it loses.",
	Steps: []string{
		"Take the head's cursor, and write an entry.",
		"Read the changes after the cursor: that entry, and nothing that was there before.",
	},
	run: headCursorGoesOn,
}, {
	ID: "stream/empty-batch-goes-on", Level: LevelStream, Needs: []Need{NeedWrites, needChanges},
	Why: "A follower keeps next whether or not anything came. If it is lost at an empty batch, so is the follower's place.",
	Steps: []string{
		"Read until changes have caught up, and once more: an empty batch with a cursor, and the final block that it has seen, with its time in UTC.",
		"Write an entry and go on from that cursor: that entry, and nothing that was there before.",
	},
	run: emptyBatchGoesOn,
}, {
	ID: "stream/no-cursor-is-invalid", Level: LevelStream, Needs: []Need{needChanges},
	Why:   "A cursor that was damaged, begun over in silence, repeats the whole ledger to a follower that asked for what is new.",
	Steps: []string{"Read changes after text that no driver made: cursor-invalid."},
	run:   noCursorIsInvalid,
}, {
	ID: "stream/cursor-of-another-chain", Level: LevelStream, Needs: []Need{needChanges, NeedAnother},
	Why: "A chain that was wiped and restarted has the same address and other contents. A follower that goes on in it with " +
		"its old cursor misses what is below, and is never told.",
	Steps: []string{
		"Open another chain and take its head's cursor.",
		"Read changes of this chain after it: cursor-invalid.",
	},
	run: cursorOfAnotherChain,
}}

func emptyCursorIsGenesis(c *check) {
	newest := c.history().newest()
	c.step(1)
	first := c.firstChange()
	c.that(first.Version == 1, "version 1", "version %d of %s", first.Version, first.Key)
	c.step(2)
	for _, e := range newest {
		c.that(first.Height <= e.Height, fmt.Sprintf("a height of %d at most", e.Height), "%d", first.Height)
	}
}

// firstChange reads from genesis until a batch holds something.
func (c *check) firstChange() *driver.Entry {
	target := c.head().Final.Height
	for after := driver.Cursor(""); ; {
		b := c.changes(after, 1, 0)
		if len(b.Entries) > 0 {
			return b.Entries[0]
		}
		c.that(b.Head.Hash == "" || b.Head.Height < target, "a change, for there are entries", "none up to height %d", b.Head.Height)
		if b.Next == after {
			c.pause(minPause, "a change, for there are entries")
		}
		after = b.Next
	}
}

func entryCursorGoesOn(c *check) {
	key := c.history().longest()[0].Key
	c.step(1)
	first := c.get(driver.Ref{Key: key, Version: 1})
	after := mine(c.follow(first.Cursor, 0), key)
	c.that(numbers(after) == "2, 3", "versions 2, 3", "%s", numbers(after))
	c.step(2)
	rest := mine(c.follow(after[0].Cursor, 0), key)
	c.that(numbers(rest) == "3", "version 3", "%s", numbers(rest))
}

func headCursorGoesOn(c *check) {
	past := c.history()
	c.step(1)
	cursor := c.head().Cursor
	w := c.firstVersion()
	c.write(w)
	c.step(2)
	c.onlyNews(c.follow(cursor, 0), w.Key, past)
}

// onlyNews expects changes to hold the one entry that is new, and none of the past.
func (c *check) onlyNews(got []*driver.Entry, key string, past *past) {
	c.that(len(mine(got, key)) == 1, "the new entry, once", "%d times", len(mine(got, key)))
	old := mine(got, past.keys()...)
	c.that(len(old) == 0, "nothing that was there before", "%d such entries", len(old))
}

func emptyBatchGoesOn(c *check) {
	past := c.history()
	c.step(1)
	b := c.changes(c.head().Cursor, 0, 0)
	for len(b.Entries) > 0 || b.Head.Hash == "" {
		b = c.changes(b.Next, 0, c.soon)
	}
	c.that(b.Head.Height >= past.newest()[0].Height, fmt.Sprintf("the final block, at height %d or above",
		past.newest()[0].Height), "%d", b.Head.Height)
	c.step(2)
	w := c.firstVersion()
	c.write(w)
	c.onlyNews(c.follow(b.Next, 0), w.Key, past)
}

func noCursorIsInvalid(c *check) {
	c.step(1)
	for _, cursor := range []driver.Cursor{"no cursor of any chain", "\x00\xff", "0"} {
		_, err := c.ledger().Changes(c.ctx, cursor, 0, 0)
		c.code(err, fmt.Sprintf("changes after %q", string(cursor)), driver.CursorInvalid)
	}
}

func cursorOfAnotherChain(c *check) {
	c.step(1)
	other, err := c.session.harness.Another(c.ctx)
	c.must(err, "Harness.Another")
	defer func() { _ = other.Close() }()
	h, err := other.Head(c.ctx)
	c.must(err, "head of the other chain")
	c.step(2)
	_, err = c.ledger().Changes(c.ctx, h.Cursor, 0, 0)
	c.code(err, "changes after the cursor of another chain", driver.CursorInvalid)
}
