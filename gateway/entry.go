package gateway

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
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

	foreseeing sync.Once
	ahead      atomic.Pointer[ahead] // what was begun before it was known which summary counts; nil if nothing was
	retraced   retraced              // what was begun before the summary was read
	places     chan struct{}         // one for each record that is being fetched
	beginning  sync.Mutex
	work       sync.WaitGroup // of all that was begun
	finished   bool           // nothing is begun any more: a ledger may answer after its time. Guarded by beginning
}

// newFile is a file in which nothing stands yet.
func (g *Gateway) newFile(id string, o Options) *file {
	return &file{Gateway: g, id: id, options: o, sources: map[string]Source{}, places: make(chan struct{}, together)}
}

// Entry assembles the entry file of a summary's record id. The summary is read on all ledgers, and each is asked what
// links to it. Nothing waits for all of them: as soon as one shows a summary that will most likely count, its document,
// its older versions and what it links to are fetched, and as soon as one tells what links to it, that is. What the entry led
// to before is read meanwhile, so that most often only documents are left to be fetched then. The certificates that only the
// document names come last.
func (g *Gateway) Entry(ctx context.Context, id string, o Options) (*EntryFile, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	if o.Fresh.OnlyIfCached {
		return nil, &Problem{Code: NotCached, Detail: "every ledger has to be asked what belongs to an entry"}
	}
	f := g.newFile(id, o)
	ctx, end := g.begun(ctx, o)
	defer f.finish()
	defer end() // and what was begun in vain
	f.retrace(ctx)
	linking := f.locate(ctx)
	if f.summary == nil {
		return f.unknown(ctx)
	}
	f.versions = []*judged{f.summary}
	f.gather(ctx, linking)
	f.expected(ctx)
	f.trails.keep(f)
	f.fold()
	return f.show(), nil
}

// together is how many records of one entry are fetched at a time.
const together = 16

// gather waits for the summary's document and versions, and for everything that is linked to it or from it.
func (f *file) gather(ctx context.Context, linking []sought) {
	a := f.foreseen(ctx)
	f.attachFound(a)
	f.walkedTo(a.versions())
	for _, s := range append(linking, a.links...) {
		f.take(s.wanted, s.found())
	}
}

// walk reads all versions of a summary from the ledger that shows it. What that ledger shows and does not list is among
// them all the same.
func (f *file) walk(ctx context.Context, summary *judged) ([]*judged, error) {
	h, err := summary.member.History(ctx, f.id)
	if err != nil {
		return nil, err
	}
	var all []*judged
	for _, r := range h.Readings {
		if r.Entry.Version == version(summary.reading) {
			all = append(all, summary)
			continue
		}
		// The first version's document states the date of entry, from which time limits count.
		first := r.Entry.Version == 1
		all = append(all, f.judge(ctx, summary.member, r, look{documents: first && f.options.Documents}))
	}
	if !slices.Contains(all, summary) {
		all = append(all, summary)
	}
	return all, nil
}

// walked is what came of that.
type walked struct {
	all []*judged
	err error
}

// walkedTo takes the versions over. Where they could not be read, the summary counts by itself, its own check of versions
// says so, and the ledger is named.
func (f *file) walkedTo(w walked) {
	switch {
	case w.err != nil:
		f.noteOutage(f.summary.member, w.err)
	case w.all != nil:
		f.versions = w.all
	}
}

// finish waits for what was begun, and lets nothing begin any more.
func (f *file) finish() {
	f.beginning.Lock()
	f.finished = true
	f.beginning.Unlock()
	f.work.Wait()
}
