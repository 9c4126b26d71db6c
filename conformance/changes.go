package conformance

import (
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var changesCases = []Case{{
	ID: "stream/each-once-in-order", Level: LevelStream, Needs: []Need{NeedWrites, needChanges},
	Why: "Customs' view of a ledger follows its changes. One missed is a filing that is never shown, one repeated a second " +
		"alarm, and one out of order a correction that is undone.",
	Steps: []string{
		"Read the changes since before six entries were written: each of the six comes, once.",
		"Each stands further along the chain than the one before it, and versions of a key come in their order.",
	},
	run: eachOnceInOrder,
}, {
	ID: "stream/in-batches", Level: LevelStream, Needs: []Need{NeedWrites, needChanges},
	Why: "A follower that was away catches up batch by batch. What falls between two batches is lost for good.",
	Steps: []string{
		"Read the changes since before six entries were written one at a time: no batch holds more, none is missing or repeated.",
		"Do the same two at a time.",
	},
	run: inBatches,
}, {
	ID: "stream/agrees-with-get", Level: LevelStream, Needs: []Need{NeedWrites, needChanges},
	Why:   "What is pushed and what is read must be one story: a cache is filled by both.",
	Steps: []string{"Hold each change against get of its version: body, author and position are the same."},
	run:   changesAgreeWithGet,
}, {
	ID: "stream/followers-are-independent", Level: LevelStream, Needs: []Need{NeedWrites, needChanges},
	Why: "Several gateways follow one ledger. A place that the driver keeps for them is one that they take from each other.",
	Steps: []string{
		"Let two followers read the same changes by turns, one entry at a time: each gets all of them.",
		"Read once more from the first cursor: all of them again.",
	},
	run: followersAreIndependent,
}, {
	ID: "stream/only-final", Level: LevelStream, Needs: []Need{NeedWrites, needChanges},
	Why: "What was announced cannot be taken back. A block that goes away would have told customs of a filing that never was.",
	Steps: []string{
		"Append, and do not wait. While the receipt says included, the entry is not among the changes.",
		"Wait until the write is final: now it is, once, and final.",
	},
	run: onlyFinal,
}}

func eachOnceInOrder(c *check) {
	past := c.history()
	c.step(1)
	got := mine(c.follow(past.before, 0), past.keys()...)
	c.complete(got, past)
	c.step(2)
	c.inOrder(got)
}

// complete expects changes to be all of the past, each once.
func (c *check) complete(got []*driver.Entry, past *past) {
	var want, have []string
	entries := map[string]*driver.Entry{}
	for _, versions := range past.records {
		for _, e := range versions {
			want = append(want, nameOf(e))
			entries[nameOf(e)] = e
		}
	}
	for _, e := range got {
		have = append(have, nameOf(e))
	}
	c.eachOnce(have, want)
	for _, e := range got {
		c.written(e, entries[nameOf(e)], "the change to "+nameOf(e))
	}
}

func nameOf(e *driver.Entry) string { return fmt.Sprintf("%s version %d", e.Key, e.Version) }

// inOrder expects each entry to stand further along the chain than the one before it.
func (c *check) inOrder(entries []*driver.Entry) {
	versions := map[string]uint64{}
	for i, e := range entries {
		c.that(e.Version == versions[e.Key]+1, fmt.Sprintf("version %d of %s", versions[e.Key]+1, e.Key), "version %d", e.Version)
		versions[e.Key] = e.Version
		if i == 0 {
			continue
		}
		p := entries[i-1]
		c.that(e.Height > p.Height || e.Height == p.Height && e.Index > p.Index,
			fmt.Sprintf("a place after block %d, index %d", p.Height, p.Index), "block %d, index %d", e.Height, e.Index)
	}
}

func inBatches(c *check) {
	past := c.history()
	for limit := 1; limit <= 2; limit++ {
		c.step(limit)
		target, after := c.head().Final.Height, past.before
		var got []*driver.Entry
		for caughtUp := false; !caughtUp; {
			b := c.changes(after, limit, c.soon)
			c.that(len(b.Entries) <= limit, fmt.Sprintf("a batch of %d at most", limit), "%d", len(b.Entries))
			got, after = append(got, b.Entries...), b.Next
			caughtUp = b.Head.Hash != "" && b.Head.Height >= target
		}
		c.complete(mine(got, past.keys()...), past)
	}
}

func changesAgreeWithGet(c *check) {
	past := c.history()
	versioned := c.session.described.Can(driver.AbilityVersions)
	c.step(1)
	for _, e := range mine(c.follow(past.before, 0), past.keys()...) {
		newest := c.get(driver.Ref{Key: e.Key})
		switch {
		case e.Version == newest.Version:
			c.same(e, newest, "the change to "+nameOf(e))
		case versioned:
			c.same(e, c.get(driver.Ref{Key: e.Key, Version: e.Version}), "the change to "+nameOf(e))
		}
	}
}

func followersAreIndependent(c *check) {
	past := c.history()
	c.step(1)
	target := c.head().Final.Height
	followers := [2]driver.Cursor{past.before, past.before}
	var got [2][]*driver.Entry
	for caughtUp := 0; caughtUp < len(followers); {
		caughtUp = 0
		for i := range followers {
			b := c.changes(followers[i], 1, 0)
			followers[i] = b.Next
			got[i] = append(got[i], mine(b.Entries, past.keys()...)...)
			if b.Head.Hash != "" && b.Head.Height >= target {
				caughtUp++
			}
		}
	}
	c.complete(got[0], past)
	c.complete(got[1], past)
	c.step(2)
	c.complete(mine(c.follow(past.before, 0), past.keys()...), past)
}

func onlyFinal(c *check) {
	before := c.head().Cursor
	c.step(1)
	w := c.firstVersion()
	r, err := c.send(w)
	c.must(err, "append")
	early := mine(c.changes(before, 0, 0).Entries, w.Key)
	now, err := c.ledger().Receipt(c.ctx, r.Tx)
	c.must(err, "receipt")
	c.that(len(early) == 0 || now.State == driver.Finally, "no change before it is final", "%d while %s", len(early), now.State)
	c.step(2)
	c.settle(r)
	got := mine(c.follow(before, 0), w.Key)
	c.that(len(got) == 1, "one change", "%d", len(got))
	c.that(got[0].Final, "a change is final", "final is false")
}
