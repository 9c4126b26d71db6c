package lifecycle

import "time"

// countDays fills in what customs' own records tell about liquidation: how long ago it was, and, in retrospect, how soon
// it came. Before it came nobody but customs knows.
func (r *replay) countDays(f *Facts, at time.Time) {
	if at.IsZero() {
		return
	}
	if f.SinceLiquidation == nil && !r.liquidated.IsZero() {
		f.SinceLiquidation = new(days(r.liquidated, at))
	}
	if next := r.liquidation(at); f.UntilLiquidation == nil && !next.IsZero() {
		f.UntilLiquidation = new(days(at, next))
	}
}

// liquidation is when customs first liquidated at or after a moment; zero if it did not.
func (r *replay) liquidation(at time.Time) time.Time {
	var first time.Time
	for _, d := range r.dispositions {
		if d.Event == Liquidate && !d.At.Before(at) && (first.IsZero() || d.At.Before(first)) {
			first = d.At
		}
	}
	return first
}

// days counts calendar days in UTC.
func days(from, to time.Time) int {
	const day = 24 * time.Hour
	return int(to.UTC().Truncate(day).Sub(from.UTC().Truncate(day)) / day)
}
