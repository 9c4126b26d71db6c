package gateway

import (
	"context"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Watch is one reader of events who goes on from page to page. It is for one goroutine at a time, and must be closed: the
// ledgers are followed for as long as anybody watches them.
type Watch struct {
	*Gateway
	EventFilter
	at       position
	now      map[string]bool // ledgers whose place is yet to be learnt: what stands there already is left out
	left     map[string]bool // ledgers that are no longer asked
	begun    time.Time
	bell     chan struct{}
	watching []*tail
	told     []Source // on the page before; nil before the first
}

// Watch begins to watch. What ctx holds goes along whenever a ledger is asked for all who watch; its end ends nothing.
func (g *Gateway) Watch(ctx context.Context, f EventFilter) (*Watch, error) {
	members, err := g.among(f.Ledger)
	if err != nil {
		return nil, err
	}
	for _, slug := range f.Anew {
		if _, err := g.member(slug); err != nil {
			return nil, err
		}
	}
	w := &Watch{Gateway: g, EventFilter: f, now: map[string]bool{}, left: map[string]bool{}, begun: time.Now(), bell: make(chan struct{}, 1)}
	if err := w.begin(members); err != nil {
		return nil, err
	}
	for _, m := range members {
		t := g.join(ctx, m, w.bell)
		w.watching = append(w.watching, t)
		w.place(t) // now is now, and not when the first page is asked for
	}
	return w, nil
}

// begin finds the place to go on from.
func (w *Watch) begin(members []Member) (err error) {
	if w.Limit < 1 {
		w.Limit = defaultPage
	}
	w.Limit = min(w.Limit, maxPage)
	if w.After != Now {
		w.at, err = parsePosition(w.After)
		return err
	}
	w.at = position{}
	for _, m := range members {
		w.now[m.Slug()] = true
	}
	return nil
}

// Close ends the watch, and waits until nothing is asked for it any more.
func (w *Watch) Close() {
	for _, t := range w.watching {
		w.leave(t, w.bell)
	}
	w.watching = nil
}

// Leave no longer asks a ledger. Its place is kept.
func (w *Watch) Leave(slug string) { w.left[slug] = true }

// Next answers the next events as soon as there are any, or none after wait, or when a ledger does otherwise than on the
// page before. A ledger that cannot be asked delays nobody: it is named, and its place is kept. A place that is none of its
// ledger's chain is a problem that names the ledger; the others go on after Leave. When ctx ends it answers what there is.
func (w *Watch) Next(ctx context.Context, wait time.Duration) (*EventPage, error) {
	begun := time.Now()
	for scanned := 0; ; {
		p, err := w.gather(ctx)
		if err != nil {
			return nil, err
		}
		scanned += p.scanned
		left := time.Until(begun.Add(wait))
		if p.waiting {
			left = max(left, time.Until(begun.Add(patience)))
		}
		if over(ctx) || w.worthTelling(p) || scanned >= maxScanned || !p.moved && left <= 0 {
			return w.finish(p), nil
		}
		if !p.moved {
			w.sleep(ctx, p.within(left))
		}
	}
}

// worthTelling reports whether a page has events, or tells of a ledger that does otherwise than on the one before.
func (w *Watch) worthTelling(p *gathered) bool {
	return len(p.Events) > 0 || w.told != nil && !DoAlike(w.told, p.Sources)
}

func over(ctx context.Context) bool { return ctx.Err() != nil }

// sleep waits for news of any ledger.
func (w *Watch) sleep(ctx context.Context, most time.Duration) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-w.bell:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// finish makes an answer of a page.
func (w *Watch) finish(p *gathered) *EventPage {
	for _, t := range w.watching {
		w.giveUp(t.member.Slug())
	}
	p.Next, w.told = w.at.String(), p.Sources
	return &p.EventPage
}

// giveUp has a ledger whose place could not be learnt begin at the instant from which it was asked for: it is read from its
// beginning, and what stood before is left out.
func (w *Watch) giveUp(slug string) {
	if w.now[slug] {
		w.at.setSince(slug, w.Gateway.Now().Add(-time.Since(w.begun)-clockSkew))
		delete(w.now, slug)
	}
}

// clockSkew is how far a chain's clock may be behind ours for nothing to be missed.
const clockSkew = 5 * time.Minute

// place answers from where a ledger is to be read.
func (w *Watch) place(t *tail) (driver.Cursor, bool) {
	slug := t.member.Slug()
	if !w.now[slug] {
		return w.at[slug], true
	}
	stands, sick := t.stands()
	switch {
	case stands != nil:
		w.at[slug] = *stands
		delete(w.now, slug)
	case sick != nil || time.Since(w.begun) > patience:
		w.giveUp(slug)
	default:
		return "", false
	}
	return w.at[slug], true
}

// beginsAnew reports whether a ledger whose chain is another one is to be read from its beginning, and does so.
func (w *Watch) beginsAnew(slug string) bool {
	if !slices.Contains(w.Anew, slug) || w.at[slug] == "" {
		return false
	}
	delete(w.at, slug)
	delete(w.at, sinceKey(slug))
	return true
}
