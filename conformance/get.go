package conformance

import (
	"fmt"
	"math"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var getCases = []Case{{
	ID: "read/absent-is-not-found", Level: LevelRead,
	Why: "Absence is an answer of its own. An empty entry in its place is shown to customs as a filing without content.",
	Steps: []string{
		"Draw a key that nobody wrote and get it, final and latest: not-found.",
		"Where versions are offered, get its version 1: not-found.",
	},
	run: absentIsNotFound,
}, {
	ID: "read/absent-version-is-not-found", Level: LevelRead, Needs: []Need{NeedHistory, needVersions},
	Why: "A link pins the version that it saw. Another version in its place would be judged as what was pinned.",
	Steps: []string{
		"Get the version after the newest one: not-found.",
		"Get the highest version that a number can say: not-found.",
	},
	run: absentVersionIsNotFound,
}, {
	ID: "read/empty-key-is-invalid", Level: LevelRead,
	Why:   "The empty key names nothing. Told as absent, a caller's mistake looks like a finding about the chain.",
	Steps: []string{"Get the empty key: invalid.", "Where versions are offered, ask for those of the empty key: invalid."},
	run:   emptyKeyIsInvalid,
}, {
	ID: "read/newest-by-default", Level: LevelRead, Needs: []Need{NeedHistory},
	Why:   "Customs decides on what stands now. An older version is a filing that its filer has replaced.",
	Steps: []string{"Get each key without a version: its newest version, with its body and place."},
	run:   newestByDefault,
}, {
	ID: "read/every-version", Level: LevelRead, Needs: []Need{NeedHistory, needVersions},
	Why:   "An auditor reads what stood at the time; the chain of versions is checked link by link.",
	Steps: []string{"Get each version of a key by its number: that version, with its own body and place."},
	run:   everyVersion,
}, {
	ID: "read/pinned-to-a-block", Level: LevelRead, Needs: []Need{NeedHistory, needPin},
	Why: "A cache may take an answer for the newest only if it is no older than what it has followed. A node that lags behind " +
		"and answers all the same brings back what was replaced.",
	Steps: []string{
		"Get a key, and one that nobody wrote, with atLeast the height of the final block: the newest version, and not-found.",
		"Get both with atLeast a height that no block has yet: not-ready.",
	},
	run: pinnedToABlock,
}, {
	ID: "read/position-is-complete", Level: LevelRead, Needs: []Need{NeedHistory},
	Why: "The verdict says on which block, in which transaction and when. Without that nobody can look for themselves.",
	Steps: []string{
		"Get an entry: it names its transaction and the chain's time in UTC, and is final.",
		"Its height is not above the final block, and its cursor is not empty, which would be genesis.",
	},
	run: positionIsComplete,
}, {
	ID: "read/author-is-the-writer", Level: LevelRead, Needs: []Need{NeedWrites, NeedAuthor},
	Why:   "Where a record has no signature of its own, the author is all the assurance there is.",
	Steps: []string{"Write an entry and get it: its author is the one whom the harness writes as."},
	run:   authorIsTheWriter,
}}

func absentIsNotFound(c *check) {
	key := c.key()
	c.step(1)
	c.absent(key)
	c.step(2)
	if c.session.described.Can(driver.AbilityVersions) {
		_, err := c.ledger().Get(c.ctx, driver.Ref{Key: key, Version: 1})
		c.code(err, "get of version 1 of an absent key", driver.NotFound)
	}
}

func absentVersionIsNotFound(c *check) {
	newest := c.history().newest()[0]
	for i, version := range []uint64{newest.Version + 1, math.MaxUint64} {
		c.step(i + 1)
		_, err := c.ledger().Get(c.ctx, driver.Ref{Key: newest.Key, Version: version})
		c.code(err, fmt.Sprintf("get of version %d of a key that stands at %d", version, newest.Version), driver.NotFound)
	}
}

func emptyKeyIsInvalid(c *check) {
	c.step(1)
	_, err := c.ledger().Get(c.ctx, driver.Ref{})
	c.code(err, "get of the empty key", driver.Invalid)
	c.step(2)
	if c.session.described.Can(driver.AbilityVersions) {
		_, err := c.ledger().Versions(c.ctx, "", 0, 0)
		c.code(err, "versions of the empty key", driver.Invalid)
	}
}

func newestByDefault(c *check) {
	past := c.history()
	c.step(1)
	for _, want := range past.newest() {
		c.written(c.get(driver.Ref{Key: want.Key}), want, "get without a version")
	}
}

func everyVersion(c *check) {
	past := c.history()
	c.step(1)
	for _, want := range past.longest() {
		got := c.get(driver.Ref{Key: want.Key, Version: want.Version})
		c.written(got, want, fmt.Sprintf("get of version %d", want.Version))
	}
}

// unborn is how far above the final block a height is that no block has when it is asked for.
const unborn = 1 << 40

func pinnedToABlock(c *check) {
	known, absent := c.history().newest()[0], c.key()
	at := c.head().Final.Height
	c.step(1)
	c.written(c.get(driver.Ref{Key: known.Key, AtLeast: at}), known, "get pinned to the final block")
	_, err := c.ledger().Get(c.ctx, driver.Ref{Key: absent, AtLeast: at})
	c.code(err, "get of an absent key, pinned to the final block", driver.NotFound)
	c.step(2)
	for _, key := range []string{known.Key, absent} {
		_, err := c.ledger().Get(c.ctx, driver.Ref{Key: key, AtLeast: at + unborn})
		c.code(err, "get pinned to a block that there is not yet", driver.NotReady)
	}
}

func positionIsComplete(c *check) {
	past := c.history()
	for _, known := range past.newest() {
		c.step(1)
		e := c.get(driver.Ref{Key: known.Key})
		c.that(e.Tx != "", "the entry names its transaction", "tx is empty")
		c.utc(e.Time, "the entry")
		c.that(e.Final, "an entry that was asked for as final is final", "final is false")
		c.step(2)
		h := c.head()
		c.that(e.Height <= h.Final.Height, fmt.Sprintf("height %d at most", h.Final.Height), "%d", e.Height)
		c.that(e.Cursor != "", "the entry has a cursor", "cursor is empty")
	}
}

func authorIsTheWriter(c *check) {
	c.step(1)
	w := c.firstVersion()
	c.write(w)
	got, want := c.get(driver.Ref{Key: w.Key}).Author, c.session.harness.Author
	c.that(got.Kind == want.Kind && got.ID == want.ID, fmt.Sprintf("%s %s", want.Kind, want.ID), "%s %s", got.Kind, got.ID)
}
