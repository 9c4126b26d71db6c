package main

import (
	"fmt"

	"github.com/ftagateway/ftagateway/cmd/bench/measure"
)

// Row is a line of the table: how one work does beside another.
type Row struct {
	Work, Against string
	AtOnce        int
	Rate, Base    float64        // of the work and of the other, a second; medians
	Ratio         measure.Spread // of rates: more is better
	Time          bool           // the ratio is of times: less is better
	Amount        bool           // what was measured is no rate, and stands in the words of the work
	Target        Target
	Missing       string // why nothing was measured; the rest is then empty
}

// Target is what a ratio must reach. The zero Target only reports.
type Target struct {
	Least float64 // of a ratio of rates
	Most  float64 // of a ratio of times
}

func (t Target) none() bool { return t == Target{} }

func (t Target) metBy(ratio float64) bool {
	return ratio >= t.Least && (t.Most == 0 || ratio <= t.Most)
}

func compare(work, against string, rate, base measure.Series) Row {
	return Row{Work: work, Against: against, Rate: rate.Median(), Base: base.Median(), Ratio: rate.Over(base).Spread()}
}

func (r Row) at(atOnce int) Row {
	r.AtOnce = atOnce
	return r
}

func (r Row) aim(t Target) Row {
	r.Target = t
	return r
}

// within is aim for ratios of times.
func (r Row) within(most float64) Row { return r.aim(Target{Most: most}) }

// ofTimes says that times were measured, in seconds, and no rates.
func (r Row) ofTimes() Row {
	r.Time = true
	r.Rate, r.Base = 1/r.Rate, 1/r.Base
	return r
}

// inTime turns the ratio into one of times.
func (r Row) inTime() Row {
	r.Time = true
	r.Ratio = measure.Spread{Low: 1 / r.Ratio.High, Median: 1 / r.Ratio.Median, High: 1 / r.Ratio.Low}
	return r
}

// Missed reports whether a target is not reached.
func (r Row) Missed() bool {
	return !r.Target.none() && r.Missing == "" && !r.Target.metBy(r.Ratio.Median)
}

// cells are what the table shows.
func (r Row) cells() []string {
	if r.Missing != "" {
		return []string{r.Work, "–", "–", "not measured: " + r.Missing, "–", "–", "–", "–"}
	}
	ratio := fmt.Sprintf("%.2f (%.2f–%.2f)", r.Ratio.Median, r.Ratio.Low, r.Ratio.High)
	if r.Time {
		ratio += " in time"
	}
	if r.Amount {
		return []string{r.Work, "–", "–", r.Against, "–", ratio, r.aimed(), r.met()}
	}
	return []string{r.Work, fmt.Sprint(r.AtOnce), perSecond(r.Rate), r.Against, perSecond(r.Base), ratio, r.aimed(), r.met()}
}

func perSecond(rate float64) string {
	if rate < 100 {
		return fmt.Sprintf("%.1f", rate)
	}
	return fmt.Sprintf("%.0f", rate)
}

func (r Row) aimed() string {
	switch {
	case r.Target.none():
		return "–"
	case r.Target.Most > 0:
		return fmt.Sprintf("≤ %.2f", r.Target.Most)
	}
	return fmt.Sprintf("≥ %.2f", r.Target.Least)
}

func (r Row) met() string {
	switch {
	case r.Target.none():
		return "–"
	case r.Missed():
		return "no"
	}
	return "yes"
}
