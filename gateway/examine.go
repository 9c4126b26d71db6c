package gateway

import (
	"context"
	"slices"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// examination holds a submission against every rule that can be checked before it is written. What cannot be checked is
// noted; what must hold and cannot be checked is refused as NotChecked, which is not a verdict and may be tried again.
type examination struct {
	*Gateway
	member    Member
	record    *model.Parsed
	document  *model.Document
	unchecked []string
}

// itself holds the submission against what is so whatever stands on the ledger.
func (x *examination) itself(ctx context.Context, s Submission) error {
	if x.member.Derives() {
		return &Problem{Code: NotOffered, Ledger: x.member.Slug(), Detail: adapters.ReadOnly}
	}
	if _, err := proof.Verify(x.record.Object, proofPurpose); err != nil {
		return badInput(under("/record", proofFault(err)))
	}
	if err := x.authorised(); err != nil {
		return err
	}
	return x.takeDocument(ctx, s)
}

// authorised refuses a step that its issuer may not take, and a decision of customs anywhere but on customs' own ledger.
func (x *examination) authorised() error {
	allowed := roles(adapters.StatementOf(x.record))
	if len(allowed) == 0 {
		return &Problem{Code: UnknownEvent, Ledger: x.member.Slug(),
			Detail: "/record/event: " + x.record.Event + " is no step of a " + x.record.Type}
	}
	if slices.Contains(allowed, lifecycle.CBP) != x.member.Customs {
		return &Problem{Code: RuleBroken, Ledger: x.member.Slug(),
			Detail: "customs' decisions stand on customs' own ledger, and nothing else does"}
	}
	now := x.Now()
	c := x.Participants.Authority(x.record.Issuer, allowed[0], x.record.Ledger, now, now)
	if c.Outcome != trust.Valid {
		return &Problem{Code: RuleBroken, Ledger: x.member.Slug(), Detail: "/record/issuer: " + c.Reason}
	}
	return nil
}

// follows refuses a version that does not follow the one that stands.
func (x *examination) follows(ctx context.Context) error {
	if x.record.Version == 1 {
		return x.begins() // that nothing stands there yet is the chain's to hold, when it is written
	}
	before, err := x.member.Read(ctx, x.record.ID, x.record.Version-1)
	if driver.CodeOf(err) == driver.NotFound {
		return &Problem{Code: Conflict, Ledger: x.member.Slug(), Detail: "/record/version: the version before it does not stand there"}
	}
	if err != nil {
		return &Problem{Code: NotChecked, Ledger: x.member.Slug(), Detail: "the version before it could not be read", Err: err}
	}
	if before.Record == nil {
		return &Problem{Code: RuleBroken, Ledger: x.member.Slug(), Detail: "the version before it is no record"}
	}
	if faults := model.CheckNext(before.Record, x.record); len(faults) > 0 {
		return badInput(under("/record", faults))
	}
	if !x.sameParty(before.Record.Issuer, x.record.Issuer) {
		return &Problem{Code: RuleBroken, Ledger: x.member.Slug(),
			Detail: "/record/issuer: must be a key of the party that issued the version before"}
	}
	return nil
}

// begins refuses the id of a record that stands on another ledger: its home would be in dispute.
func (x *examination) begins() error {
	known, err := x.Witness.Known(x.record.ID)
	if err != nil {
		return err
	}
	for _, e := range known {
		if e.Ledger != x.record.Ledger {
			return &Problem{Code: RuleBroken, Ledger: x.member.Slug(), Detail: "/record/id: is that of a record on another ledger"}
		}
	}
	return nil
}
