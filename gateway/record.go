package gateway

import (
	"context"
	"slices"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Options say what an answer is to hold.
type Options struct {
	Documents bool // fetch the documents behind the records
	Invalid   bool // show the content of what is invalid, too
	// Fresh says which ledgers need not be asked.
	Fresh Freshness
	// Finality is how settled a record must be, as a configuration writes it: final, or latest for what may still go away,
	// which is answered from no cache and left out of the witness log. Empty: as each ledger is configured.
	Finality string
}

// Record answers a record wherever it is. Ledgers that disagree are shown side by side. A record that no ledger shows
// now but that was seen before is answered from the witness log, as stale.
func (g *Gateway) Record(ctx context.Context, id string, o Options) (*RecordAnswer, error) {
	ctx, end := g.begun(ctx, o)
	defer end()
	found, sources, err := g.everywhereRead(ctx, id, o.documents())
	if err != nil {
		return nil, err
	}
	out := &RecordAnswer{ID: id, Sources: sources}
	for _, j := range found {
		out.Answers = append(out.Answers, j.answer(o.Invalid))
	}
	out.Answers = append(out.Answers, g.remembered(ctx, id, found, sources)...)
	if len(out.Answers) == 0 {
		return nil, nothing(sources)
	}
	return out, nil
}

// everywhereRead reads a record's newest version on all ledgers, home before copies and then by slug.
func (g *Gateway) everywhereRead(ctx context.Context, id string, documents bool) ([]*judged, []Source, error) {
	if err := checkID(id); err != nil {
		return nil, nil, err
	}
	answers := everywhere(ctx, g.Members, func(ctx context.Context, m Member) (*judged, error) {
		return g.read(ctx, m, id, 0, documents)
	})
	if away := notCached(answers); len(away) > 0 {
		return nil, nil, &Problem{Code: NotCached, Ledgers: away}
	}
	found, sources := g.placed(answers)
	return found, sources, nil
}

// placed sorts what ledgers showed, home before copies and then by slug, and says what each contributed.
func (g *Gateway) placed(answers []asked[*judged]) (found []*judged, sources []Source) {
	for _, a := range answers {
		sources = append(sources, g.readSource(a))
		if a.err == nil {
			found = append(found, a.value)
		}
	}
	slices.SortStableFunc(found, homeFirst)
	return found, sources
}

func (g *Gateway) readSource(a asked[*judged]) Source {
	asOf := g.head(a.Member)
	if a.value != nil {
		asOf = &a.value.verdict.AsOf
	} else if cached := absentAsOf(a.Member, a.err); cached != nil {
		*cached = g.heads.aged(a.Slug(), *cached, g.Now())
		asOf = cached
	}
	s := source(a.Member, a.err == nil, asOf, a.err)
	s.confirmed = confirmed(adapters.SeenOf(a.err))
	return s
}

func homeFirst(a, b *judged) int {
	switch {
	case a.reading.Copy == b.reading.Copy:
		return 0
	case a.reading.Copy:
		return 1
	}
	return -1
}

// LedgerRecord answers one version of a record on one ledger; version 0 is the newest.
func (g *Gateway) LedgerRecord(ctx context.Context, slug, id string, version uint64, o Options) (*Answer, error) {
	m, err := g.member(slug)
	if err != nil {
		return nil, err
	}
	if err := checkID(id); err != nil {
		return nil, err
	}
	if version == 0 && !o.documents() {
		if a := g.repeat(o.onTerms(ctx), m, id); a != nil {
			return a, nil
		}
	}
	return g.ledgerRecord(ctx, m, id, version, o)
}

// ledgerRecord reads, judges and shows one version.
func (g *Gateway) ledgerRecord(ctx context.Context, m Member, id string, version uint64, o Options) (*Answer, error) {
	ctx, end := g.begun(ctx, o)
	defer end()
	people := g.Participants.Loaded()
	j, err := until(ctx, func(ctx context.Context) (*judged, error) { return g.read(ctx, m, id, version, o.documents()) })
	if err != nil {
		return nil, fromLedger(m.Slug(), err)
	}
	if version == 0 {
		g.finish(j, people)
	}
	a := j.answer(o.Invalid)
	return &a, nil
}

// LedgerVersions answers a page of a record's versions on one ledger above after, oldest first. An empty page is the
// end.
func (g *Gateway) LedgerVersions(ctx context.Context, slug, id string, after uint64, limit int, o Options) (*Versions, error) {
	m, err := g.member(slug)
	if err != nil {
		return nil, err
	}
	if err := checkID(id); err != nil {
		return nil, err
	}
	ctx, end := g.begun(ctx, o)
	defer end()
	v, err := until(ctx, func(ctx context.Context) (*Versions, error) {
		readings, err := m.Versions(ctx, id, after, limit)
		return &Versions{g.answers(ctx, m, readings, o)}, err
	})
	if err != nil {
		return nil, fromLedger(slug, err)
	}
	return v, nil
}

func (g *Gateway) answers(ctx context.Context, m Member, readings []*adapters.Reading, o Options) []Answer {
	all := make([]Answer, len(readings))
	for i, r := range readings {
		all[i] = g.judge(ctx, m, r, look{documents: o.documents()}).answer(o.Invalid)
	}
	return all
}

// LedgerProof answers a ledger's own proof of one version, for a caller that checks it with its own anchors.
func (g *Gateway) LedgerProof(ctx context.Context, slug, id string, version uint64) (*driver.Entry, *driver.Proof, error) {
	m, err := g.member(slug)
	if err != nil {
		return nil, nil, err
	}
	if err := checkID(id); err != nil {
		return nil, nil, err
	}
	type proven struct {
		entry *driver.Entry
		proof *driver.Proof
	}
	ctx, end := g.whole(ctx)
	defer end()
	p, err := until(ctx, func(ctx context.Context) (p proven, err error) {
		p.entry, p.proof, err = m.Prove(ctx, id, version)
		return p, err
	})
	if err != nil {
		return nil, nil, fromLedger(slug, err)
	}
	return p.entry, p.proof, nil
}
