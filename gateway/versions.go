package gateway

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/trust"
)

// sighting is what the witness log and the chain of versions say of a reading.
type sighting struct {
	check     trust.Check
	witnessed time.Time // when this version was first seen here; zero if it was not shown to the log
}

const versionsMethod = "witness log and chain of versions"

// versions checks that no version is missing, reordered or altered, and, where the newest was asked for, that none was
// taken back. asked is where the log ended when the ledger was asked for its newest version; zero if it was asked for this one.
func (g *Gateway) versions(ctx context.Context, m Member, r *adapters.Reading, asked uint64) sighting {
	c := trust.Check{Name: trust.Versions, Outcome: trust.Undetermined, Method: versionsMethod}
	switch {
	case r.Copy:
		return sighting{check: r.Link}
	case !proven(r):
		g.notProven(m, r)
		c.Reason = "the record is not proven to be its issuer's, and so is not held against what was seen before"
		return sighting{check: c}
	}
	seen, err := g.sight(m, r)
	if err != nil {
		c.Reason = "the witness log cannot be asked"
		return sighting{check: c}
	}
	if contradicted := g.contradiction(ctx, m, r, seen, asked); contradicted.Outcome != trust.Valid {
		return sighting{contradicted, seen.Witnessed}
	}
	link := g.link(ctx, m, r, seen)
	c.Outcome, c.Reason = link.Outcome, link.Reason
	return sighting{c, seen.Witnessed}
}

// proven reports whether it is its issuer's. Where nobody signs, that it can be read is all that is asked: whom the chain
// authenticated is weighed as authority.
func proven(r *adapters.Reading) bool {
	schema, proof := false, r.Derived != nil
	for _, c := range r.Checks {
		schema = schema || c.Name == trust.Schema && c.Outcome == trust.Valid
		proof = proof || c.Name == trust.Proof && c.Outcome == trust.Valid
	}
	return schema && proof
}

// contradiction holds a reading against what was seen before.
func (g *Gateway) contradiction(ctx context.Context, m Member, r *adapters.Reading, seen witness.Seen, asked uint64) trust.Check {
	c := trust.Check{Name: trust.Versions, Outcome: trust.Valid, Method: versionsMethod}
	switch {
	case seen.Contradicts():
		g.contradicted(m, witness.Altered, r.ID, r.Entry.Version)
		c.Outcome = trust.Invalid
		c.Reason = fmt.Sprintf("version %d was seen before with another digest", r.Entry.Version)
	case seen.RolledBack(asked):
		c.Outcome = g.takenBack(ctx, m, witness.RolledBack, seen.Newest)
		c.Reason = fmt.Sprintf("version %d was seen at height %d, and the ledger now answers version %d as its newest",
			seen.Newest.Version, seen.Newest.Height, r.Entry.Version)
	}
	return c
}

// takenBack tells a ledger that took back what stood at a height from a node that has not come so far yet: several nodes
// may show one chain, and the one that was asked now may lag.
func (g *Gateway) takenBack(ctx context.Context, m Member, how witness.Kind, e witness.Entry) trust.Outcome {
	if newest, known := g.heads.newest(m.Slug()); !known || newest.block.Height < e.Height {
		head, err := until(ctx, m.Head)
		if err != nil || head.Final.Height < e.Height {
			return trust.Undetermined
		}
	}
	g.contradicted(m, how, e.ID, e.Version)
	return trust.Invalid
}

// link checks that a version follows the one before it: by what was seen last, where that is the one, and else by walking
// the whole chain once.
func (g *Gateway) link(ctx context.Context, m Member, r *adapters.Reading, seen witness.Seen) trust.Check {
	if r.Link.Outcome != trust.Undetermined {
		return r.Link
	}
	if seen.Relation == witness.Newer && follows(r, seen.Newest) {
		return trust.Check{Name: trust.Versions, Outcome: trust.Valid}
	}
	history, err := until(ctx, func(ctx context.Context) (*adapters.History, error) { return m.History(ctx, r.ID) })
	if err != nil {
		return unwalked(err)
	}
	for _, older := range history.Readings {
		if !older.Copy && older.Entry.Version != r.Entry.Version {
			g.sightOlder(m, older)
		}
	}
	return reached(history, r)
}

// follows reports whether a record names what was seen last as the version before it. What is derived names none: its chain
// is walked.
func follows(r *adapters.Reading, seen witness.Entry) bool {
	return r.Record != nil && r.Record.Previous != nil && seen.Version == r.Entry.Version-1 && *r.Record.Previous == seen.Digest
}

// reached says whether the chain of versions that was walked leads up to a reading. A ledger that shows a version, and
// then does not list it, or lists another in its place, contradicts itself.
func reached(h *adapters.History, r *adapters.Reading) trust.Check {
	c := trust.Check{Name: trust.Versions, Outcome: trust.Invalid}
	at := slices.IndexFunc(h.Readings, func(o *adapters.Reading) bool { return o.Entry.Version == r.Entry.Version })
	switch {
	case at < 0 && h.Versions.Outcome != trust.Valid:
		return h.Versions
	case at < 0 && !r.Entry.Final:
		c.Outcome, c.Reason = trust.Undetermined, "the version is not final yet, and so is not among those that the ledger lists"
	case at < 0:
		c.Reason = fmt.Sprintf("the ledger shows version %d, and does not list it among the record's versions", r.Entry.Version)
	case h.Readings[at].Says == nil || h.Readings[at].Says.Digest != r.Says.Digest:
		c.Reason = fmt.Sprintf("the ledger lists another version %d than it shows", r.Entry.Version)
	default:
		return h.Readings[at].Link
	}
	return c
}

func unwalked(err error) trust.Check {
	c := trust.Check{Name: trust.Versions, Outcome: trust.Undetermined, Reason: "the versions before it could not be read"}
	if driver.CodeOf(err) == driver.Unsupported {
		c.Outcome, c.Reason = trust.NotOffered, "the ledger shows no older versions"
	}
	return c
}
