package conformance

import (
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// Mapping says what a ledger's entries mean, for the suite, which knows no model.
type Mapping struct {
	MappingID
	// Translate says why an entry of the ledger with that URI means nothing; nil where it means something. What it says
	// stands in the report, and so holds no value of the entry.
	Translate func(uri string, e *driver.Entry) error
}

// MappingID names a mapping in a report: what it calls itself, and what it does to the byte. The zero value is none.
type MappingID struct {
	Name   string    `json:"name"`
	Digest ld.Digest `json:"digest"`
}

// String is the mapping in a line of text.
func (m MappingID) String() string { return fmt.Sprintf("%s, digest %s", m.Name, m.Digest) }

var meaningCases = []Case{{
	ID: "read/entries-translate", Level: LevelRead, Needs: []Need{NeedHistory, NeedMapping},
	Why: "An entry that the mapping cannot read is shown to customs as invalid, whatever it says. A ledger is handed over with " +
		"its mapping, and both must be of one mind.",
	Steps: []string{
		"Get each key that was named as one that stands on the ledger, and translate its newest version by the mapping: it " +
			"means something. A version that deletes is passed over.",
		"Do the same with each key that the suite reads in other cases.",
	},
	run: entriesTranslate,
}}

func entriesTranslate(c *check) {
	past := c.history()
	c.step(1)
	for _, key := range c.session.harness.Keys {
		c.translates(c.get(driver.Ref{Key: key}))
	}
	c.step(2)
	for _, e := range past.newest() {
		c.translates(c.get(driver.Ref{Key: e.Key}))
	}
}

// translates expects an entry to mean something.
func (c *check) translates(e *driver.Entry) {
	if e.Deleted {
		return
	}
	m := c.session.harness.Mapping
	err := m.Translate(c.session.described.URI, e) // not asked anew: a failure quotes what was asked last
	c.that(err == nil, fmt.Sprintf("%s translates by the mapping %s", nameOf(e), m.Name), "%v", err)
}
