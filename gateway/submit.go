package gateway

import (
	"context"
	"errors"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
)

// Submit checks a signed record and writes it to its home ledger. It waits for the block until the ledger's budget ends:
// a receipt in state pending is no error, and Submitted tells how it goes on. The same record again answers the first
// receipt, and writes nothing. A refusal leaves nothing behind; where the ledger refuses only after a receipt was given,
// that receipt says so, and the same record again is a Problem, Refused.
func (g *Gateway) Submit(ctx context.Context, slug string, s Submission) (*SubmissionReceipt, error) {
	m, err := g.member(slug)
	if err != nil {
		return nil, err
	}
	record, err := model.ParseRecord(s.Record)
	if err != nil {
		return nil, badInput(under("/record", err))
	}
	id := submissionID(slug, record.Digest)
	done, err := g.submitting.take(ctx, callersTurn(s.IdempotencyKey), recordsTurn(slug, record.ID))
	if err != nil {
		return nil, fromLedger(slug, err)
	}
	defer done()
	k, err := g.known(ctx, id, s.IdempotencyKey)
	switch {
	case err != nil:
		return nil, err
	case k != nil:
		return g.again(ctx, m, k)
	}
	return g.first(ctx, m, id, record, s)
}

func recordsTurn(slug, id string) string { return "record|" + slug + "|" + id }

func callersTurn(key string) string {
	if key == "" {
		return ""
	}
	return "key|" + key
}

// known finds the submission that this one repeats, here or at another gateway, and keeps the caller's name for it too.
func (g *Gateway) known(ctx context.Context, id, callers string) (*kept, error) {
	before, named, err := []byte(nil), false, error(nil)
	if callers != "" {
		before, named, err = g.Store.Get(callerKey(callers))
	}
	if err != nil {
		return nil, err
	}
	if named && string(before) != id {
		return nil, keyUsed()
	}
	k, err := g.load(id)
	if err == nil && k == nil {
		k, _ = g.told(ctx, id) // where that is not known now, the ledger says whether it stands there
	}
	if k != nil && callers != "" && !named {
		err = g.naming(ctx, callers, id)
	}
	return k, err
}

// naming has a caller's name stand for a submission that was taken.
func (g *Gateway) naming(ctx context.Context, callers, id string) error {
	if err := g.claim(ctx, callers, id); err != nil {
		return err
	}
	return g.Store.Apply(driver.Change{Key: callerKey(callers), Value: []byte(id)})
}

// first takes a submission that was never taken before. If its ledger refuses it at once, it is forgotten: nobody was
// told of it.
func (g *Gateway) first(ctx context.Context, m Member, id string, record *model.Parsed, s Submission) (*SubmissionReceipt, error) {
	x := &examination{Gateway: g, member: m, record: record}
	if err := x.itself(ctx, s); err != nil {
		return nil, err
	}
	if stands, err := x.fits(ctx); err != nil {
		return nil, err
	} else if stands != nil {
		return g.found(ctx, x, id, s, stands)
	}
	ctx = x.knowing(ctx)
	if err := m.Disclosable(ctx, record); err != nil {
		return nil, refusedBy(m, err)
	}
	k, err := g.accept(ctx, x, id, s)
	if err != nil {
		return nil, err
	}
	refusal, err := g.settle(ctx, m, k)
	if err != nil {
		return nil, err
	}
	if refusal != nil {
		return nil, errors.Join(refusal, g.forget(ctx, k, s.IdempotencyKey))
	}
	return &k.Receipt, nil
}

// knowing has what is written looked through for what the document says, while that is at hand. What goes on later is
// without it: so a submission is looked through before it is kept, too.
func (x *examination) knowing(ctx context.Context) context.Context {
	if x.document == nil {
		return ctx
	}
	return adapters.WithDocument(ctx, x.document)
}

// again goes on with a submission that was taken before. One that another gateway has taken is this one's too from then on:
// that one may be gone.
func (g *Gateway) again(ctx context.Context, m Member, k *kept) (*SubmissionReceipt, error) {
	if _, err := g.settle(ctx, m, k); err != nil {
		return nil, err
	}
	if refused(&k.Receipt) {
		return nil, refusalOf(&k.Receipt)
	}
	return &k.Receipt, nil
}

// accept keeps a new submission that was examined, before anything is sent, so that a crash loses nothing.
func (g *Gateway) accept(ctx context.Context, x *examination, id string, s Submission) (*kept, error) {
	k := x.submission(id)
	return k, g.keep(ctx, k, s.IdempotencyKey)
}

// submission is what is examined, as nothing has become of it yet.
func (x *examination) submission(id string) *kept {
	record := x.record
	return &kept{Record: record.Bytes, Receipt: SubmissionReceipt{
		Context: model.RecordContext, Type: "SubmissionReceipt", ID: id, Ledger: x.member.Slug(), URI: record.Ledger,
		Record: record.ID, Version: record.Version, Digest: record.Digest,
		Received: model.At(x.Now()), State: driver.Pending, Unchecked: x.unchecked,
	}}
}
