package lifecycle

import (
	"cmp"
	"slices"
	"time"
)

// Version is one version of an entry summary, as its filer's ledger records it.
type Version struct {
	N     uint64
	Event Event
	Facts Facts     // NextVersion and the days to and from liquidation may be left nil where the history tells them
	At    time.Time // its ledger's time; zero if unknown
}

// Disposition is what customs decided about one version, as its own ledger records it.
type Disposition struct {
	Pins  uint64 // the version it was decided on
	Event Event
	Facts Facts
	Order uint64    // ascending in the order of customs' ledger
	At    time.Time // that ledger's time; zero if unknown
}

// EntryHistory is what the filer's and customs' records of one entry come to together.
type EntryHistory struct {
	State     State
	Refused   []EntryRefusal
	Unchecked []EntryUnchecked
	Findings  []Finding
}

// By says whose record something is about: a version (by its number) or a disposition (by its index as given).
type By struct {
	Version     uint64 // 0 for a disposition
	Disposition int    // -1 for a version
}

// EntryRefusal is a record whose step could not be taken, and that had no effect.
type EntryRefusal struct {
	By
	*Refusal
}

// EntryUnchecked is a rule that could not be checked about a record that had effect.
type EntryUnchecked struct {
	By
	Rule
}

// FoldEntry replays an entry whose records stand on two ledgers that share no order. A disposition pins the version it
// was decided on, and that orders them: each version's event, then the dispositions that pin it in the order of customs'
// ledger, then the next version. Versions and dispositions may be given in any order.
func FoldEntry(versions []Version, dispositions []Disposition) EntryHistory {
	r := newReplay(versions, dispositions)
	for i, v := range r.versions {
		r.version(i, v)
		for _, d := range r.pinning(v.N) {
			r.disposition(d)
		}
	}
	r.findings()
	r.out.State = r.status.State
	return r.out
}

// replay is an entry being folded.
type replay struct {
	versions     []Version // by N, each N once
	dispositions []indexed // by Order
	liquidated   time.Time // when the entry was, as far as it was folded; zero if not or if that is unknown
	status       Status
	out          EntryHistory
}

type indexed struct {
	Disposition
	index int
}

func newReplay(versions []Version, dispositions []Disposition) *replay {
	r := &replay{status: Start(Entry)}
	r.addVersions(versions)
	for i, d := range dispositions {
		r.dispositions = append(r.dispositions, indexed{d, i})
	}
	slices.SortStableFunc(r.dispositions, func(a, b indexed) int { return cmp.Compare(a.Order, b.Order) })
	return r
}

// addVersions sorts the versions; of two with one number the first given counts.
func (r *replay) addVersions(versions []Version) {
	sorted := slices.Clone(versions)
	slices.SortStableFunc(sorted, func(a, b Version) int { return cmp.Compare(a.N, b.N) })
	for i, v := range sorted {
		if i > 0 && v.N == sorted[i-1].N {
			r.find(VersionTwice, Warning, By{v.N, -1})
			continue
		}
		r.versions = append(r.versions, v)
	}
}

// version takes the step of a version, knowing from its number whether it is the next one.
func (r *replay) version(i int, v Version) {
	before := uint64(0)
	if i > 0 {
		before = r.versions[i-1].N
	}
	if v.Facts.NextVersion == nil {
		v.Facts.NextVersion = new(v.N == before+1)
	}
	r.countDays(&v.Facts, v.At)
	if v.N != before+1 {
		r.find(VersionMissing, Warning, By{v.N, -1})
	}
	r.take(By{v.N, -1}, Step{Event: v.Event, Facts: v.Facts, At: v.At})
}

func (r *replay) disposition(d indexed) {
	before := r.status.State
	r.take(By{Disposition: d.index}, Step{Event: d.Event, Facts: d.Facts, At: d.At})
	if r.status.State == Liquidated && before != Liquidated {
		r.liquidated = d.At
	}
}

// pinning answers the dispositions of a version.
func (r *replay) pinning(n uint64) []indexed {
	var all []indexed
	for _, d := range r.dispositions {
		if d.Pins == n {
			all = append(all, d)
		}
	}
	return all
}

func (r *replay) take(by By, step Step) {
	folded := Folded{Status: r.status}
	folded.take(0, step)
	r.status = folded.Status
	for _, refused := range folded.Refused {
		r.out.Refused = append(r.out.Refused, EntryRefusal{by, refused.Refusal})
	}
	for _, open := range folded.Unchecked {
		r.out.Unchecked = append(r.out.Unchecked, EntryUnchecked{by, open.Rule})
	}
}
