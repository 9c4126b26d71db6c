package lifecycle_test

import (
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/model/lifecycle"
)

// day is a moment on the n-th day, at 15:00 UTC.
func day(n int) time.Time { return time.Date(2026, 11, n, 15, 0, 0, 0, time.UTC) }

func at(when time.Time, ev lifecycle.Event) lifecycle.Step {
	return lifecycle.Step{Event: ev, Facts: wellFounded(), At: when, Position: string(ev)}
}

func TestFoldClaim(t *testing.T) {
	type steps = []lifecycle.Step
	cases := []struct {
		name    string
		steps   steps
		now     time.Time
		want    lifecycle.State
		refused int // index of the only refused step, -1 for none
	}{
		{"no step", nil, day(1), lifecycle.Claimed, -1},
		{"a request implies the review that no ledger records", steps{at(day(1), lifecycle.IssueRequest)},
			day(2), lifecycle.RequestIssued, -1},
		{"in time on the 30th day as a whole", steps{at(day(1), lifecycle.IssueRequest)},
			time.Date(2026, 12, 1, 23, 59, 59, 0, time.UTC), lifecycle.RequestIssued, -1},
		{"overdue after it", steps{at(day(1), lifecycle.IssueRequest)},
			time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC), lifecycle.RequestOverdue, -1},
		{"the clock runs from issue, not from the acknowledgement",
			steps{at(day(1), lifecycle.IssueRequest), at(day(20), lifecycle.Acknowledge)}, day(32), lifecycle.RequestOverdue, -1},
		{"an answer stops the clock",
			steps{at(day(1), lifecycle.IssueRequest), at(day(20), lifecycle.Answer)}, day(90), lifecycle.RequestAnswered, -1},
		{"a follow-up starts it anew",
			steps{at(day(1), lifecycle.IssueRequest), at(day(20), lifecycle.Answer), at(day(25), lifecycle.FollowUp)},
			day(50), lifecycle.RequestIssued, -1},
		{"an answer after the limit is refused",
			steps{at(day(1), lifecycle.IssueRequest), at(day(40), lifecycle.Answer)}, day(41), lifecycle.RequestOverdue, 1},
		{"a notice may follow what is overdue",
			steps{at(day(1), lifecycle.IssueRequest), at(day(40), lifecycle.ProposeNotice)}, day(41), lifecycle.NoticeProposed, -1},
		{"nobody contests for 20 days", steps{at(day(1), lifecycle.ProposeNotice)}, day(22), lifecycle.NoticeTaken, -1},
		{"contested in time", steps{at(day(1), lifecycle.ProposeNotice), at(day(21), lifecycle.Contest)},
			day(90), lifecycle.NoticeContested, -1},
		{"contested too late", steps{at(day(1), lifecycle.ProposeNotice), at(day(22), lifecycle.Contest)},
			day(90), lifecycle.NoticeTaken, 1},
		{"denied in the end", steps{at(day(1), lifecycle.ProposeNotice), at(day(25), lifecycle.Determine)},
			day(25), lifecycle.Denied, -1},
		{"a step out of turn does not stop the next",
			steps{at(day(1), lifecycle.ProposeNotice), at(day(2), lifecycle.Answer), at(day(3), lifecycle.Agree)},
			day(4), lifecycle.NoticeTaken, 1},
		{"a record cannot say what only the clock does",
			steps{at(day(1), lifecycle.IssueRequest), at(day(2), lifecycle.Overdue)}, day(3), lifecycle.RequestIssued, 1},
		{"withdrawn", steps{at(day(1), lifecycle.Withdraw), at(day(2), lifecycle.IssueRequest)}, day(3), lifecycle.Withdrawn, 1},
		{"no time limit without a time", steps{at(time.Time{}, lifecycle.IssueRequest)}, day(90), lifecycle.RequestIssued, -1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := lifecycle.Fold(lifecycle.Claim, c.steps, c.now)
			if got.State != c.want {
				t.Errorf("state %s, want %s", got.State, c.want)
			}
			checkRefused(t, got.Refused, c.steps, c.refused)
		})
	}
}

func checkRefused(t *testing.T, got []lifecycle.Refused, steps []lifecycle.Step, want int) {
	t.Helper()
	if want < 0 {
		if len(got) > 0 {
			t.Errorf("refused %v, want none", got[0])
		}
		return
	}
	if len(got) != 1 || got[0].Index != want || got[0].Position != steps[want].Position || got[0].Event != steps[want].Event {
		t.Errorf("refused %+v, want step %d", got, want)
	}
}

func TestFoldSaysWhatIsDue(t *testing.T) {
	got := lifecycle.Fold(lifecycle.Claim, []lifecycle.Step{at(day(1), lifecycle.IssueRequest)}, day(2))
	if want := time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC); !got.Due.Equal(want) {
		t.Errorf("too late from %v, want %v", got.Due, want)
	}
	if late := got.At(day(60)); late.State != lifecycle.RequestOverdue || !late.Due.IsZero() || got.State != lifecycle.RequestIssued {
		t.Errorf("seen later %+v, and then %+v", late, got.Status)
	}
}

// TestDueCountsDaysWhereverTheClockStands: an instant in another zone names the same UTC day.
func TestDueCountsDaysWhereverTheClockStands(t *testing.T) {
	manila := time.FixedZone("UTC+8", 8*60*60)
	issued := time.Date(2026, 11, 2, 3, 0, 0, 0, manila) // still the first of November in UTC
	got := lifecycle.Fold(lifecycle.Claim, []lifecycle.Step{at(issued, lifecycle.IssueRequest)}, issued)
	if want := time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC); !got.Due.Equal(want) {
		t.Errorf("too late from %v, want %v", got.Due, want)
	}
}

func TestFoldKeepsWhatCouldNotBeChecked(t *testing.T) {
	steps := []lifecycle.Step{{Event: lifecycle.IssueRequest, At: day(1)}, {Event: lifecycle.Answer, At: day(2), Position: "block 7"}}
	got := lifecycle.Fold(lifecycle.Claim, steps, day(3))
	if got.State != lifecycle.RequestAnswered || len(got.Unchecked) != 1 {
		t.Fatalf("folded to %+v", got)
	}
	if u := got.Unchecked[0]; u.Index != 1 || u.Position != "block 7" || u.Name != "evidence" {
		t.Errorf("unchecked %+v", u)
	}
}
