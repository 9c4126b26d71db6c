package adapters

import (
	"errors"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust"
)

// Reading is one version of one record, or of what a mapping derives in its place, as a ledger shows it, with what could be checked without asking anybody else.
type Reading struct {
	Slug   string // of the ledger
	Ledger string // its URI
	// ID is the record's id that the entry's key stands for; empty where no record can stand under that key.
	ID    string
	Entry *driver.Entry
	// Says is what the entry says; nil where the body cannot be read. Record and Derived are where that comes from: one of
	// them is there where Says is, Record on a ledger of records and Derived on any other. Whoever reads the same bytes
	// shares them: read them only.
	Says    *Statement
	Record  *model.Parsed
	Derived *translate.Derived
	// Copy is true where the record's home is another ledger: it is listed, and never counted.
	Copy bool
	// Checks are schema; proof, where the body says something; inclusion. The slice is the caller's.
	Checks []trust.Check
	// Link is the check "versions" as far as it is known here: that an unbroken chain of versions leads up to this one.
	// History walks that chain. A rollback is for whoever remembers what was seen.
	Link    trust.Check
	Mapping ld.Digest
	// Proof is what the check of inclusion was made on; nil where there was none.
	Proof *driver.Proof

	provable bool      // the chain offers proofs
	body     ld.Digest // of Entry.Body
	standing ld.Digest // of the entry as it stands on the chain; zero until it is needed
}

// asked is which version of which record was asked for; version 0 is the newest.
type asked struct {
	id      string
	version uint64
}

// read turns an entry into a Reading, with the checks that need no I/O. It is an error only where the driver breaks its
// own interface.
func (l *Ledger) read(e *driver.Entry, a asked) (*Reading, error) {
	if e == nil {
		return nil, driver.Errorf(driver.Corrupt, "the driver answered an entry that is nil")
	}
	chain := l.chain.Describe()
	uri := chain.URI
	if uri == "" {
		return nil, driver.Errorf(driver.Corrupt, "the driver answered an entry of a ledger without a URI")
	}
	id, impossible, err := l.id(e.Key)
	if err != nil {
		return nil, err
	}
	body := ld.Sum(e.Body)
	found, err := l.settle(e, body)
	if err != nil {
		return nil, err
	}
	r := &Reading{
		Slug: l.config.Slug, Ledger: uri, ID: id, Entry: e, Record: found.record, Says: found.says, Mapping: l.config.Mapping.Digest(),
		Checks: append(make([]trust.Check, 0, 3), found.checks...), body: body,
		provable: chain.Can(driver.AbilityProve),
	}
	r.place(found)
	r.Copy = r.Record != nil && r.Record.Ledger != uri
	if impossible {
		r.deny("no record can stand under this key")
	} else if reason := r.mistaken(a); reason != "" {
		r.deny(reason)
	} else if reason := l.misplaced(found, e.Key); reason != "" {
		r.deny(reason)
	}
	r.Link = l.knownLink(r)
	return r, nil
}

// place completes what the bytes alone say by where they stand.
func (r *Reading) place(found *finding) {
	if found.derived == nil {
		return
	}
	d := *found.derived
	d.ID, d.Version, d.Author = r.ID, r.Entry.Version, r.Entry.Author
	d.From.Ledger, d.From.Tx = r.Ledger, r.Entry.Tx
	r.Derived, r.Says = &d, derived(&d)
}

// id gives the id that a key stands for, or that none can stand under it. The error is of the store that keeps the way
// back, which says nothing of the key.
func (l *Ledger) id(key string) (id string, impossible bool, err error) {
	id, err = l.config.Mapping.ID(key)
	var faults schemas.Faults
	switch {
	case err == nil:
		return id, false, nil
	case errors.As(err, &faults):
		return "", true, nil
	}
	return "", false, driver.Errorf(driver.Unknown, "the ids of the ledger's keys: %w", err)
}

// mistaken says how the answer is not what was asked for, or not what it says it is. A node that shows one record in
// the place of another shows a signed one: its own signature is right.
func (r *Reading) mistaken(a asked) string {
	switch {
	case a.id != "" && r.ID != a.id:
		return "the ledger answered another key than the one that was asked for"
	case a.version != 0 && r.Entry.Version != a.version:
		return fmt.Sprintf("version %d was asked for, and the ledger answered version %d", a.version, r.Entry.Version)
	case r.Record == nil:
		return ""
	case r.Record.ID != r.ID:
		return "/id: must be the key that the record stands under"
	case !r.Copy && r.Record.Version != r.Entry.Version:
		return fmt.Sprintf("/version: is %d, and stands as version %d", r.Record.Version, r.Entry.Version)
	}
	return ""
}

// misplaced says how a derived entry says another key than the one it stands under.
func (l *Ledger) misplaced(found *finding, key string) string {
	var faults schemas.Faults
	if found.derived == nil || !errors.As(l.config.Mapping.Standing(found.derived, key), &faults) {
		return ""
	}
	return inWords(faults)
}

// deny makes the schema check invalid, unless it is already.
func (r *Reading) deny(reason string) {
	if s := &r.Checks[0]; s.Outcome != trust.Invalid {
		s.Outcome, s.Reason = trust.Invalid, reason
	}
}

// inWords gives faults as a reason: where and which rule, never a value, which may be what must not be shown.
func inWords(faults schemas.Faults) string {
	if len(faults) == 0 {
		return "cannot be read"
	}
	first := faults[0]
	at := first.Pointer
	if at == "" {
		at = "the body"
	}
	if more := len(faults) - 1; more > 0 {
		return fmt.Sprintf("%s: %s (and %d more)", at, first.Rule, more)
	}
	return at + ": " + first.Rule
}
