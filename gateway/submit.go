package gateway

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
)

// Submit checks a signed record and writes it to its home ledger. It waits for the block until the ledger's budget ends:
// a receipt in state pending is no error, and Submitted tells how it goes on. The same record again answers the first
// receipt, and writes nothing. A refusal leaves nothing behind.
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
	defer g.submitting.take(slug + "|" + record.ID)()

	k, err := g.known(id, s.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	if k == nil {
		if k, err = g.accept(ctx, m, id, record, s); err != nil {
			return nil, err
		}
	}
	return g.settle(ctx, m, k)
}

// known finds the submission that this one repeats.
func (g *Gateway) known(id, callers string) (*kept, error) {
	if callers != "" {
		before, ok, err := g.Store.Get(callerKey(callers))
		if err != nil {
			return nil, err
		}
		if ok && string(before) != id {
			return nil, &Problem{Code: Conflict, Detail: "the Idempotency-Key was used for another submission"}
		}
	}
	return g.load(id)
}

// accept checks a new submission and keeps it before anything is sent, so that a crash loses nothing.
func (g *Gateway) accept(ctx context.Context, m Member, id string, record *model.Parsed, s Submission) (*kept, error) {
	x := &examination{Gateway: g, member: m, record: record}
	if err := x.run(ctx, s.Document); err != nil {
		return nil, err
	}
	k := &kept{Record: record.Bytes, Receipt: SubmissionReceipt{
		Context: model.RecordContext, Type: "SubmissionReceipt", ID: id, Ledger: m.Slug(), URI: record.Ledger,
		Record: record.ID, Version: record.Version, Digest: record.Digest,
		Received: model.At(g.Now()), State: driver.Pending, Unchecked: x.unchecked,
	}}
	return k, g.keep(k, s.IdempotencyKey)
}

// settle goes on with a submission that is kept: it is written if it never was, or its receipt is asked for. The driver
// sends the same signed bytes again rather than signing twice.
func (g *Gateway) settle(ctx context.Context, m Member, k *kept) (*SubmissionReceipt, error) {
	if k.Receipt.State != driver.Pending && k.Receipt.State != driver.Included {
		return &k.Receipt, nil
	}
	record, err := model.ParseRecord(k.Record)
	if err != nil {
		return nil, err
	}
	receipt, err := m.Submit(ctx, record, k.Receipt.ID)
	if err != nil {
		return g.failed(k, m, err)
	}
	g.apply(k, receipt)
	if err := g.keep(k, ""); err != nil {
		return nil, err
	}
	return &k.Receipt, nil
}

// failed tells an outage, after which the submission goes on, from a refusal, which ends it.
func (g *Gateway) failed(k *kept, m Member, err error) (*SubmissionReceipt, error) {
	if driver.IsOutage(err) {
		return &k.Receipt, nil
	}
	k.Receipt.State, k.Receipt.Reason = driver.Rejected, "the ledger refused it: "+string(driver.CodeOf(err))
	if keepErr := g.keep(k, ""); keepErr != nil {
		return nil, errors.Join(err, keepErr)
	}
	var faults schemas.Faults
	if errors.As(err, &faults) {
		return nil, badInput(under("/record", faults))
	}
	return nil, fromLedger(m.Slug(), err)
}

func (g *Gateway) apply(k *kept, r *driver.Receipt) {
	k.Receipt.State, k.Receipt.Tx, k.Receipt.Reason = r.State, r.Tx, r.Reason
	k.Receipt.Height = r.Pos.Height
	if !r.Pos.Time.IsZero() {
		k.Receipt.ChainTime = model.At(r.Pos.Time)
	}
}

// Submitted answers the receipt of a submission, and where it was still pending, asks its ledger again.
func (g *Gateway) Submitted(ctx context.Context, id string) (*SubmissionReceipt, error) {
	k, err := g.load(id)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return nil, &Problem{Code: NotFound, Detail: "no submission of that id"}
	}
	m, err := g.member(k.Receipt.Ledger)
	if err != nil {
		return nil, err
	}
	defer g.submitting.take(k.Receipt.Ledger + "|" + k.Receipt.Record)()
	return g.settle(ctx, m, k)
}

// badInput makes a problem of faults in what the caller sent.
func badInput(err error) *Problem {
	p := &Problem{Code: BadInput, Err: err}
	if !errors.As(err, &p.Faults) {
		p.Detail = err.Error()
	}
	return p
}

// under moves faults to where the faulty part stands in the request. Other errors stay as they are.
func under(base string, err error) error {
	var faults schemas.Faults
	if !errors.As(err, &faults) {
		return err
	}
	return within(base, faults)
}

func within(base string, faults schemas.Faults) schemas.Faults {
	moved := make(schemas.Faults, len(faults))
	for i, f := range faults {
		moved[i] = f
		moved[i].Pointer = base + f.Pointer
	}
	return moved
}

// checkID refuses what no record's id can be.
func checkID(id string) error {
	if u, err := uuid.Parse(id); err != nil || u.URN() != id {
		return badInput(schemas.Faults{schemas.NewFault("/id", id, "must be a urn:uuid in lower case", "RFC 9562")})
	}
	return nil
}
