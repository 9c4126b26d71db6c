package gateway

import (
	"context"
	"sync"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

// sought is a wanted record that is being fetched.
type sought struct {
	wanted
	found func() []asked[*judged] // waits for it
}

// seek begins to fetch a record.
func (f *file) seek(ctx context.Context, w wanted) sought {
	return sought{w, begun(f, func() []asked[*judged] {
		f.places <- struct{}{}
		defer func() { <-f.places }()
		return f.fetch(ctx, w)
	})}
}

// begun does one part of a file beside the others, and answers how to wait for it. Where it panics, that part stays as it
// was: not fetched.
func begun[T any](f *file, part func() T) func() T {
	wait := sync.OnceValue(func() (value T) {
		if err := contained(func() error { value = part(); return nil }); err != nil {
			f.Log.Error("a part of an entry file could not be made", "cause", err)
		}
		return value
	})
	f.beginning.Lock()
	defer f.beginning.Unlock()
	if !f.finished {
		f.work.Go(func() { wait() })
	}
	return wait
}

// ahead is what is fetched for one reading of the summary. None of it changes that reading: whether it counts is known
// only when all ledgers have answered.
type ahead struct {
	summary  *judged
	document func() found
	versions func() walked // all, oldest first, the summary among them
	links    []sought
}

// found is a check of the evidence, and the document where it could be had.
type found struct {
	check    trust.Check
	document *model.Document
}

// begin fetches what a reading of the summary leads to.
func (f *file) begin(ctx context.Context, j *judged) *ahead {
	a := &ahead{summary: j}
	a.document = begun(f, func() found {
		alone := *j
		check := f.evidence(ctx, &alone, f.options.Documents)
		return found{check, alone.document}
	})
	a.versions = begun(f, func() (w walked) {
		w.all, w.err = until(ctx, func(ctx context.Context) ([]*judged, error) { return f.walk(ctx, j) })
		return w
	})
	for _, w := range f.links(j) {
		a.links = append(a.links, f.seek(ctx, w))
	}
	return a
}

// foresee begins for the first reading that will most likely count: one at its home that its issuer may have written.
func (f *file) foresee(ctx context.Context, j *judged) {
	if j.reading.Copy || j.member.Mirror || checkOf(j, trust.Authority) != trust.Valid {
		return
	}
	f.foreseeing.Do(func() { f.ahead.Store(f.begin(ctx, j)) })
}

// foreseen is what was begun for the summary that counts, or is begun now.
func (f *file) foreseen(ctx context.Context) *ahead {
	if a := f.ahead.Load(); a != nil && a.summary == f.summary {
		return a
	}
	return f.begin(ctx, f.summary)
}

// attachFound puts the document where it belongs, and has the summary judged again.
func (f *file) attachFound(a *ahead) {
	if f.summary.says() == nil {
		return
	}
	d := a.document()
	if d.check.Name == "" { // it could not be made
		return
	}
	f.summary.document = d.document
	f.summary.replace(f.Gateway, d.check)
}
