package filing_test

import (
	"crypto"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/lookup"
	"github.com/ftagateway/ftagateway/model/sample"
)

// A first record is version 1, under a new id, and takes the first step of its document's life.
func TestFirstRecord(t *testing.T) {
	s := signer(t)
	d := certificate(t, s)
	r := must(filing.Filing{Ledger: ledger, Kept: kept(d), At: noon}.Record(d, s))(t)
	if r.Version != 1 || r.Previous != nil || r.Event != string(lifecycle.Certify) {
		t.Errorf("version %d after %v, %s", r.Version, r.Previous, r.Event)
	}
	if r.Record.Digest != d.Digest || r.Digest != ld.Sum(r.Bytes) {
		t.Errorf("record %s is about %s, and the document is %s", r.Digest, r.Record.Digest, d.Digest)
	}
	if got, want := fmt.Sprint(r.Ledger, r.Issuer, r.Issued.Time(), r.Lookups), fmt.Sprint(ledger, didOf(t, s), noon, []string{}); got != want {
		t.Errorf("ledger, issuer, time and lookups are %s, want %s", got, want)
	}
	if faults := model.CheckRecord(&r.Record, d); len(faults) > 0 {
		t.Error(faults)
	}
}

// The record of a certificate that an entry awaits has the id that was reserved for it.
func TestReservedID(t *testing.T) {
	s, id := signer(t), model.NewID()
	d := certificate(t, s)
	if r := must(filing.Filing{Ledger: ledger, ID: id, Kept: kept(d), At: noon}.Record(d, s))(t); r.ID != id {
		t.Errorf("id %s, reserved was %s", r.ID, id)
	}
}

// Each type of document takes its usual step where none is named: the first one, or the one that follows a version.
func TestUsualStep(t *testing.T) {
	s := signer(t)
	pin := model.Pin{ID: model.NewID(), Ledger: ledger, Version: 1, Digest: ld.Sum([]byte("entry"))}
	for _, c := range []struct {
		name     string
		document *model.Document
		follows  bool
		named    lifecycle.Event
		want     lifecycle.Event
	}{
		{"a summary is filed", summary(t, s), false, "", lifecycle.File},
		{"a summary is filed again", summary(t, s), true, "", lifecycle.Refile},
		{"a certificate certifies", certificate(t, s), false, "", lifecycle.Certify},
		{"a certificate replaces another", certificate(t, s), true, "", lifecycle.Replace},
		{"a disposition is what it decides", signed(t, s, sample.Disposition(model.ActionReject, pin)), false, "", lifecycle.Reject},
		{"what is named counts", summary(t, s), true, lifecycle.Correct, lifecycle.Correct},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := record(t, s, c.document, c.follows, c.named).Event; got != string(c.want) {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// record files a document, where asked for as the version that follows another of the same document.
func record(t *testing.T, s crypto.Signer, d *model.Document, follows bool, as lifecycle.Event) *model.Parsed {
	t.Helper()
	f := filing.Filing{Ledger: ledger, Kept: kept(d), At: noon, Lookup: lookupKey(t), Customs: lookupKey(t).PublicKey()}
	if follows {
		f.Previous = must(f.Record(d, s))(t)
	}
	f.Event = as
	return must(f.Record(d, s))(t)
}

// The next version keeps id and ledger, counts up, and holds the digest of the whole record before.
func TestNextVersion(t *testing.T) {
	s := signer(t)
	d := certificate(t, s)
	first := must(filing.Filing{Ledger: ledger, Kept: kept(d), At: noon}.Record(d, s))(t)
	next := must(filing.Filing{Ledger: "urn:uuid:elsewhere", Previous: first, Kept: kept(d), At: noon.Add(time.Hour)}.Record(d, s))(t)
	if next.ID != first.ID || next.Ledger != ledger || next.Version != 2 {
		t.Errorf("%s version %d on %s", next.ID, next.Version, next.Ledger)
	}
	if next.Previous == nil || *next.Previous != first.Digest {
		t.Errorf("follows %v, want %s", next.Previous, first.Digest)
	}
}

// An entry summary's record has the commitment that CBP comes to from its side, by the filer's public key and its own,
// for the year in which the record is issued.
func TestCustomsFindsTheEntry(t *testing.T) {
	s, filer, customs := signer(t), lookupKey(t), lookupKey(t)
	d := summary(t, s)
	for _, at := range []time.Time{noon, time.Date(2026, 12, 31, 23, 59, 59, 0, time.UTC),
		time.Date(2027, 1, 1, 1, 0, 0, 0, time.FixedZone("two hours ahead", 7200))} {
		r := must(filing.Filing{Ledger: ledger, Kept: kept(d), Lookup: filer, Customs: customs.PublicKey(), At: at}.Record(d, s))(t)
		k := must(lookup.Derive(customs, filer.PublicKey(), sample.FilerXQ9, 2026))(t)
		if want := must(k.Entry(ledger, sample.EntryCAFTADR))(t); len(r.Lookups) != 1 || r.Lookups[0] != want {
			t.Errorf("%s: lookups %v, want %s", at, r.Lookups, want)
		}
		if strings.Contains(string(r.Bytes), sample.EntryCAFTADR) {
			t.Errorf("the record tells the entry number: %s", r.Bytes)
		}
	}
}

// What cannot be recorded is refused before anything is signed.
func TestWhatCannotBeRecorded(t *testing.T) {
	s := signer(t)
	d, c := summary(t, s), certificate(t, s)
	for name, f := range map[string]struct {
		filing.Filing
		document *model.Document
		want     string
	}{
		"nothing is kept":           {filing.Filing{Ledger: ledger, At: noon}, c, "first piece of evidence must be the document"},
		"something else is kept":    {filing.Filing{Ledger: ledger, Kept: kept(d), At: noon}, c, "first piece of evidence must be the document"},
		"a summary without lookups": {filing.Filing{Ledger: ledger, Kept: kept(d), At: noon}, d, "lookup key"},
		"a summary without CBP's":   {filing.Filing{Ledger: ledger, Kept: kept(d), At: noon, Lookup: lookupKey(t)}, d, "lookup key"},
		"a ledger that is no URI":   {filing.Filing{Ledger: "trade", Kept: kept(c), At: noon}, c, "/ledger"},
		"an id that is no urn:uuid": {filing.Filing{Ledger: ledger, ID: "mine", Kept: kept(c), At: noon}, c, "/id"},
	} {
		t.Run(name, func(t *testing.T) {
			if r, err := f.Record(f.document, s); err == nil || !strings.Contains(err.Error(), f.want) {
				t.Errorf("%v, %v; want an error with %q", r, err, f.want)
			}
		})
	}
}
