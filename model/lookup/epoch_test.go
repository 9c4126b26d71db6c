package lookup_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/model/lookup"
)

func TestEpochs(t *testing.T) {
	november := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	tokyo := time.FixedZone("UTC+9", 9*60*60)
	cases := []struct {
		name      string
		now       time.Time
		retention int
		want      []int
	}{
		{"five years of retention reach into a sixth", november, 5, []int{2026, 2025, 2024, 2023, 2022, 2021}},
		{"none", november, 0, []int{2026}},
		{"negative counts as none", november, -3, []int{2026}},
		{"a year begins when it does in UTC", time.Date(2027, 1, 1, 8, 0, 0, 0, tokyo), 1, []int{2027, 2026, 2025}},
		{"a clock that is an hour behind", time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC), 0, []int{2027, 2026}},
		{"not before the first epoch", time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC), 5, []int{2001, 2000}},
		{"a clock that was never set", time.Unix(0, 0), 5, []int{1970}},
	}
	for _, c := range cases {
		if got := lookup.Epochs(c.now, c.retention); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestWhatWasIssuedIsFoundWithinRetention: the year a filer used is among those that customs tries.
func TestWhatWasIssuedIsFoundWithinRetention(t *testing.T) {
	issued := time.Date(2025, 12, 31, 23, 59, 59, 0, time.UTC)
	for _, later := range []time.Duration{0, time.Second, 24 * time.Hour} {
		if years := lookup.Epochs(issued.Add(later), 1); !slices.Contains(years, lookup.Epoch(issued)) {
			t.Errorf("%v later customs tries %v", later, years)
		}
	}
}
