package conformance

import (
	"bytes"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var sharingCases = []Case{{
	ID: "read/answers-belong-to-the-caller", Level: LevelRead, Needs: []Need{NeedHistory},
	Why: "A caller that decodes in place, or a cache that keeps the bytes, would change what others read.",
	Steps: []string{
		"Get an entry and keep a copy; overwrite its body and its author's evidence; get it again: as at first.",
		"Where versions are offered, overwrite the bodies of a page and ask again: as at first.",
	},
	run: answersBelongToTheCaller,
}, {
	ID: "read/answers-stay", Level: LevelRead, Needs: []Need{NeedHistory},
	Why:   "A buffer that a driver uses again turns one record into another while it is being checked.",
	Steps: []string{"Get one entry, then all the others: the first has not changed."},
	run:   answersStay,
}, {
	ID: "read/many-readers", Level: LevelRead, Needs: []Need{NeedHistory},
	Why: "The gateway reads for many at once. An answer given to the wrong caller discloses one trader's filing to another.",
	Steps: []string{"Let 8 readers get different keys, and different versions where they are offered, 20 times each, all at once: each " +
		"gets what it asked for."},
	run: manyReaders,
}, {
	ID: "read/readers-beside-a-writer", Level: LevelRead, Needs: []Need{NeedWrites},
	Why: "While a filer corrects an entry, customs reads it. It must see one version or the next, whole, and never an " +
		"older one after a newer.",
	Steps: []string{
		"Write version 1 of a key; then let 4 readers get the newest, again and again, while versions 2 to 4 are written: " +
			"each answer has the body of its version, and no reader sees a version go back.",
		"When all is written, get the newest three times: version 4.",
	},
	run: readersBesideAWriter,
}}

func answersBelongToTheCaller(c *check) {
	past := c.history()
	ref := driver.Ref{Key: past.longest()[0].Key}
	c.step(1)
	first := c.get(ref)
	kept := first.Clone()
	overwrite(first)
	again := c.get(ref)
	c.same(again, kept, "get after its answer was overwritten")
	c.that(bytes.Equal(again.Author.Evidence, kept.Author.Evidence), "the author's evidence "+brief(kept.Author.Evidence),
		"%s", brief(again.Author.Evidence))
	c.step(2)
	if !c.session.described.Can(driver.AbilityVersions) {
		return
	}
	for _, e := range c.versions(ref.Key, 0, 0) {
		overwrite(e)
	}
	for i, e := range c.versions(ref.Key, 0, 0) {
		c.written(e, past.longest()[i], "versions after its answer was overwritten")
	}
}

// overwrite does to an entry what its owner may.
func overwrite(e *driver.Entry) {
	for _, b := range [][]byte{e.Body, e.Author.Evidence} {
		for i := range b {
			b[i] ^= 0xFF
		}
	}
	e.Key, e.Version = "overwritten", 0
}

func answersStay(c *check) {
	past := c.history()
	c.step(1)
	var got, kept []*driver.Entry
	for _, e := range past.newest() {
		got = append(got, c.get(driver.Ref{Key: e.Key}))
		kept = append(kept, got[len(got)-1].Clone())
	}
	for i := range got {
		c.same(got[i], kept[i], fmt.Sprintf("entry %d, after others were read,", i+1))
	}
}

func manyReaders(c *check) {
	all := c.readable()
	versioned := c.session.described.Can(driver.AbilityVersions)
	c.step(1)
	c.together(8, func(c *check, reader int) {
		for turn := range 20 {
			want := all[(reader+turn)%len(all)]
			ref := driver.Ref{Key: want.Key}
			if versioned {
				ref.Version = want.Version
			}
			c.written(c.get(ref), want, "get beside other readers")
		}
	})
}

// readable lists what can be asked for: each version of each key, or the newest alone where versions are not offered.
func (c *check) readable() []*driver.Entry {
	past := c.history()
	if !c.session.described.Can(driver.AbilityVersions) {
		return past.newest()
	}
	var all []*driver.Entry
	for _, versions := range past.records {
		all = append(all, versions...)
	}
	return all
}

func readersBesideAWriter(c *check) {
	c.step(1)
	writes := []*driver.Write{c.firstVersion()}
	c.write(writes[0])
	for len(writes) < 4 {
		writes = append(writes, c.nextVersion(writes[len(writes)-1]))
	}
	written := make(chan struct{})
	c.together(5, func(c *check, i int) {
		if i > 0 {
			c.readUntil(written, writes)
			return
		}
		defer close(written)
		for _, w := range writes[1:] {
			c.write(w)
		}
	})
	c.step(2)
	for range 3 {
		newest := c.get(driver.Ref{Key: writes[0].Key})
		c.that(newest.Version == 4, "version 4", "%d", newest.Version)
	}
}

// readUntil gets the newest version until all is written, and a few times more.
func (c *check) readUntil(written <-chan struct{}, writes []*driver.Write) {
	seen := uint64(1)
	for more := 4; more > 0; {
		e := c.get(driver.Ref{Key: writes[0].Key})
		c.that(e.Version >= seen && e.Version <= uint64(len(writes)),
			fmt.Sprintf("a version from %d to %d", seen, len(writes)), "%d", e.Version)
		if want := writes[e.Version-1].Body; !bytes.Equal(e.Body, want) {
			c.fail(fmt.Sprintf("the body of version %d, %s", e.Version, brief(want)), "%s", brief(e.Body))
		}
		seen = e.Version
		select {
		case <-written:
			more--
		default:
			c.pause(minPause, "all versions are written")
		}
	}
}
