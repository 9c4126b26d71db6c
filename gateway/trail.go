package gateway

import (
	"context"
	"sync"

	"github.com/maypok86/otter/v2"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust"
)

// trails keeps, by entry, which records its file led to when it was last made, and on which ledgers. It says where to look
// while the summary is being read, and nothing of what stands there: all of it is read anew, and shown only where the summary
// and the ledgers, as they are read now, lead to it. No document is asked for on its word.
type trails struct {
	cache *otter.Cache[string, []step]
}

// step is a record on a ledger.
type step struct{ slug, id string }

// maxSteps bounds all trails together, at about 200 bytes each.
const maxSteps = 1 << 15

func newTrails() *trails {
	return &trails{otter.Must(&otter.Options[string, []step]{
		MaximumWeight: maxSteps,
		Weigher:       func(_ string, all []step) uint32 { return uint32(1 + len(all)) },
	})}
}

func (t *trails) of(id string) []step {
	all, _ := t.cache.GetIfPresent(id)
	return all
}

// keep notes what a file has led to.
func (t *trails) keep(f *file) {
	var all []step
	for _, found := range [][]*judged{f.linked, f.others} {
		for _, j := range found {
			if j.reading.ID != f.id && len(all) < together {
				all = append(all, step{j.member.Slug(), j.reading.ID})
			}
		}
	}
	t.cache.Set(f.id, all)
}

// retraced are the records of a trail that are being read. Each is given once.
type retraced struct {
	mu      sync.Mutex
	reading map[step]func() asked[*judged] // waits for it
}

// retrace begins to read what the entry led to when its file was last made.
func (f *file) retrace(ctx context.Context) {
	reading := map[step]func() asked[*judged]{}
	for _, s := range f.trails.of(f.id) {
		m, err := f.member(s.slug)
		if err != nil {
			continue // it is configured no more
		}
		reading[s] = begun(f, func() asked[*judged] {
			return everywhere(ctx, []Member{m}, func(ctx context.Context, m Member) (*judged, error) {
				return f.read(ctx, m, s.id, 0, false)
			})[0]
		})
	}
	f.retraced.reading = reading
}

func (r *retraced) take(m Member, id string) (found func() asked[*judged]) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := step{m.Slug(), id}
	found = r.reading[s]
	delete(r.reading, s)
	return found
}

// newest reads the newest version of a wanted record, or takes what was begun for that.
func (f *file) newest(ctx context.Context, m Member, w wanted) (*judged, error) {
	if begun := f.retraced.take(m, w.id); begun != nil {
		if a := begun(); w.settledBy(a) {
			return a.value, a.err
		}
	}
	return f.read(ctx, m, w.id, 0, false)
}

// settledBy reports whether what was read beside the summary is as new as the summary wants it. What was recorded, or
// corrected, right before the summary may have been read before that; and nothing that is not there is worth more than
// asking once more. A ledger that contradicted what was known when it was asked has no second try.
func (w wanted) settledBy(a asked[*judged]) bool {
	switch {
	case a.err != nil:
		return driver.IsOutage(a.err)
	case a.value == nil:
		return false
	case w.pin == nil, a.value.verdict.Outcome == trust.Invalid:
		return true
	case w.pin.Version > 0:
		return version(a.value.reading) >= w.pin.Version
	}
	return !w.contradicts(a.value)
}
