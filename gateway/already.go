package gateway

import (
	"context"
	"errors"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
)

// notHere is what a receipt says of the rules of a step that was taken before this gateway was asked.
const notHere = "whether the step was allowed when it was taken, which whoever took it had to check"

// already answers the receipt of a record that stands on its ledger just as it was submitted, although this gateway has
// kept nothing of it: another one took it, or this one's store was lost. Nil where it does not stand there, or where
// something else does.
func (g *Gateway) already(ctx context.Context, m Member, record *model.Parsed) (*driver.Receipt, error) {
	r, err := m.Read(adapters.Asking(ctx), record.ID, record.Version)
	switch {
	case driver.CodeOf(err) == driver.NotFound:
		return nil, nil
	case err != nil:
		return nil, err
	case r.Record == nil || r.Record.Digest != record.Digest:
		return nil, nil
	}
	receipt := &driver.Receipt{
		Tx: r.Entry.Tx, State: driver.Included, Key: r.Entry.Key, Version: r.Entry.Version, Pos: r.Entry.Position,
	}
	if r.Entry.Final {
		receipt.State = driver.Finally
	}
	return receipt, nil
}

// fits holds the record against what stands. One that stands there itself does not follow from that any more, and is no
// mistake: its receipt is the answer then.
func (x *examination) fits(ctx context.Context) (stands *driver.Receipt, err error) {
	ctx = adapters.Asking(ctx) // what stands now counts, and not what stood a moment ago
	if err = x.follows(ctx); err == nil {
		err = x.step(ctx)
	}
	var refusal *Problem
	if err == nil || !errors.As(err, &refusal) || refusal.Code == NotChecked {
		return nil, err
	}
	stands, failed := x.already(ctx, x.member, x.record)
	switch {
	case driver.IsOutage(failed):
		return nil, &Problem{Code: NotChecked, Ledger: x.member.Slug(), Detail: "whether it stands there already could not be read", Err: failed}
	case stands == nil:
		return nil, err
	}
	x.unchecked = append(x.unchecked, notHere)
	return stands, nil
}

// found keeps a submission whose record stands already.
func (g *Gateway) found(ctx context.Context, x *examination, id string, s Submission, stands *driver.Receipt) (*SubmissionReceipt, error) {
	k := x.submission(id)
	g.apply(k, stands)
	g.seen(x.record, stands)
	return &k.Receipt, g.keep(ctx, k, s.IdempotencyKey)
}
