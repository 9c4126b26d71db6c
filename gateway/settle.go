package gateway

import (
	"context"
	"errors"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
)

// settle goes on with a submission that is kept: it is written if it never was, or its receipt is asked for. The driver
// sends the same signed bytes again rather than signing twice. What ends it is kept in its receipt; refusal is how its
// ledger refused it, if that happened now.
func (g *Gateway) settle(ctx context.Context, m Member, k *kept) (refusal *Problem, err error) {
	if !unsettled(&k.Receipt) {
		return nil, nil
	}
	record, err := model.ParseRecord(k.Record)
	if err != nil {
		return nil, err
	}
	receipt, err := g.write(ctx, m, record, k.Receipt.ID)
	switch {
	case err == nil:
		g.apply(k, receipt)
		g.seen(record, receipt)
	case driver.IsOutage(err):
		return nil, nil // it goes on when it is asked for again
	default:
		k.Receipt.State, k.Receipt.Reason = driver.Rejected, "the ledger refused it: "+string(driver.CodeOf(err))
		refusal = refusedBy(m, err)
	}
	if refusal == nil && refused(&k.Receipt) {
		refusal = refusalOf(&k.Receipt)
	}
	return refusal, g.keep(ctx, k, "")
}

// write writes a record. Where another gateway has written it meanwhile it has lost, and is no failure.
func (g *Gateway) write(ctx context.Context, m Member, record *model.Parsed, id string) (*driver.Receipt, error) {
	receipt, err := m.Submit(ctx, record, id)
	lost := driver.CodeOf(err) == driver.Conflict || err == nil && ended(receipt.State)
	if !lost {
		return receipt, err
	}
	stands, failed := g.already(ctx, m, record)
	switch {
	case driver.IsOutage(failed):
		return nil, failed // whether it stands there is not known yet
	case stands != nil:
		return stands, nil
	}
	return receipt, err
}

func refused(r *SubmissionReceipt) bool { return ended(r.State) }

// ended reports whether nothing will come of a write.
func ended(s driver.State) bool { return s == driver.Rejected || s == driver.Dropped }

func refusalOf(r *SubmissionReceipt) *Problem {
	return &Problem{Code: Refused, Ledger: r.Ledger, Detail: r.Reason}
}

// refusedBy words a refusal that came as an error.
func refusedBy(m Member, err error) *Problem {
	var faults schemas.Faults
	if errors.As(err, &faults) {
		return badInput(within("/record", faults))
	}
	return fromLedger(m.Slug(), err)
}

func (g *Gateway) apply(k *kept, r *driver.Receipt) {
	k.Receipt.State, k.Receipt.Tx, k.Receipt.Reason = r.State, r.Tx, r.Reason
	k.Receipt.Height = r.Pos.Height
	if !r.Pos.Time.IsZero() {
		k.Receipt.ChainTime = model.At(r.Pos.Time)
	}
}

// seen tells the witness log what was written here, so that a ledger which takes it back at once is found out. What
// cannot be kept now is kept when it is read.
func (g *Gateway) seen(record *model.Parsed, r *driver.Receipt) {
	if r.State != driver.Finally {
		return
	}
	_, err := g.Witness.See(witness.Observation{Ledger: record.Ledger, ID: record.ID, Version: record.Version,
		Digest: record.Digest, Height: r.Pos.Height, ChainTime: r.Pos.Time})
	if err != nil {
		g.Log.Error("the witness log cannot be written", "error", err)
	}
}

// Submitted answers the receipt of a submission, and where it was still pending, asks its ledger again. One that was taken
// by another gateway is known where they share what they tell of submissions.
func (g *Gateway) Submitted(ctx context.Context, id string) (*SubmissionReceipt, error) {
	k, err := g.load(id)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return g.elsewhere(ctx, id)
	}
	m, err := g.member(k.Receipt.Ledger)
	if err != nil {
		return nil, err
	}
	done, err := g.submitting.take(ctx, recordsTurn(k.Receipt.Ledger, k.Receipt.Record))
	if err != nil {
		return nil, fromLedger(m.Slug(), err)
	}
	defer done()
	if k, err = g.load(id); err != nil { // as it stands now that it is nobody else's turn
		return nil, err
	}
	if k == nil {
		return nil, noSubmission()
	}
	if _, err := g.settle(ctx, m, k); err != nil {
		return nil, err
	}
	return &k.Receipt, nil
}

func noSubmission() error { return &Problem{Code: NotFound, Detail: "no submission of that id"} }
