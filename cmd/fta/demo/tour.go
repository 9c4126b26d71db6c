package demo

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/ftagateway/ftagateway/model/sample"
)

// Tour is what a visitor needs: addresses, entries, and what to try.
type Tour struct {
	Gateway   string            `json:"gateway"`
	Addresses map[string]string `json:"addresses"` // host:port by name
	Ledgers   []string          `json:"ledgers"`
	Entries   []Entry           `json:"entries"`
	Records   map[string]string `json:"records"` // record ids by name
	Data      string            `json:"data"`
}

// Entry is one of the demonstration's entries. Its number is invented, and printed here and nowhere else.
type Entry struct {
	Name   string `json:"name"`
	Number string `json:"entryNumber"`
	ID     string `json:"entryId"`
	What   string `json:"what"`
}

// Tour describes the demonstration as it stands.
func (d *Demo) Tour() *Tour {
	t := &Tour{
		Gateway: "http://" + d.state.Addresses["gateway"], Addresses: d.state.Addresses, Records: d.state.Records,
		Ledgers: []string{"cbp", "dishonest", exporter, "trade"}, Data: d.Data,
	}
	entries := []Entry{
		{Name: usmcaEntry, Number: sample.EntryUSMCA, What: "USMCA, one certificate for several lines, corrected after acceptance; the dishonest node rolls it back"},
		{Name: usmcaSecond, Number: sample.EntryUSMCASecond, What: "a second entry under the same certificate; the dishonest node alters its record"},
		{Name: naftaEntry, Number: sample.EntryNAFTA, What: "NAFTA; the certificate was altered on the exporter's evidence server"},
		{Name: caftaEntry, Number: sample.EntryCAFTADR, What: "CAFTA-DR; the certificate came after the entry was filed"},
		{Name: rejectedEntry, Number: sample.EntryRejected, What: "rejected by CBP, with its reason; its certificate never came"},
		{Name: ownEntry, Number: sample.EntryTimber, What: "USMCA; the certificate stands on the exporter's own Ethereum chain"},
	}
	if d.fabric != nil {
		t.Ledgers = append(t.Ledgers, onFabric)
		entries = append(entries, fabricTour)
	}
	for _, e := range entries {
		e.ID = d.state.Records[e.Name]
		t.Entries = append(t.Entries, e)
	}
	return t
}

// Write prints the tour for a person.
func (t *Tour) Write(w io.Writer) {
	fmt.Fprintf(w, "\nFTA Gateway runs at %s. Everything is kept in %s.\n\nEntries:\n", t.Gateway, t.Data)
	table := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, e := range t.Entries {
		fmt.Fprintf(table, "  %s\t%s\n", e.Number, e.What)
	}
	_ = table.Flush()
	flag := ""
	if t.Gateway != "http://127.0.0.1:8080" {
		flag = " --gateway " + t.Gateway
	}
	fmt.Fprintf(w, tour, flag, sample.EntryUSMCA, flag, t.Records[usmcaEntry], flag, t.Records[naftaEntry],
		flag, t.Records[usmcaSecond], flag, t.Records[usmcaEntry], flag, t.Gateway)
}

const tour = `
Try, in another terminal:

  1. Find an entry by its number. No ledger learns it: they are asked for a keyed commitment.
     fta find%s %s
  2. Open the entry file: every document, from whichever ledger, each with its verdict.
     fta get entry%s %s
  3. An altered document: the exporter's server gives other bytes than were recorded. Invalid.
     fta get entry%s %s
  4. A dishonest node alters a record: the issuer's proof does not fit. Invalid.
     fta get record%s --ledger dishonest %s
  5. A dishonest node takes back a correction: it was seen before. Invalid.
     fta get record%s --ledger dishonest %s
  6. What was seen, when, signed:
     fta witness export%s
  7. The same over HTTP:
     curl %s/v1/ledgers

Ctrl-C ends it.
`
