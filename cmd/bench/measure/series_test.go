package measure_test

import (
	"slices"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/bench/measure"
)

func TestQuartiles(t *testing.T) {
	for _, c := range []struct {
		of   measure.Series
		want measure.Spread
	}{
		{nil, measure.Spread{}},
		{measure.Series{7}, measure.Spread{Low: 7, Median: 7, High: 7}},
		{measure.Series{4, 2}, measure.Spread{Low: 2.5, Median: 3, High: 3.5}},
		{measure.Series{9, 1, 5, 3, 7}, measure.Spread{Low: 3, Median: 5, High: 7}},
		{measure.Series{1, 1, 1, 1000}, measure.Spread{Low: 1, Median: 1, High: 250.75}}, // one bad round moves no median
	} {
		before := slices.Clone(c.of)
		if got := c.of.Spread(); got != c.want || c.of.Median() != c.want.Median {
			t.Errorf("%v: %+v, want %+v", c.of, got, c.want)
		}
		if !slices.Equal(before, c.of) {
			t.Errorf("%v was changed to %v", before, c.of)
		}
	}
}

// A round in which the machine was busy with something else slows both, and leaves their ratio.
func TestARatioIsTakenWithinARound(t *testing.T) {
	work, base := measure.Series{50, 5, 40}, measure.Series{100, 10, 80}
	if got := work.Over(base); !slices.Equal(got, measure.Series{0.5, 0.5, 0.5}) {
		t.Errorf("%v, want halves", got)
	}
	if got := work.Each(func(v float64) float64 { return v + 1 }); !slices.Equal(got, measure.Series{51, 6, 41}) {
		t.Errorf("%v, want each one more", got)
	}
	if got := work.With(measure.Series{1}, func(a, b float64) float64 { return a - b }); !slices.Equal(got, measure.Series{49}) {
		t.Errorf("%v, want only the round that both have", got)
	}
}
