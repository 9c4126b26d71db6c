package lifecycle_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/model/lifecycle"
)

// wellFounded is a set of facts that breaks no rule.
func wellFounded() lifecycle.Facts {
	return lifecycle.Facts{
		Signed: new(true), EntryNumber: new(true), Certificates: new(true), NextVersion: new(true),
		Reasons: []string{"004"}, Remarks: new(0), SinceEntry: new(100), UntilLiquidation: new(100),
		SinceLiquidation: new(10), Evidence: new(true), Determination: new(true),
	}
}

// TestEveryRowCanBeTaken walks the tables: with nothing against it, each step leads where its row says.
func TestEveryRowCanBeTaken(t *testing.T) {
	for _, m := range lifecycle.Machines() {
		for _, r := range lifecycle.Rows(m) {
			if r.ByClock {
				continue
			}
			move, err := lifecycle.Next(m, r.From, r.Event, wellFounded())
			if err != nil || move.To != r.To || move.Unchecked != nil {
				t.Errorf("%s: %s from %s: %+v, %v; want %s", m, r.Event, r.From, move, err, r.To)
			}
		}
	}
}

// TestFactsThatBreakARule has, for each rule, the last fact that keeps it and the first that breaks it.
func TestFactsThatBreakARule(t *testing.T) {
	type facts = lifecycle.Facts
	cases := []struct {
		rule   string
		m      lifecycle.Machine
		from   lifecycle.State
		event  lifecycle.Event
		keeps  func(*facts)
		breaks func(*facts)
	}{
		{"signature", lifecycle.Entry, lifecycle.Draft, lifecycle.File, nil, func(f *facts) { f.Signed = new(false) }},
		{"entry-number", lifecycle.Entry, lifecycle.Draft, lifecycle.File, nil, func(f *facts) { f.EntryNumber = new(false) }},
		{"certificates", lifecycle.Entry, lifecycle.Draft, lifecycle.File, nil, func(f *facts) { f.Certificates = new(false) }},
		{"reject-reason", lifecycle.Entry, lifecycle.Filed, lifecycle.Reject, nil, func(f *facts) { f.Reasons = nil }},
		{"reject-reason", lifecycle.Entry, lifecycle.Filed, lifecycle.Reject,
			func(f *facts) { f.Reasons, f.Remarks = []string{"004", "998"}, new(1) },
			func(f *facts) { f.Reasons, f.Remarks = []string{"004", "998"}, new(0) }},
		{"reject-reason", lifecycle.Entry, lifecycle.Filed, lifecycle.Reject,
			func(f *facts) { f.Reasons, f.Remarks = []string{"998"}, new(500) },
			func(f *facts) { f.Reasons, f.Remarks = []string{"998"}, new(501) }},
		{"next-version", lifecycle.Entry, lifecycle.Rejected, lifecycle.Refile, nil, func(f *facts) { f.NextVersion = new(false) }},
		{"correct-within", lifecycle.Entry, lifecycle.Accepted, lifecycle.Correct,
			func(f *facts) { f.SinceEntry = new(300) }, func(f *facts) { f.SinceEntry = new(301) }},
		{"correct-before", lifecycle.Entry, lifecycle.Accepted, lifecycle.Correct,
			func(f *facts) { f.UntilLiquidation = new(15) }, func(f *facts) { f.UntilLiquidation = new(14) }},
		{"reason", lifecycle.Entry, lifecycle.Accepted, lifecycle.Cancel,
			func(f *facts) { f.Reasons, f.Remarks = nil, new(1) }, func(f *facts) { f.Reasons, f.Remarks = nil, new(0) }},
		{"protest-within", lifecycle.Entry, lifecycle.Liquidated, lifecycle.Protest,
			func(f *facts) { f.SinceLiquidation = new(180) }, func(f *facts) { f.SinceLiquidation = new(181) }},
		{"evidence", lifecycle.Claim, lifecycle.RequestIssued, lifecycle.Answer, nil, func(f *facts) { f.Evidence = new(false) }},
		{"determination", lifecycle.Claim, lifecycle.NoticeTaken, lifecycle.Determine, nil, func(f *facts) { f.Determination = new(false) }},
	}
	for _, c := range cases {
		t.Run(c.rule, func(t *testing.T) {
			f := wellFounded()
			if c.keeps != nil {
				c.keeps(&f)
			}
			if _, err := lifecycle.Next(c.m, c.from, c.event, f); err != nil {
				t.Errorf("kept: %v", err)
			}
			c.breaks(&f)
			_, err := lifecycle.Next(c.m, c.from, c.event, f)
			checkRefusal(t, err, lifecycle.Refusal{Machine: c.m, From: c.from, Event: c.event, Rule: c.rule})
		})
	}
}

func checkRefusal(t *testing.T, err error, want lifecycle.Refusal) {
	t.Helper()
	var r *lifecycle.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("answered %v, want a refusal", err)
	}
	if r.Machine != want.Machine || r.From != want.From || r.Event != want.Event || r.Rule != want.Rule {
		t.Errorf("refused with %+v, want %+v", r, want)
	}
	if r.Text == "" || r.Source == "" {
		t.Errorf("%+v names no text or source", r)
	}
}

// TestUnknownFactsAreNeitherKeptNorBroken holds "not known" apart from "no".
func TestUnknownFactsAreNeitherKeptNorBroken(t *testing.T) {
	cases := []struct {
		from      lifecycle.State
		event     lifecycle.Event
		facts     lifecycle.Facts
		unchecked []string
	}{
		{lifecycle.Draft, lifecycle.File, lifecycle.Facts{Signed: new(true)}, []string{"entry-number", "certificates"}},
		{lifecycle.Filed, lifecycle.Reject, lifecycle.Facts{Reasons: []string{"998"}}, []string{"reject-reason"}},
		{lifecycle.Filed, lifecycle.Reject, lifecycle.Facts{Reasons: []string{"004"}}, nil},
		{lifecycle.Accepted, lifecycle.Liquidate, lifecycle.Facts{}, []string{"reason"}},
		{lifecycle.Accepted, lifecycle.Correct, lifecycle.Facts{SinceEntry: new(3)}, []string{"correct-before"}},
	}
	for _, c := range cases {
		move, err := lifecycle.Next(lifecycle.Entry, c.from, c.event, c.facts)
		if err != nil {
			t.Errorf("%s: %v", c.event, err)
		}
		var names []string
		for _, r := range move.Unchecked {
			names = append(names, r.Name)
		}
		if !slices.Equal(names, c.unchecked) {
			t.Errorf("%s: unchecked %v, want %v", c.event, names, c.unchecked)
		}
	}
}

func TestAStepOutOfTurnNamesWhatIsPossible(t *testing.T) {
	cases := []struct {
		m     lifecycle.Machine
		from  lifecycle.State
		event lifecycle.Event
		rule  string
		says  string
	}{
		{lifecycle.Entry, lifecycle.Accepted, lifecycle.Accept, "in-table", "is one of correct, cancel, inactivate, liquidate"},
		{lifecycle.Entry, lifecycle.Canceled, lifecycle.Refile, "in-table", "nothing follows"},
		{lifecycle.Entry, "lost", lifecycle.Refile, "in-table", "known state"},
		{lifecycle.Entry, lifecycle.Filed, "", "in-table", "accept, reject"},
		{"voyage", lifecycle.Filed, lifecycle.Accept, "in-table", "known state"},
		{lifecycle.Claim, lifecycle.RequestIssued, lifecycle.Overdue, "clock-only", "clock"},
	}
	for _, c := range cases {
		_, err := lifecycle.Next(c.m, c.from, c.event, wellFounded())
		checkRefusal(t, err, lifecycle.Refusal{Machine: c.m, From: c.from, Event: c.event, Rule: c.rule})
		if err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q does not say %q", err, c.says)
		}
	}
}
