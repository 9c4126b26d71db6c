package measure

import "slices"

// Series is a figure for each round.
type Series []float64

// Spread is where the middle half of a Series lies.
type Spread struct {
	Low, Median, High float64 // quartiles
}

// Over divides each round's figure by that of the same round in another Series.
func (s Series) Over(base Series) Series {
	return s.With(base, func(a, b float64) float64 { return a / b })
}

// With joins each round's figure with that of the same round in another Series.
func (s Series) With(other Series, join func(a, b float64) float64) Series {
	joined := make(Series, min(len(s), len(other)))
	for i := range joined {
		joined[i] = join(s[i], other[i])
	}
	return joined
}

// Each changes each round's figure by itself.
func (s Series) Each(change func(float64) float64) Series {
	changed := make(Series, len(s))
	for i, v := range s {
		changed[i] = change(v)
	}
	return changed
}

// Median is the figure in the middle; of an even number of rounds the mean of the two there. It is 0 of no rounds.
func (s Series) Median() float64 { return s.Spread().Median }

// Spread answers the quartiles, between figures where they fall there.
func (s Series) Spread() Spread {
	if len(s) == 0 {
		return Spread{}
	}
	sorted := slices.Sorted(slices.Values(s))
	return Spread{quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)}
}

func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	below := int(at)
	above := min(below+1, len(sorted)-1)
	return sorted[below] + (at-float64(below))*(sorted[above]-sorted[below])
}
