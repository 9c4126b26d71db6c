package lifecycle_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ftagateway/ftagateway/model/lifecycle"
)

// anyEvent draws from all tables and beyond them.
func anyEvent() *rapid.Generator[lifecycle.Event] {
	events := []lifecycle.Event{"", "explode"}
	for _, m := range lifecycle.Machines() {
		for _, r := range lifecycle.Rows(m) {
			events = append(events, r.Event)
		}
	}
	return rapid.SampledFrom(events)
}

func anyMachine() *rapid.Generator[lifecycle.Machine] { return rapid.SampledFrom(lifecycle.Machines()) }

// anyFacts draws facts that are known, unknown, good and bad.
func anyFacts() *rapid.Generator[lifecycle.Facts] {
	return rapid.Custom(func(t *rapid.T) lifecycle.Facts {
		yesNo, days := rapid.Ptr(rapid.Bool(), true), rapid.Ptr(rapid.IntRange(-10, 400), true)
		return lifecycle.Facts{
			Signed: yesNo.Draw(t, "signed"), EntryNumber: yesNo.Draw(t, "entryNumber"),
			Certificates: yesNo.Draw(t, "certificates"), NextVersion: yesNo.Draw(t, "nextVersion"),
			Reasons: rapid.SliceOfN(rapid.SampledFrom([]string{"004", "998"}), 0, 2).Draw(t, "reasons"),
			Remarks: rapid.Ptr(rapid.IntRange(0, 600), true).Draw(t, "remarks"), SinceEntry: days.Draw(t, "sinceEntry"),
			UntilLiquidation: days.Draw(t, "untilLiquidation"), SinceLiquidation: days.Draw(t, "sinceLiquidation"),
			Evidence: yesNo.Draw(t, "evidence"), Determination: yesNo.Draw(t, "determination"),
		}
	})
}

func anyTime() *rapid.Generator[time.Time] {
	return rapid.Map(rapid.IntRange(0, 200), func(n int) time.Time { return day(1).AddDate(0, 0, n) })
}

func anyStep() *rapid.Generator[lifecycle.Step] {
	return rapid.Custom(func(t *rapid.T) lifecycle.Step {
		return lifecycle.Step{Event: anyEvent().Draw(t, "event"), Facts: anyFacts().Draw(t, "facts"), At: anyTime().Draw(t, "at")}
	})
}

// TestNoStepsLeaveTheTable: whatever is recorded, the state is one that the table has, and each step of it is a row.
func TestNoStepsLeaveTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMachine().Draw(t, "machine")
		status := lifecycle.Start(m)
		for _, step := range rapid.SliceOfN(anyStep(), 0, 30).Draw(t, "steps") {
			seen := status.At(step.At)
			next, _, err := status.Take(step)
			if !slices.Contains(lifecycle.States(m), next.State) {
				t.Fatalf("%s is no state of %s", next.State, m)
			}
			if err != nil && next.State != seen.State {
				t.Fatalf("a refused %s moved %s to %s", step.Event, seen.State, next.State)
			}
			if lifecycle.Terminal(m, status.State) && next.State != status.State {
				t.Fatalf("%s left the terminal state %s", step.Event, status.State)
			}
			status = next
		}
	})
}

// TestNextFollowsRows: a move is allowed exactly if a row has it, and goes where the row goes.
func TestNextFollowsRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMachine().Draw(t, "machine")
		from, ev := rapid.SampledFrom(lifecycle.States(m)).Draw(t, "from"), anyEvent().Draw(t, "event")
		move, err := lifecycle.Next(m, from, ev, anyFacts().Draw(t, "facts"))
		i := slices.IndexFunc(lifecycle.Rows(m), func(r lifecycle.Row) bool { return r.From == from && r.Event == ev })
		if i < 0 && err == nil {
			t.Fatalf("%s from %s is no row of %s, and led to %s", ev, from, m, move.To)
		}
		if err == nil && lifecycle.Rows(m)[i].To != move.To {
			t.Fatalf("%s from %s led to %s, its row says %s", ev, from, move.To, lifecycle.Rows(m)[i].To)
		}
	})
}

// TestKnowingMoreNeverAllowsMore: what is refused with some facts unknown is refused for a fact that is known.
func TestKnowingMoreNeverAllowsMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMachine().Draw(t, "machine")
		r := rapid.SampledFrom(lifecycle.Rows(m)).Draw(t, "row")
		facts := anyFacts().Draw(t, "facts")
		_, informed := lifecycle.Next(m, r.From, r.Event, facts)
		_, ignorant := lifecycle.Next(m, r.From, r.Event, lifecycle.Facts{Reasons: facts.Reasons})
		if ignorant != nil && informed == nil {
			t.Fatalf("%s was refused only as long as facts were missing: %v", r.Event, ignorant)
		}
	})
}

// TestFoldIsItsStepsOneByOne: folding a run is folding its beginning and taking the last step.
func TestFoldIsItsStepsOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMachine().Draw(t, "machine")
		steps := rapid.SliceOfN(anyStep(), 1, 20).Draw(t, "steps")
		last := steps[len(steps)-1]
		whole := lifecycle.Fold(m, steps, time.Time{})
		begun := lifecycle.Fold(m, steps[:len(steps)-1], time.Time{})
		next, _, _ := begun.Take(last)
		if whole.Status != next {
			t.Fatalf("folded %+v, step by step %+v", whole.Status, next)
		}
	})
}

// TestFoldEntryDoesNotDependOnTheOrderGiven, and counts every record at most once.
func TestFoldEntryDoesNotDependOnTheOrderGiven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, d := anyVersions(t), anyDispositions(t)
		got := lifecycle.FoldEntry(v, d)
		if !slices.Contains(lifecycle.States(lifecycle.Entry), got.State) {
			t.Fatalf("%s is no state of an entry", got.State)
		}
		shuffled := rapid.Permutation(v).Draw(t, "shuffled")
		if again := lifecycle.FoldEntry(shuffled, d); !reflect.DeepEqual(got, again) {
			t.Fatalf("given as %v: %+v, given as %v: %+v", v, got, shuffled, again)
		}
		if len(got.Refused) > len(v)+len(d) {
			t.Fatalf("%d refusals of %d records", len(got.Refused), len(v)+len(d))
		}
	})
}

func anyVersions(t *rapid.T) []lifecycle.Version {
	numbers := rapid.SliceOfNDistinct(rapid.Uint64Range(1, 8), 0, 6, rapid.ID).Draw(t, "numbers")
	var all []lifecycle.Version
	for _, n := range numbers {
		step := anyStep().Draw(t, "version")
		all = append(all, lifecycle.Version{N: n, Event: step.Event, Facts: step.Facts, At: step.At})
	}
	return all
}

func anyDispositions(t *rapid.T) []lifecycle.Disposition {
	var all []lifecycle.Disposition
	for i := range rapid.IntRange(0, 6).Draw(t, "dispositions") {
		step := anyStep().Draw(t, "disposition")
		pins := rapid.Uint64Range(0, 9).Draw(t, "pins")
		all = append(all, lifecycle.Disposition{Pins: pins, Event: step.Event, Facts: step.Facts, At: step.At, Order: uint64(i)})
	}
	return all
}
