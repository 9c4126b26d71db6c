package gateway

import (
	"context"
	"sync"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/translate"
)

// file is an entry file while it is being put together.
type file struct {
	*Gateway
	id      string
	options Options

	summary  *judged   // the newest version, as the ledger shows it that shows it best; nil if none does
	versions []*judged // all of the summary, oldest first
	linked   []*judged // what counts beside the summary: certificates, dispositions
	others   []*judged // the same records on other ledgers, and copies
	absent   []absence // what the summary names and no ledger shows
	history  lifecycle.EntryHistory
	sources  map[string]Source
	findings []model.Finding
}

// Entry assembles the entry file of a summary's record id, in three rounds: the summary on all ledgers and whatever
// links to it; then its document, its older versions, and every linked record with its document, side by side; then the
// certificates that only the document names.
func (g *Gateway) Entry(ctx context.Context, id string, o Options) (*EntryFile, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	f := &file{Gateway: g, id: id, options: o, sources: map[string]Source{}}
	linking := f.locate(ctx)
	if f.summary == nil {
		return f.unknown()
	}
	f.gather(ctx, linking)
	f.expected(ctx)
	f.fold()
	return f.show(), nil
}

// locate reads the summary everywhere and asks every ledger what links to it.
func (f *file) locate(ctx context.Context) []wanted {
	var linking []wanted
	var found []*judged
	var wg sync.WaitGroup
	wg.Go(func() {
		answers := everywhere(ctx, f.Members, func(ctx context.Context, m Member) ([]string, error) {
			return findAll(ctx, m, driver.Lookup{Name: translate.Linked, Value: f.id})
		})
		for _, a := range answers {
			for _, id := range a.value {
				linking = append(linking, wanted{id: id, from: []Member{a.Member}})
			}
			f.note(source(a.Member, len(a.value) > 0, nil, a.err))
		}
	})
	var sources []Source
	found, sources, _ = f.everywhereRead(ctx, f.id, false)
	wg.Wait()
	for _, s := range sources {
		f.note(s)
	}
	f.summary, f.others = best(found)
	return linking
}

// gather fetches the summary's document and versions, and everything that is linked to it or from it.
func (f *file) gather(ctx context.Context, linking []wanted) {
	want := append(linking, f.links()...)
	results := make([][]*judged, len(want))
	var wg sync.WaitGroup
	wg.Go(func() { f.attach(ctx, f.summary, f.options.Documents) })
	wg.Go(func() { f.walk(ctx) })
	for i, w := range want {
		wg.Go(func() { results[i] = f.fetch(ctx, w) })
	}
	wg.Wait()
	for i, w := range want {
		f.take(w, results[i])
	}
}

// walk reads all versions of the summary from the ledger that shows it best.
func (f *file) walk(ctx context.Context) {
	m := f.summary.member
	h, err := m.History(ctx, f.id)
	if err != nil {
		f.versions = []*judged{f.summary}
		return
	}
	for _, r := range h.Readings {
		if r.Entry.Version == f.summary.reading.Entry.Version {
			f.versions = append(f.versions, f.summary)
			continue
		}
		// The first version's document states the date of entry, from which time limits count.
		first := r.Entry.Version == 1
		f.versions = append(f.versions, f.judge(ctx, m, r, look{documents: first && f.options.Documents}))
	}
}

// unknown answers for an entry that no ledger shows: stale, if it was seen before.
func (f *file) unknown() (*EntryFile, error) {
	sources := f.sourceList()
	stale := f.remembered(f.id, nil, sources)
	if len(stale) == 0 {
		return nil, nothing(sources)
	}
	return &EntryFile{EntryID: f.id, Outcome: worst(stale), Summary: &stale[0], Versions: []Answer{}, Lines: []LineStatus{},
		Linked: []Answer{}, Others: stale[1:], Sources: sources, Reasons: reasonsOf(stale)}, nil
}

// note keeps what a ledger contributed; that it could not be asked outweighs everything else.
func (f *file) note(s Source) {
	if old, ok := f.sources[s.Ledger]; ok && weight[old.State] >= weight[s.State] {
		return
	}
	f.sources[s.Ledger] = s
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

// best picks, of one record on several ledgers, the reading that counts: one at home rather than a copy, then the better
// verdict, then the higher version, then no mirror's.
func best(found []*judged) (*judged, []*judged) {
	var chosen *judged
	for _, j := range found {
		if !j.reading.Copy && (chosen == nil || better(j, chosen)) {
			chosen = j
		}
	}
	var others []*judged
	for _, j := range found {
		if j != chosen {
			others = append(others, j)
		}
	}
	return chosen, others
}

func better(a, b *judged) bool {
	if ra, rb := rank[a.verdict.Outcome], rank[b.verdict.Outcome]; ra != rb {
		return ra < rb
	}
	if va, vb := version(a.reading), version(b.reading); va != vb {
		return va > vb
	}
	return !a.member.Mirror && b.member.Mirror
}

func version(r *adapters.Reading) uint64 { return r.Entry.Version }
