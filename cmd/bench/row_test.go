package main

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/bench/measure"
)

func TestATargetIsReachedOrMissed(t *testing.T) {
	half := compare("work", "base", measure.Series{50}, measure.Series{100})
	for _, c := range []struct {
		target Target
		missed bool
		says   string
	}{
		{Target{}, false, "–"},
		{Target{Least: 0.5}, false, "yes"},
		{Target{Least: 0.6}, true, "no"},
		{Target{Most: 0.6}, false, "yes"},
		{Target{Most: 0.4}, true, "no"},
	} {
		row := half.aim(c.target)
		if row.Missed() != c.missed || row.met() != c.says {
			t.Errorf("%+v: missed %v, says %q; want %v, %q", c.target, row.Missed(), row.met(), c.missed, c.says)
		}
	}
}

func TestWhatIsNotMeasuredSaysWhy(t *testing.T) {
	row := Row{Work: "work", Missing: "it is not here"}.aim(Target{Least: 1})
	if text := table([]Row{row}); row.Missed() || !strings.Contains(text, "not measured: it is not here") {
		t.Errorf("%v\n%s", row.Missed(), text)
	}
}

func TestOnlyAStrictRunFails(t *testing.T) {
	missed := compare("work", "base", measure.Series{1}, measure.Series{2}).at(8).aim(Target{Least: 0.6})
	b := &bench{rows: []Row{missed}}
	if err := b.judge(); err != nil {
		t.Errorf("a run that is not strict fails: %v", err)
	}
	b.Strict = true
	if err := b.judge(); err == nil || !strings.Contains(err.Error(), "work, 8 at once") {
		t.Errorf("%v, want which target was missed", err)
	}
	b.rows[0].Target.Least = 0.5
	if err := b.judge(); err != nil {
		t.Errorf("a run that missed nothing fails: %v", err)
	}
}

func TestATimeIsTheInverseOfARate(t *testing.T) {
	row := compare("work", "base", measure.Series{1, 1, 1}, measure.Series{2, 4, 8}).inTime()
	if want := (measure.Spread{Low: 1 / (0.375), Median: 4, High: 1 / (0.1875)}); row.Ratio != want {
		t.Errorf("%+v, want %+v", row.Ratio, want)
	}
}

func TestTheTableIsMarkdownInColumns(t *testing.T) {
	got := table([]Row{
		compare("short", "the other", measure.Series{5}, measure.Series{1000}).at(1),
		compare("a longer – name", "x", measure.Series{600}, measure.Series{1000}).at(32).aim(Target{Least: 0.6}),
	})
	want := `
| Work            | At once | A second | Against   | A second | Ratio (quartiles) | Target | Met |
| --------------- | ------- | -------- | --------- | -------- | ----------------- | ------ | --- |
| short           | 1       | 5.0      | the other | 1000     | 0.01 (0.01–0.01)  | –      | –   |
| a longer – name | 32      | 600      | x         | 1000     | 0.60 (0.60–0.60)  | ≥ 0.60 | yes |
`
	if got != strings.TrimPrefix(want, "\n") {
		t.Errorf("got\n%swant%s", got, want)
	}
}
