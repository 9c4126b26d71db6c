package gateway

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Filter says which records are listed. Empty members do not filter.
type Filter struct {
	Type, Event, Ledger string
	From, Until         time.Time // of the chain's own time; Until is not included
	After               string    // a Page's Next
	Limit               int
}

// The bounds of one page: records shown, and records looked at for them.
const (
	defaultPage = 50
	maxPage     = 200
	maxScanned  = 5000
)

// Records lists record versions of all ledgers, ledger by ledger in each one's own order. A page may be short, or empty,
// and still have a Next: the records beyond it do not match, a ledger could not be asked now, or the ledgers took their time.
func (g *Gateway) Records(ctx context.Context, f Filter, o Options) (*Page, error) {
	members, err := g.among(f.Ledger)
	if err != nil {
		return nil, err
	}
	at, err := parsePosition(f.After)
	if err != nil {
		return nil, err
	}
	if f.Limit < 1 {
		f.Limit = defaultPage
	}
	f.Limit = min(f.Limit, maxPage)
	if o.Fresh.OnlyIfCached {
		return nil, &Problem{Code: NotCached, Detail: "every ledger has to be asked what it holds"}
	}
	ctx, end := g.begun(ctx, o)
	defer end()
	l := &listing{Gateway: g, Filter: f, options: o, at: at, until: g.Now().Add(g.lastRound()), page: &Page{Records: []Answer{}, Sources: []Source{}}}
	if err := l.all(ctx, members); err != nil {
		return nil, err
	}
	if l.more {
		l.page.Next = l.at.String()
	}
	return l.page, nil
}

func (g *Gateway) among(slug string) ([]Member, error) {
	if slug == "" {
		return g.Members, nil
	}
	m, err := g.member(slug)
	return []Member{m}, err
}

type listing struct {
	*Gateway
	Filter
	options Options
	at      position
	until   time.Time
	page    *Page
	scanned int
	more    bool
	early   early
}

// all lists ledger after ledger. As soon as the page needs more than the first of them, or that one takes long to answer,
// the others are asked side by side, so that a page waits for the slowest and not for one after the other.
func (l *listing) all(ctx context.Context, members []Member) error {
	ctx, cancel := context.WithCancel(ctx)
	defer l.early.Wait()
	defer cancel()
	for i, m := range members {
		if !l.full() {
			l.ask(ctx, m)
			if i > 0 || !l.early.soon(m.Slug()) {
				l.ask(ctx, members[i:]...)
			}
		}
		if err := l.ledger(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// ledger takes from one ledger what still fits. A ledger that cannot be asked is named, and its place is kept.
func (l *listing) ledger(ctx context.Context, m Member) error {
	asked, before := false, len(l.page.Records)
	for !l.full() {
		asked = true
		batch, err := l.next(ctx, m)
		if err != nil {
			return l.failed(m, err)
		}
		l.take(ctx, m, batch)
		moved := batch.Next != l.at[m.Slug()]
		l.at[m.Slug()] = batch.Next
		if !moved {
			l.note(m, asked, before)
			return nil
		}
	}
	l.more = true
	l.note(m, asked, before)
	return nil
}

func (l *listing) full() bool {
	return len(l.page.Records) >= l.Limit || l.scanned >= maxScanned || !l.Now().Before(l.until)
}

func (l *listing) note(m Member, asked bool, before int) {
	s := source(m, len(l.page.Records) > before, l.head(m), nil)
	if !asked {
		s.State = NotAsked
	}
	l.page.Sources = append(l.page.Sources, s)
}

// failed tells a ledger that may answer later from one that never will.
func (l *listing) failed(m Member, err error) error {
	if driver.CodeOf(err) == driver.CursorInvalid {
		return &Problem{Code: CursorMismatch, Ledger: m.Slug(), Err: err,
			Detail: "the cursor is not one of this ledger, or the ledger was begun anew"}
	}
	s := source(m, false, l.head(m), err)
	l.more = l.more || s.State == Unavailable
	l.page.Sources = append(l.page.Sources, s)
	return nil
}

// scanCost is what a batch counts for at least: a chain's batches may be empty for a long while.
const scanCost = 50

func (l *listing) take(ctx context.Context, m Member, batch *adapters.Batch) {
	l.scanned += max(scanCost, len(batch.Readings))
	for _, r := range batch.Readings {
		if l.lets(r) {
			l.page.Records = append(l.page.Records, l.judge(ctx, m, r, look{documents: l.options.Documents}).answer(l.options.Invalid))
		}
	}
}

func (f Filter) lets(r *adapters.Reading) bool {
	at := r.Entry.Time
	if !f.From.IsZero() && at.Before(f.From) || !f.Until.IsZero() && !at.Before(f.Until) {
		return false
	}
	if r.Says == nil {
		return f.Type == "" && f.Event == ""
	}
	return (f.Type == "" || f.Type == r.Says.Type) && (f.Event == "" || f.Event == r.Says.Event)
}
