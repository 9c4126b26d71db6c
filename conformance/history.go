package conformance

import (
	"bytes"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// past is what the reading cases read. It is written once a session: three versions of one key and one each of three
// more, all with one lookup. Where the suite may not write, it is what stands under Harness.Keys.
type past struct {
	before  driver.Cursor // the head before any of it was written; empty if it was not written here
	lookup  driver.Lookup
	records [][]*driver.Entry // by key; of each its versions from 1 on. The first has the most
}

func (p *past) keys() []string {
	var keys []string
	for _, versions := range p.records {
		keys = append(keys, versions[0].Key)
	}
	return keys
}

// longest gives the versions of the key that has the most.
func (p *past) longest() []*driver.Entry { return p.records[0] }

// newest gives the newest version of each key.
func (p *past) newest() []*driver.Entry {
	var out []*driver.Entry
	for _, versions := range p.records {
		out = append(out, versions[len(versions)-1])
	}
	return out
}

// history gives the session's past, and makes it first if need be.
func (c *check) history() *past {
	if c.session.past != nil {
		return c.session.past
	}
	p := &past{}
	if met(NeedWrites, c.session.harness, c.session.described) {
		c.writePast(p)
	} else {
		c.readPast(p)
	}
	c.session.past = p
	return p
}

func (c *check) writePast(p *past) {
	p.lookup, p.before = newLookup(c.rand), c.head().Cursor
	p.records = make([][]*driver.Entry, 4)
	writes := make([]*driver.Write, len(p.records))
	for i := range writes {
		writes[i] = c.firstVersion(p.lookup)
	}
	c.together(len(writes), func(c *check, i int) {
		p.records[i] = append(p.records[i], entryOf(writes[i], c.write(writes[i])))
	})
	for version := uint64(1); version < 3; version++ {
		w := &driver.Write{Key: writes[0].Key, Expect: version, Lookups: []driver.Lookup{p.lookup}}
		w.Body = c.body(w.Key, p.lookup)
		p.records[0] = append(p.records[0], entryOf(w, c.write(w)))
	}
}

// firstVersion makes a write of a new key.
func (c *check) firstVersion(lookups ...driver.Lookup) *driver.Write {
	key := c.key()
	return &driver.Write{Key: key, Body: c.body(key, lookups...), Lookups: lookups}
}

// nextVersion makes the write that comes after another.
func (c *check) nextVersion(w *driver.Write) *driver.Write {
	return &driver.Write{Key: w.Key, Expect: w.Expect + 1, Body: c.body(w.Key)}
}

// entryOf is the entry that a write must have become.
func entryOf(w *driver.Write, r *driver.Receipt) *driver.Entry {
	e := &driver.Entry{Key: w.Key, Version: w.Expect + 1, Body: bytes.Clone(w.Body)}
	e.Tx, e.Height = r.Tx, r.Pos.Height
	return e
}

// readPast takes what stands on the ledger for what is right: the cases then hold one way of reading against another.
func (c *check) readPast(p *past) {
	for _, key := range c.session.harness.Keys {
		newest := c.get(driver.Ref{Key: key})
		versions := []*driver.Entry{newest}
		if c.session.described.Can(driver.AbilityVersions) {
			versions = nil
			for v := uint64(1); v <= newest.Version; v++ {
				versions = append(versions, c.get(driver.Ref{Key: key, Version: v}))
			}
		}
		p.records = append(p.records, versions)
		if last := len(p.records) - 1; len(p.records[last]) > len(p.records[0]) {
			p.records[0], p.records[last] = p.records[last], p.records[0]
		}
	}
}

// written expects got to be what was written: its key, version, body and place on the chain.
func (c *check) written(got, want *driver.Entry, doing string) {
	c.that(got != nil, doing+" answers an entry", "none")
	what, expected, is := "", "", ""
	switch {
	case got.Key != want.Key:
		what, expected, is = "key", fmt.Sprintf("%q", want.Key), fmt.Sprintf("%q", got.Key)
	case got.Version != want.Version:
		what, expected, is = "version", fmt.Sprint(want.Version), fmt.Sprint(got.Version)
	case !bytes.Equal(got.Body, want.Body):
		what, expected, is = "body", brief(want.Body), brief(got.Body)
	case got.Deleted != want.Deleted:
		what, expected, is = "deleted", fmt.Sprint(want.Deleted), fmt.Sprint(got.Deleted)
	case got.Tx != want.Tx || got.Height != want.Height:
		what, expected, is = "transaction", place(want), place(got)
	}
	c.that(what == "", doing+" answers "+what+" "+expected, "%s", is)
}

// same expects two ways of reading to tell the same of an entry, but for the cursor, which has many spellings.
func (c *check) same(got, want *driver.Entry, doing string) {
	c.written(got, want, doing)
	c.that(got.Author.Kind == want.Author.Kind && got.Author.ID == want.Author.ID,
		fmt.Sprintf("%s tells the author %s %q", doing, want.Author.Kind, want.Author.ID),
		"%s %q", got.Author.Kind, got.Author.ID)
	c.that(got.Index == want.Index && got.Time.Equal(want.Time) && got.Final == want.Final,
		fmt.Sprintf("%s tells index %d, time %s, final %t", doing, want.Index, when(want.Time), want.Final),
		"index %d, time %s, final %t", got.Index, when(got.Time), got.Final)
	c.utc(got.Time, doing)
	c.that(got.Contradiction == "", doing+" is not contradicted by the chain", "%s", got.Contradiction)
}

func place(e *driver.Entry) string { return fmt.Sprintf("%q at height %d", e.Tx, e.Height) }
