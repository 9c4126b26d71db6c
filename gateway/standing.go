package gateway

import (
	"context"
	"errors"
	"slices"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// step refuses a step that the life cycle does not allow from where the thing stands.
func (x *examination) step(ctx context.Context) error {
	if x.record.Type == model.TypeEntryDisposition && x.record.Version > 1 {
		return &Problem{Code: RuleBroken, Ledger: x.member.Slug(),
			Detail: "/record/version: a decision has one version, and the next decision is a record of its own"}
	}
	state, err := x.standing(ctx)
	if err != nil {
		return err
	}
	facts := x.facts()
	if x.record.Version > 1 && x.record.Type == model.TypeEntrySummary {
		sinceEntry(&facts, x.first(ctx), x.Now())
	}
	move, err := lifecycle.Next(machines[x.record.Type], state, lifecycle.Event(x.record.Event), facts)
	var refusal *lifecycle.Refusal
	if errors.As(err, &refusal) {
		return &Problem{Code: RuleBroken, Ledger: x.member.Slug(), Detail: "/record/event: " + refusal.Error()}
	}
	for _, rule := range move.Unchecked {
		x.unchecked = append(x.unchecked, rule.Text)
	}
	return err
}

// first is the record's first version with its document, as far as that can be fetched.
func (x *examination) first(ctx context.Context) *judged {
	r, err := x.member.Read(ctx, x.record.ID, 1)
	if err != nil {
		return nil
	}
	return x.judge(ctx, x.member, r, look{documents: true})
}

// standing is the state that the step starts from.
func (x *examination) standing(ctx context.Context) (lifecycle.State, error) {
	machine := machines[x.record.Type]
	switch {
	case x.record.Type == model.TypeEntryDisposition:
		return x.entryState(ctx)
	case x.record.Version == 1:
		return lifecycle.Initial(machine), nil
	case machine == lifecycle.Entry:
		return x.stateOf(ctx, x.record.ID)
	}
	return x.replay(ctx, machine)
}

// entryState is the state of the entry that a disposition decides, which must pin the version that stands.
func (x *examination) entryState(ctx context.Context) (lifecycle.State, error) {
	at := slices.IndexFunc(x.record.Links, func(l model.Link) bool { return l.Rel == model.RelEntry })
	if at < 0 {
		return "", &Problem{Code: RuleBroken, Ledger: x.member.Slug(), Detail: "/record/links: must name the entry that is decided on"}
	}
	return x.stateOf(ctx, x.record.Links[at].ID)
}

func (x *examination) stateOf(ctx context.Context, entry string) (lifecycle.State, error) {
	file, err := x.Entry(ctx, entry, Options{})
	var problem *Problem
	switch {
	case errors.As(err, &problem) && problem.Code == NotFound:
		return "", &Problem{Code: RuleBroken, Ledger: x.member.Slug(), Detail: "the entry " + entry + " stands on no ledger"}
	case err != nil:
		return "", &Problem{Code: NotChecked, Ledger: x.member.Slug(), Detail: "the entry could not be read", Err: err}
	case len(missing(file.Sources)) > 0:
		return "", &Problem{Code: NotChecked, Ledger: x.member.Slug(), Ledgers: missing(file.Sources),
			Detail: "not every ledger could be asked what belongs to the entry"}
	}
	return lifecycle.State(file.Status), x.pinsNewest(file)
}

// pinsNewest refuses a decision on a version that is not the newest: whoever decided had not seen what stands.
func (x *examination) pinsNewest(f *EntryFile) error {
	for _, l := range x.record.Links {
		if l.Rel == model.RelEntry && l.ID == f.EntryID && l.Version != f.Summary.Version {
			return &Problem{Code: Conflict, Ledger: x.member.Slug(),
				Detail: "/record/links: a newer version of the entry stands than the one that was decided on"}
		}
	}
	return nil
}

// replay folds a record's own versions.
func (x *examination) replay(ctx context.Context, machine lifecycle.Machine) (lifecycle.State, error) {
	history, err := x.member.History(ctx, x.record.ID)
	if err != nil {
		return "", &Problem{Code: NotChecked, Ledger: x.member.Slug(), Detail: "its versions could not be read", Err: err}
	}
	var steps []lifecycle.Step
	for _, r := range history.Readings {
		j := x.judge(ctx, x.member, r, look{})
		if j.says() != nil && j.verdict.Outcome != trust.Invalid {
			steps = append(steps, lifecycle.Step{Event: lifecycle.Event(j.says().Event), Facts: factsOf(j), At: r.Entry.Time})
		}
	}
	return lifecycle.Fold(machine, steps, x.Now()).State, nil
}

// facts is what is known of the step that is submitted.
func (x *examination) facts() lifecycle.Facts {
	f := lifecycle.Facts{Signed: new(true), Reasons: x.record.Reason, NextVersion: new(true)}
	if x.document == nil {
		return f
	}
	switch s := x.document.Subject.(type) {
	case *model.EntrySummary:
		addSummary(&f, s, adapters.StatementOf(x.record))
	case *model.EntryDisposition:
		f.Remarks = new(len([]rune(s.Remarks)))
	}
	return f
}
