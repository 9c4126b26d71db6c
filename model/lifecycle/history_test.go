package lifecycle_test

import (
	"slices"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/model/lifecycle"
)

func version(n uint64, ev lifecycle.Event, on int) lifecycle.Version {
	f := wellFounded()
	f.NextVersion = nil // known from n
	return lifecycle.Version{N: n, Event: ev, Facts: f, At: day(on)}
}

func decides(pins uint64, ev lifecycle.Event, order uint64, on int) lifecycle.Disposition {
	return lifecycle.Disposition{Pins: pins, Event: ev, Facts: wellFounded(), Order: order, At: day(on)}
}

type (
	versions     = []lifecycle.Version
	dispositions = []lifecycle.Disposition
	by           = lifecycle.By
)

func TestFoldEntry(t *testing.T) {
	cases := []struct {
		name         string
		versions     versions
		dispositions dispositions
		want         lifecycle.State
		refused      []by
		findings     []lifecycle.Finding
	}{
		{name: "nothing filed", want: lifecycle.Draft},
		{name: "filed", versions: versions{version(1, lifecycle.File, 1)}, want: lifecycle.Filed},
		{name: "accepted", versions: versions{version(1, lifecycle.File, 1)},
			dispositions: dispositions{decides(1, lifecycle.Accept, 1, 2)}, want: lifecycle.Accepted},
		{name: "rejected, filed again, accepted",
			versions:     versions{version(1, lifecycle.File, 1), version(2, lifecycle.Refile, 3)},
			dispositions: dispositions{decides(1, lifecycle.Reject, 1, 2), decides(2, lifecycle.Accept, 2, 4)},
			want:         lifecycle.Accepted,
			findings:     []lifecycle.Finding{{lifecycle.DispositionSuperseded, lifecycle.Info, by{0, 0}}}},
		{name: "several dispositions of one version, in the order of customs' ledger",
			versions:     versions{version(1, lifecycle.File, 1)},
			dispositions: dispositions{decides(1, lifecycle.Liquidate, 9, 5), decides(1, lifecycle.Accept, 2, 2)},
			want:         lifecycle.Liquidated},
		{name: "given in any order",
			versions:     versions{version(2, lifecycle.Correct, 3), version(1, lifecycle.File, 1)},
			dispositions: dispositions{decides(1, lifecycle.Accept, 1, 2)}, want: lifecycle.Filed,
			findings: []lifecycle.Finding{{lifecycle.DispositionSuperseded, lifecycle.Info, by{0, 0}}}},
		{name: "filed again without having been rejected",
			versions: versions{version(1, lifecycle.File, 1), version(2, lifecycle.Refile, 2)},
			want:     lifecycle.Filed, refused: []by{{2, -1}}},
		{name: "accepted twice",
			versions:     versions{version(1, lifecycle.File, 1)},
			dispositions: dispositions{decides(1, lifecycle.Accept, 1, 2), decides(1, lifecycle.Accept, 2, 3)},
			want:         lifecycle.Accepted, refused: []by{{0, 1}}},
		{name: "customs liquidated a version while a correction stood already",
			versions:     versions{version(1, lifecycle.File, 1), version(2, lifecycle.Correct, 3)},
			dispositions: dispositions{decides(1, lifecycle.Accept, 1, 2), decides(1, lifecycle.Liquidate, 2, 5)},
			want:         lifecycle.Liquidated, refused: []by{{2, -1}},
			findings: []lifecycle.Finding{{lifecycle.DispositionSuperseded, lifecycle.Info, by{0, 0}},
				{lifecycle.DispositionOvertaken, lifecycle.Warning, by{0, 1}}}},
		{name: "customs decided on an older version after a newer one",
			versions: versions{version(1, lifecycle.File, 1), version(2, lifecycle.Refile, 3)},
			dispositions: dispositions{decides(1, lifecycle.Reject, 1, 2), decides(2, lifecycle.Accept, 2, 4),
				decides(1, lifecycle.Reject, 3, 5)},
			want: lifecycle.Accepted, refused: []by{{0, 2}},
			findings: []lifecycle.Finding{{lifecycle.DispositionSuperseded, lifecycle.Info, by{0, 0}},
				{lifecycle.DispositionOutOfOrder, lifecycle.Warning, by{0, 2}},
				{lifecycle.DispositionOvertaken, lifecycle.Warning, by{0, 2}}}},
		{name: "customs decided on a version that the ledger does not show any more",
			versions:     versions{version(1, lifecycle.File, 1)},
			dispositions: dispositions{decides(1, lifecycle.Reject, 1, 2), decides(2, lifecycle.Accept, 2, 4)},
			want:         lifecycle.Rejected,
			findings:     []lifecycle.Finding{{lifecycle.DispositionUnknown, lifecycle.Warning, by{0, 1}}}},
		{name: "customs accepted a version that could not be filed",
			versions:     versions{version(1, lifecycle.File, 1), version(2, lifecycle.Correct, 2)},
			dispositions: dispositions{decides(2, lifecycle.Accept, 1, 3)}, want: lifecycle.Accepted, refused: []by{{2, -1}},
			findings: []lifecycle.Finding{{lifecycle.DispositionUnfounded, lifecycle.Warning, by{0, 0}}}},
		{name: "a version is missing, so that a refiling is not the next one",
			versions:     versions{version(1, lifecycle.File, 1), version(3, lifecycle.Refile, 3)},
			dispositions: dispositions{decides(1, lifecycle.Reject, 1, 2)}, want: lifecycle.Rejected, refused: []by{{3, -1}},
			findings: []lifecycle.Finding{{lifecycle.VersionMissing, lifecycle.Warning, by{3, -1}},
				{lifecycle.DispositionSuperseded, lifecycle.Info, by{0, 0}}}},
		{name: "two versions with one number: the first given counts",
			versions: versions{version(1, lifecycle.File, 1), version(1, lifecycle.Refile, 2)}, want: lifecycle.Filed,
			findings: []lifecycle.Finding{{lifecycle.VersionTwice, lifecycle.Warning, by{1, -1}}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := lifecycle.FoldEntry(c.versions, c.dispositions)
			if got.State != c.want {
				t.Errorf("state %s, want %s", got.State, c.want)
			}
			if refused := who(got.Refused); !slices.Equal(refused, c.refused) {
				t.Errorf("refused %v, want %v", refused, c.refused)
			}
			if !slices.Equal(got.Findings, c.findings) {
				t.Errorf("findings %+v, want %+v", got.Findings, c.findings)
			}
		})
	}
}

func who(refusals []lifecycle.EntryRefusal) []by {
	var all []by
	for _, r := range refusals {
		all = append(all, r.By)
	}
	return all
}

// TestFoldEntryWithoutTimes: where a ledger has no time of its own, nothing is said to have been overtaken.
func TestFoldEntryWithoutTimes(t *testing.T) {
	first, second := version(1, lifecycle.File, 1), version(2, lifecycle.Refile, 2)
	second.At = time.Time{}
	got := lifecycle.FoldEntry(versions{first, second}, dispositions{decides(1, lifecycle.Reject, 1, 9)})
	want := []lifecycle.Finding{{lifecycle.DispositionSuperseded, lifecycle.Info, by{0, 0}}}
	if !slices.Equal(got.Findings, want) {
		t.Errorf("findings %+v, want %+v", got.Findings, want)
	}
}

// TestFoldEntrySaysWhatCouldNotBeChecked: a correction counts although nobody knows when liquidation will be.
func TestFoldEntrySaysWhatCouldNotBeChecked(t *testing.T) {
	correction := version(2, lifecycle.Correct, 3)
	correction.Facts.UntilLiquidation = nil
	got := lifecycle.FoldEntry(versions{version(1, lifecycle.File, 1), correction},
		dispositions{decides(1, lifecycle.Accept, 1, 2)})
	if got.State != lifecycle.Filed || len(got.Unchecked) != 1 {
		t.Fatalf("folded to %+v", got)
	}
	if u := got.Unchecked[0]; u.Version != 2 || u.Name != "correct-before" {
		t.Errorf("unchecked %+v", u)
	}
}

// TestFoldEntryCountsDaysToAndFromLiquidation where customs' own records tell them.
func TestFoldEntryCountsDaysToAndFromLiquidation(t *testing.T) {
	accepted, liquidated := decides(1, lifecycle.Accept, 1, 2), func(pins uint64, on int) lifecycle.Disposition {
		return decides(pins, lifecycle.Liquidate, 3, on)
	}
	cases := []struct {
		name         string
		second       lifecycle.Version
		dispositions dispositions
		want         lifecycle.State
		refused      string
	}{
		{"corrected 15 days before", version(2, lifecycle.Correct, 5),
			dispositions{accepted, decides(2, lifecycle.Accept, 2, 6), liquidated(2, 20)}, lifecycle.Liquidated, ""},
		{"corrected 14 days before", version(2, lifecycle.Correct, 5),
			dispositions{accepted, liquidated(2, 19)}, lifecycle.Liquidated, "correct-before"},
		{"protested after 180 days", version(2, lifecycle.Protest, 3+180),
			dispositions{accepted, liquidated(1, 3)}, lifecycle.Protested, ""},
		{"protested after 181 days", version(2, lifecycle.Protest, 3+181),
			dispositions{accepted, liquidated(1, 3)}, lifecycle.Liquidated, "protest-within"},
	}
	for _, c := range cases {
		c.second.Facts.UntilLiquidation, c.second.Facts.SinceLiquidation = nil, nil
		got := lifecycle.FoldEntry(versions{version(1, lifecycle.File, 1), c.second}, c.dispositions)
		if got.State != c.want || len(got.Unchecked) > 0 {
			t.Errorf("%s: %s, unchecked %+v; want %s", c.name, got.State, got.Unchecked, c.want)
		}
		if (c.refused != "") != (len(got.Refused) == 1) || len(got.Refused) == 1 && got.Refused[0].Rule != c.refused {
			t.Errorf("%s: refused %v, want %q", c.name, got.Refused, c.refused)
		}
	}
}
