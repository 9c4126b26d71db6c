package lifecycle_test

import (
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/model/lifecycle"
)

// TestTablesAreWhole holds what the one transition function takes for granted about the data.
func TestTablesAreWhole(t *testing.T) {
	for _, m := range lifecycle.Machines() {
		once := map[[2]string]bool{}
		for _, r := range lifecycle.Rows(m) {
			key := [2]string{string(r.From), string(r.Event)}
			if once[key] {
				t.Errorf("%s: two rows for %v", m, key)
			}
			once[key] = true
			checkRow(t, m, r)
		}
	}
}

func checkRow(t *testing.T, m lifecycle.Machine, r lifecycle.Row) {
	t.Helper()
	if r.ByClock == (len(r.Who) > 0) {
		t.Errorf("%s: %s from %s must be somebody's or the clock's", m, r.Event, r.From)
	}
	if !slices.Equal(r.Who, lifecycle.Roles(m, r.Event)) {
		t.Errorf("%s: %s is not always the same roles' step", m, r.Event)
	}
	for _, rule := range r.Rules {
		if rule.Name == "" || rule.Text == "" || rule.Source == "" {
			t.Errorf("%s: %s from %s has a rule without name, text or source", m, r.Event, r.From)
		}
	}
	if r.Timer.Days > 0 && !clockRow(m, r.To, r.Timer.Then) {
		t.Errorf("%s: the time limit of %s leads nowhere", m, r.Event)
	}
}

func clockRow(m lifecycle.Machine, from lifecycle.State, ev lifecycle.Event) bool {
	return slices.ContainsFunc(lifecycle.Rows(m), func(r lifecycle.Row) bool {
		return r.ByClock && r.From == from && r.Event == ev
	})
}

// TestEveryStateIsReached finds rows that nothing leads to.
func TestEveryStateIsReached(t *testing.T) {
	for _, m := range lifecycle.Machines() {
		reached := reachable(m)
		for _, s := range lifecycle.States(m) {
			if !slices.Contains(reached, s) {
				t.Errorf("%s: nothing leads to %s", m, s)
			}
		}
	}
}

func reachable(m lifecycle.Machine) []lifecycle.State {
	reached := []lifecycle.State{lifecycle.Initial(m)}
	for i := 0; i < len(reached); i++ {
		for _, r := range lifecycle.Rows(m) {
			if r.From == reached[i] && !slices.Contains(reached, r.To) {
				reached = append(reached, r.To)
			}
		}
	}
	return reached
}

// TestAnEventMeansOneThing: one summary's records speak of the entry and of its claims, so no word may do for both.
func TestAnEventMeansOneThing(t *testing.T) {
	for _, r := range lifecycle.Rows(lifecycle.Claim) {
		if lifecycle.Roles(lifecycle.Entry, r.Event) != nil {
			t.Errorf("%s is an event of an entry and of a claim", r.Event)
		}
	}
}

func TestWhoMayTakeAStep(t *testing.T) {
	cases := []struct {
		m     lifecycle.Machine
		event lifecycle.Event
		want  []lifecycle.Role
	}{
		{lifecycle.Entry, lifecycle.File, []lifecycle.Role{lifecycle.Filer}},
		{lifecycle.Entry, lifecycle.Liquidate, []lifecycle.Role{lifecycle.CBP}},
		{lifecycle.Entry, lifecycle.WithdrawProtest, []lifecycle.Role{lifecycle.Filer}},
		{lifecycle.Claim, lifecycle.WithdrawNotice, []lifecycle.Role{lifecycle.CBP}},
		{lifecycle.Claim, lifecycle.Withdraw, []lifecycle.Role{lifecycle.Importer}},
		{lifecycle.Claim, lifecycle.Overdue, nil},
		{lifecycle.Certificate, lifecycle.Withdraw, []lifecycle.Role{lifecycle.Certifier}},
		{lifecycle.Certificate, lifecycle.File, nil},
	}
	for _, c := range cases {
		if got := lifecycle.Roles(c.m, c.event); !slices.Equal(got, c.want) {
			t.Errorf("%s %s: %v, want %v", c.m, c.event, got, c.want)
		}
	}
}

// TestListsBelongToTheCaller: changing what was listed does not change the tables.
func TestListsBelongToTheCaller(t *testing.T) {
	lifecycle.Rows(lifecycle.Entry)[0].To = "elsewhere"
	lifecycle.Roles(lifecycle.Entry, lifecycle.File)[0] = "anybody"
	move, err := lifecycle.Next(lifecycle.Entry, lifecycle.Draft, lifecycle.File, wellFounded())
	if err != nil || move.To != lifecycle.Filed || lifecycle.Roles(lifecycle.Entry, lifecycle.File)[0] != lifecycle.Filer {
		t.Errorf("the table changed: %v %v", move, err)
	}
}

func TestEventsLeaveOutWhatTheClockDoes(t *testing.T) {
	want := []lifecycle.Event{lifecycle.Acknowledge, lifecycle.Answer}
	if got := lifecycle.Events(lifecycle.Claim, lifecycle.RequestIssued); !slices.Equal(got, want) {
		t.Errorf("events %v, want %v", got, want)
	}
	if !lifecycle.Terminal(lifecycle.Claim, lifecycle.Denied) || lifecycle.Terminal(lifecycle.Claim, lifecycle.NoticeTaken) {
		t.Error("denied is terminal, noticeTaken is not")
	}
}

// TestRulesAreNamedOnce: a rule's name is what programs know it by.
func TestRulesAreNamedOnce(t *testing.T) {
	text := map[string]string{}
	for _, m := range lifecycle.Machines() {
		for _, r := range lifecycle.Rows(m) {
			for _, rule := range r.Rules {
				if had, ok := text[rule.Name]; ok && had != rule.Text {
					t.Errorf("rule %s is both %q and %q", rule.Name, had, rule.Text)
				}
				text[rule.Name] = rule.Text
			}
		}
	}
	if got := len(lifecycle.Rules()); got != len(text) {
		t.Errorf("Rules lists %d, the tables have %d", got, len(text))
	}
}
