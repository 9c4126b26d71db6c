package gateway

import (
	"context"

	"github.com/ftagateway/ftagateway/trust"
)

// unknown answers for an entry that no ledger shows where it belongs: stale, if it was seen before; with its copies, if
// there are any.
func (f *file) unknown(ctx context.Context) (*EntryFile, error) {
	sources := f.sourceList()
	stale := f.remembered(ctx, f.id, nil, sources)
	if len(stale)+len(f.others) == 0 {
		return nil, nothing(sources)
	}
	out := &EntryFile{EntryID: f.id, Outcome: trust.Undetermined, Versions: []Answer{}, Lines: []LineStatus{},
		Linked: []Answer{}, Others: f.answers(f.others), Sources: sources,
		Reasons: []string{"only copies of it are shown: its home ledger is not connected here, or does not show it"}}
	if len(stale) > 0 {
		out.Summary, out.Outcome, out.Reasons = &stale[0], worst(stale), reasonsOf(stale)
		out.Others = append(out.Others, stale[1:]...)
	}
	return out, nil
}

// note keeps what a ledger contributed; that it could not be asked outweighs everything else.
func (f *file) note(s Source) {
	old, ok := f.sources[s.Ledger]
	if s.AsOf == nil {
		s.AsOf = old.AsOf
	}
	if ok && weight[old.State] >= weight[s.State] {
		old.AsOf = s.AsOf
		s = old
	}
	f.sources[s.Ledger] = s
}

// noteOutage keeps that a ledger could not be asked further. Whatever else it said is no outage, and is weighed where it
// belongs.
func (f *file) noteOutage(m Member, err error) {
	if s := source(m, false, f.head(m), err); s.State == Unavailable {
		f.note(s)
	}
}

var weight = map[SourceState]int{NotGiven: 0, Absent: 1, Answered: 2, Unavailable: 3}

func (f *file) sourceList() []Source {
	list := make([]Source, 0, len(f.Members))
	for _, m := range f.Members {
		if s, ok := f.sources[m.Slug()]; ok {
			list = append(list, s)
		}
	}
	return list
}
