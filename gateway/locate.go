package gateway

import (
	"context"
	"fmt"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/translate"
)

// locate reads the summary everywhere, asks every ledger what links to it, and begins to fetch that.
func (f *file) locate(ctx context.Context) []sought {
	var linking []asked[[]sought]
	var wg sync.WaitGroup
	wg.Go(func() { linking = everywhere(ctx, f.Members, f.linkingOn) })
	answers := everywhere(ctx, f.Members, func(ctx context.Context, m Member) (*judged, error) {
		j, err := f.read(ctx, m, f.id, 0, false)
		if err == nil {
			f.foresee(ctx, j)
		}
		return j, err
	})
	wg.Wait()
	var all []sought
	for _, a := range linking {
		all = append(all, f.heard(a)...)
	}
	found, sources := f.placed(answers)
	for _, s := range sources {
		f.note(s)
	}
	f.summary, f.others = f.best(found)
	return all
}

// maxUncounted bounds how many records are read that link to an entry without counting in its file: whoever may write to
// a ledger can write as many as he likes.
const maxUncounted = 100

// linkingOn seeks the records of a ledger that link to the entry. Customs decides on its own ledger; what links to an
// entry from another is shown and never counts, or anybody could spoil the file of somebody else's entry.
func (f *file) linkingOn(ctx context.Context, m Member) ([]sought, error) {
	ids, err := findAll(ctx, m, driver.Lookup{Name: translate.Linked, Value: f.id})
	if err != nil {
		return nil, err
	}
	all := make([]sought, len(ids))
	for i, id := range ids {
		all[i].wanted = wanted{id: id, from: []Member{m}, uncounted: !m.Customs}
		if m.Customs || i < maxUncounted {
			all[i] = f.seek(ctx, all[i].wanted)
		}
	}
	return all, nil
}

// heard notes what a ledger contributed, and leaves out what was not sought.
func (f *file) heard(a asked[[]sought]) []sought {
	f.note(source(a.Member, len(a.value) > 0, f.head(a.Member), a.err))
	if a.Customs || len(a.value) <= maxUncounted {
		return a.value
	}
	f.findings = append(f.findings, model.Finding{Code: codeLeftOut, Severity: lifecycle.Info,
		Detail: fmt.Sprintf("more than %d records on ledger %s link to the entry: the others are not shown", maxUncounted, a.Slug())})
	return a.value[:maxUncounted]
}
