package gateway

import (
	"context"
	"fmt"
	"slices"
	"sync"

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
		return f.unknown(ctx)
	}
	f.versions = []*judged{f.summary}
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
			linking = append(linking, f.linkingOn(a.Member, a.value)...)
			f.note(source(a.Member, len(a.value) > 0, f.head(a.Member), a.err))
		}
	})
	var sources []Source
	found, sources, _ = f.everywhereRead(ctx, f.id, false)
	wg.Wait()
	for _, s := range sources {
		f.note(s)
	}
	f.summary, f.others = f.best(found)
	return linking
}

// maxUncounted bounds how many records are read that link to an entry without counting in its file: whoever may write to
// a ledger can write as many as he likes.
const maxUncounted = 100

// linkingOn lists the records of a ledger that link to the entry. Customs decides on its own ledger; what links to an
// entry from another is shown and never counts, or anybody could spoil the file of somebody else's entry.
func (f *file) linkingOn(m Member, ids []string) []wanted {
	if !m.Customs && len(ids) > maxUncounted {
		ids = ids[:maxUncounted]
		f.findings = append(f.findings, model.Finding{Code: codeLeftOut, Severity: lifecycle.Info,
			Detail: fmt.Sprintf("more than %d records on ledger %s link to the entry: the others are not shown", maxUncounted, m.Slug())})
	}
	all := make([]wanted, len(ids))
	for i, id := range ids {
		all[i] = wanted{id: id, from: []Member{m}, uncounted: !m.Customs}
	}
	return all
}

// together is how many records of one entry are fetched at a time.
const together = 16

// gather fetches the summary's document and versions, and everything that is linked to it or from it.
func (f *file) gather(ctx context.Context, linking []wanted) {
	want := append(linking, f.links()...)
	results := make([][]*judged, len(want))
	var wg sync.WaitGroup
	f.beside(&wg, func() { f.attach(ctx, f.summary, f.options.Documents) })
	f.beside(&wg, func() { f.walk(ctx) })
	places := make(chan struct{}, together)
	for i, w := range want {
		f.beside(&wg, func() {
			places <- struct{}{}
			defer func() { <-places }()
			results[i] = f.fetch(ctx, w)
		})
	}
	wg.Wait()
	for i, w := range want {
		f.take(w, results[i])
	}
}

// beside does one part of the file beside the others. Where it panics, that part stays as it was: not fetched.
func (f *file) beside(wg *sync.WaitGroup, part func()) {
	wg.Go(func() {
		if err := contained(func() error { part(); return nil }); err != nil {
			f.Log.Error("a part of an entry file could not be made", "cause", err)
		}
	})
}

// walk reads all versions of the summary from the ledger that shows it best. What that ledger shows and does not list is
// among them all the same.
func (f *file) walk(ctx context.Context) {
	m := f.summary.member
	h, err := m.History(ctx, f.id)
	if err != nil {
		return // the summary counts by itself, and its own check of versions says so
	}
	var all []*judged
	for _, r := range h.Readings {
		if r.Entry.Version == f.summary.reading.Entry.Version {
			all = append(all, f.summary)
			continue
		}
		// The first version's document states the date of entry, from which time limits count.
		first := r.Entry.Version == 1
		all = append(all, f.judge(ctx, m, r, look{documents: first && f.options.Documents}))
	}
	if !slices.Contains(all, f.summary) {
		all = append(all, f.summary)
	}
	f.versions = all
}
