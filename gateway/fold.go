package gateway

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/trust"
)

// fold replays the entry's records and writes what the life cycle says of each into its verdict. What is invalid by
// itself is left out: a step that was never rightly taken has no effect.
func (f *file) fold() {
	f.parties()
	if f.untold() {
		return
	}
	versions := f.steps()
	deciding, dispositions := f.decisions()
	f.history = lifecycle.FoldEntry(versions, dispositions)
	for _, j := range f.versions {
		if s := j.says(); j.verdict.Outcome != trust.Invalid && s != nil && !reports(s) {
			j.replace(f.Gateway, f.lifecycleOf(lifecycle.By{Version: f.step(version(j.reading)), Disposition: -1}))
		}
	}
	for i, j := range deciding {
		j.replace(f.Gateway, f.lifecycleOf(lifecycle.By{Disposition: i}))
	}
	for _, found := range f.history.Findings {
		f.findings = append(f.findings, model.Finding{Code: found.Code, Severity: found.Severity, Detail: f.about(found.By, dispositions)})
	}
}

// untold reports whether the summary's ledger tells no steps, so that nothing can be replayed: neither where the entry
// stands, nor whether customs' decisions follow from that.
func (f *file) untold() bool {
	return slices.ContainsFunc(f.versions, func(j *judged) bool { return j.says() != nil && j.says().Event == "" })
}

// step numbers the steps that the filer took, by their versions. Between them a ledger without records of ours may repeat
// customs' decisions as versions of its own: those are no steps, and a decision that pins one is on the step before it.
func (f *file) step(version uint64) uint64 {
	n := version
	for _, j := range f.versions {
		if s := j.says(); s != nil && reports(s) && s.Version <= version {
			n--
		}
	}
	return n
}

// versionOf is the version that a step stands in.
func (f *file) versionOf(step uint64) uint64 {
	for _, j := range f.versions {
		if s := j.says(); s != nil && !reports(s) && f.step(s.Version) == step {
			return s.Version
		}
	}
	return step
}

// parties finds versions of the summary that another party issued than the first: whoever may file may not file for
// others.
func (f *file) parties() {
	first := f.versions[0].says()
	if first == nil || first.Version != 1 {
		return
	}
	for _, j := range f.versions[1:] {
		s := j.says()
		if s == nil || checkOf(j, trust.Authority) != trust.Valid || reports(s) || f.saidByOne(first, s) {
			continue
		}
		j.replace(f.Gateway, trust.Check{Name: trust.Authority, Outcome: trust.Invalid, Method: "participants",
			Reason: "another party issued it than the first version"})
	}
}

// saidByOne reports whether one party said both. Two versions stand on one ledger, and so both are signed, or neither is.
func (g *Gateway) saidByOne(a, b *adapters.Statement) bool {
	if a.Signed() {
		return g.sameParty(a.Issuer, b.Issuer)
	}
	if a.Author.Kind == b.Author.Kind && a.Author.ID == b.Author.ID {
		return true
	}
	pa, knownA := g.Participants.BySender(sender(a.Author, a.Home))
	pb, knownB := g.Participants.BySender(sender(b.Author, b.Home))
	return knownA && knownB && (pa == pb || pa.Party.Same(&pb.Party))
}

// about says which record a finding of the replay is about.
func (f *file) about(by lifecycle.By, dispositions []lifecycle.Disposition) string {
	if by.Disposition < 0 {
		return fmt.Sprintf("version %d of the entry summary", f.versionOf(by.Version))
	}
	d := dispositions[by.Disposition]
	return fmt.Sprintf("customs' decision %q on version %d", d.Event, f.versionOf(d.Pins))
}

func (f *file) steps() []lifecycle.Version {
	var all []lifecycle.Version
	for _, j := range f.versions {
		s := j.says()
		if s == nil || j.verdict.Outcome == trust.Invalid || reports(s) {
			continue
		}
		facts := factsOf(j)
		sinceEntry(&facts, f.versions[0], j.reading.Entry.Time)
		all = append(all, lifecycle.Version{
			N: f.step(s.Version), Event: lifecycle.Event(s.Event), Facts: facts, At: j.reading.Entry.Time,
		})
	}
	return all
}

// decisions lists CBP's dispositions of this entry in the order of CBP's own ledger. One that stands elsewhere decides
// nothing.
func (f *file) decisions() ([]*judged, []lifecycle.Disposition) {
	var deciding []*judged
	for _, j := range f.linked {
		if f.pinned(j) != nil && j.member.Customs && j.verdict.Outcome != trust.Invalid {
			deciding = append(deciding, j)
		}
	}
	slices.SortStableFunc(deciding, func(a, b *judged) int { return inOrder(a, b) })
	all := make([]lifecycle.Disposition, len(deciding))
	for i, j := range deciding {
		all[i] = lifecycle.Disposition{
			Pins: f.step(f.pinned(j).Version), Event: lifecycle.Event(j.says().Event), Facts: factsOf(j),
			Order: uint64(i), At: j.reading.Entry.Time,
		}
	}
	return deciding, all
}

func inOrder(a, b *judged) int {
	pa, pb := a.reading.Entry.Position, b.reading.Entry.Position
	return cmp.Or(cmp.Compare(a.member.Slug(), b.member.Slug()), cmp.Compare(pa.Height, pb.Height), cmp.Compare(pa.Index, pb.Index))
}

// pinned is the link by which a disposition pins the version of this entry's summary; nil for other records.
func (f *file) pinned(j *judged) *model.Link {
	s := j.says()
	if s == nil || s.Type != model.TypeEntryDisposition {
		return nil
	}
	at := slices.IndexFunc(s.Links, func(l model.Link) bool { return l.Rel == model.RelEntry && l.ID == f.id && l.Version > 0 })
	if at < 0 {
		return nil
	}
	return &s.Links[at]
}

// lifecycleOf says what the replay found about one record.
func (f *file) lifecycleOf(by lifecycle.By) trust.Check {
	c := trust.Check{Name: trust.Lifecycle, Outcome: trust.Valid, Method: "replay of the entry's records"}
	for _, u := range f.history.Unchecked {
		if u.By == by {
			c.Outcome, c.Reason = trust.Undetermined, "could not be checked: "+u.Text
		}
	}
	for _, r := range f.history.Refused {
		if r.By == by {
			c.Outcome, c.Reason = trust.Invalid, r.Error()
		}
	}
	return c
}

func checkOf(j *judged, name string) trust.Outcome {
	for _, c := range j.checks {
		if c.Name == name {
			return c.Outcome
		}
	}
	return trust.NotOffered
}
