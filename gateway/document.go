package gateway

import (
	"context"
	"errors"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

// attach fetches the document behind a record, holds it against the record, and judges again.
func (g *Gateway) attach(ctx context.Context, j *judged, fetch bool) {
	if j.says() == nil {
		return
	}
	j.replace(g, g.evidence(ctx, j, fetch))
}

const evidenceMethod = "document fetched from its issuer's evidence server"

// evidence checks that the document behind a record is the recorded one, with a right proof by the same issuer and
// under all rules. A server that cannot be asked, or that refuses, leaves it undetermined.
func (g *Gateway) evidence(ctx context.Context, j *judged, fetch bool) trust.Check {
	c := trust.Check{Name: trust.Evidence, Outcome: trust.NotOffered, Method: evidenceMethod}
	r := j.reading.Record
	switch {
	case r == nil:
		c.Reason = "the ledger has no record that names a document: what it holds itself is derived"
		return c
	case g.Evidence == nil:
		c.Reason = "no capability key is configured here"
		return c
	case !fetch:
		c.Reason = "the document was not asked for"
		return c
	case checkOf(j, trust.Proof) != trust.Valid:
		c.Outcome, c.Reason = trust.Undetermined, "not fetched: the record's own proof does not say where it belongs"
		return c
	}
	fetched, err := g.Evidence.Fetch(ctx, r.Issuer, evidence.Ref(r.Evidence[0]))
	if err != nil {
		c.Outcome, c.Reason = unfetched(err)
		return c
	}
	d, reason := g.sound(fetched, r)
	if reason != "" {
		c.Outcome, c.Reason = trust.Invalid, reason
		return c
	}
	j.document, c.Outcome = d, trust.Valid
	return c
}

// unfetched tells bytes that are not the recorded ones from an outage.
func unfetched(err error) (trust.Outcome, string) {
	var mismatch *client.Mismatch
	if errors.As(err, &mismatch) {
		return trust.Invalid, "the evidence server gives a document whose digest is not the recorded one"
	}
	var failure *client.Failure
	if errors.As(err, &failure) {
		return trust.Undetermined, "the document could not be fetched: " + string(failure.Reason)
	}
	return trust.Undetermined, "the document could not be fetched"
}

// sound says why fetched bytes are not the document that a record is about, or not right. What the bytes alone say is known
// by their digest; whether they are this record's, by keys of one party, is asked each time. No value is named: a verdict is
// shown to whoever may see the record.
func (g *Gateway) sound(f *client.Fetched, r *model.Parsed) (*model.Document, string) {
	d := g.documents.read(f.Digest, f.Content)
	if d.document == nil {
		return nil, "the document breaks its schema"
	}
	if faults := g.matches(d.document, r); len(faults) > 0 {
		return nil, "the document does not belong to the record: " + faults[0].Pointer + " " + faults[0].Rule
	}
	if d.fault != "" {
		return nil, d.fault
	}
	return d.document, ""
}
