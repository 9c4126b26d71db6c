package gateway

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// gathered is a page of events that is being made.
type gathered struct {
	EventPage
	strands []*strand
	scanned int
	moved   bool // some ledger's place has moved
	waiting bool // some ledger has not answered yet
	failing bool // some ledger failed that is followed all the same: it is asked again soon
}

// strand is what one ledger has for a page.
type strand struct {
	*tail
	read  *read
	taken int  // of the read's changes
	holds bool // some of them are on the page
	cut   bool // its answer was not waited for to the end
	err   error
}

// mergeTime bounds how long events are put on a page: a ledger may be asked what stands beside a version.
const mergeTime = 2 * time.Second

func (s *strand) sick() bool { return s.err != nil }

// gather makes a page of what every ledger has now. They are asked side by side.
func (w *Watch) gather(ctx context.Context) (*gathered, error) {
	p := &gathered{EventPage: EventPage{Events: []Event{}, Sources: []Source{}}}
	for _, t := range w.watching {
		p.strands = append(p.strands, w.ask(t))
	}
	timer := time.NewTimer(grace)
	defer timer.Stop()
	for _, s := range p.strands {
		if err := w.settle(ctx, p, s, timer); err != nil {
			return nil, err
		}
	}
	w.merge(p)
	for _, s := range p.strands {
		w.conclude(p, s)
	}
	return p, nil
}

// ask begins to read a ledger, unless it is known to be sick.
func (w *Watch) ask(t *tail) *strand {
	s := &strand{tail: t}
	if w.left[t.member.Slug()] {
		s.err = driver.Errorf(driver.CursorInvalid, "left")
		return s
	}
	at, known := w.place(t)
	_, s.err = t.stands()
	if driver.CodeOf(s.err) == driver.ResourceExhausted {
		s.err = nil // there was no place to follow it; one to read it there may be
	}
	if known && s.err == nil {
		s.read = t.after(at)
	}
	return s
}

// settle waits for what was asked of a ledger, as long as the timer of all of them runs.
func (w *Watch) settle(ctx context.Context, p *gathered, s *strand, timer *time.Timer) error {
	if s.sick() {
		return nil
	}
	if s.read == nil || !s.read.wait(ctx, timer) {
		s.read, p.waiting, s.cut = nil, true, over(ctx)
		s.err = driver.Errorf(driver.DeadlineExceeded, "no answer yet")
		return nil
	}
	s.err = s.read.err
	if driver.CodeOf(s.err) != driver.CursorInvalid {
		p.failing = p.failing || s.err != nil
		return nil
	}
	slug := s.member.Slug()
	if !w.beginsAnew(slug) {
		return &Problem{Code: CursorMismatch, Ledger: slug, Err: s.err,
			Detail: "the cursor is not one of this ledger, or the ledger was begun anew"}
	}
	p.moved = true // to where it begins
	return nil
}

// wait waits for the answer. The timer is spent for whoever waits after the one for whom it ran out.
func (r *read) wait(ctx context.Context, timer *time.Timer) bool {
	select {
	case <-r.done:
		return true
	default:
	}
	select {
	case <-r.done:
		return true
	case <-timer.C:
		timer.Reset(0)
	case <-ctx.Done():
	}
	return false
}

// merge takes events from the ledgers in turn, so that one with many does not keep the others from the page.
func (w *Watch) merge(p *gathered) {
	until := time.Now().Add(mergeTime)
	for more := true; more && time.Now().Before(until); {
		more = false
		for _, s := range p.strands {
			if len(p.Events) < w.Limit && s.err == nil {
				more = w.take(p, s) || more
			}
		}
	}
}

// take puts the next event of a ledger that is wanted on the page, and moves the place behind it.
func (w *Watch) take(p *gathered, s *strand) bool {
	slug := s.member.Slug()
	since := w.at.since(slug)
	for s.taken < len(s.read.run) {
		c := s.read.run[s.taken]
		s.taken++
		p.scanned++
		w.at[slug], p.moved = c.after, true
		if c.reading.Entry.Time.Before(since) || !w.records().lets(c.reading) {
			continue
		}
		e := c.event()
		e.Cursor, s.holds = w.at.String(), true
		p.Events = append(p.Events, e)
		return true
	}
	return false
}

// conclude moves the place of a ledger behind all that it answered, and says what became of asking it.
func (w *Watch) conclude(p *gathered, s *strand) {
	slug := s.member.Slug()
	if s.err == nil && s.taken == len(s.read.run) {
		switch {
		case s.read.next != w.at[slug]:
			w.at[slug], p.moved = s.read.next, true
			p.scanned += scanCost
		case s.taken == 0:
			delete(w.at, sinceKey(slug)) // it has caught up
		}
	}
	p.Sources = append(p.Sources, w.sourceOf(s))
}

// sourceOf says how a ledger does. Of one that was about to answer when the reader left, or when the gateway was to end, nothing
// is known, and least of all that it is sick.
func (w *Watch) sourceOf(s *strand) Source {
	out := source(s.member, s.holds, w.head(s.member), s.err)
	if s.cut {
		out.State, out.Error = NotAsked, ""
	}
	return out
}

// within bounds a sleep by when a ledger that failed is asked again.
func (p *gathered) within(most time.Duration) time.Duration {
	if p.failing {
		return min(most, again)
	}
	return most
}
