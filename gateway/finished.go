package gateway

import (
	"context"

	"github.com/maypok86/otter/v2"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/trust"
)

// finished is the answer to who asks a ledger for the newest version of a record, and what it rests on beside the gateway's
// configuration. It holds as long as all of that is the same, which is looked at each time: nothing has to tell it that
// anything changed (decision 0111).
type finished struct {
	answer Answer              // without how far the ledger was seen, and when
	basis  *adapters.Basis     // what the ledger's cache showed
	shown  witness.Observation // what the witness log knows as the newest
	people uint64              // what was loaded of participants
}

// place is what an answer was asked of.
type place struct{ slug, id string }

// defaultAnswers is how many bytes of answers are kept.
const defaultAnswers = 16 << 20

func newFinished(bytes uint64) *otter.Cache[place, *finished] {
	return otter.Must(&otter.Options[place, *finished]{MaximumWeight: bytes, Weigher: weigh})
}

// finishedSize is an answer in memory beside the bytes that it shares with nobody, measured.
const finishedSize = 2 << 10

func weigh(_ place, f *finished) uint32 {
	return uint32(min(finishedSize+f.basis.Bytes()+len(f.answer.Record)+len(f.answer.written.before), 1<<31))
}

// repeat answers once more what was answered before, where everything that it rests on is the same; nil where it has to be
// made anew.
func (g *Gateway) repeat(ctx context.Context, m Member, id string) *Answer {
	f, ok := g.finished.GetIfPresent(place{m.Slug(), id})
	if !ok || f.people != g.Participants.Loaded() || !g.newest(f.shown) {
		return nil
	}
	held, ok := m.Holds(ctx, f.basis)
	if !ok {
		return nil
	}
	a := f.answer
	a.Verdict.AsOf, a.confirmed = g.heads.aged(m.Slug(), held.AsOf, g.Now()), held.Confirmed
	return &a
}

// newest reports whether the witness log has this as the newest version, and nothing against it.
func (g *Gateway) newest(o witness.Observation) bool {
	seen, known, err := g.Witness.Recall(o)
	return err == nil && known && seen.Relation == witness.Same && !seen.Forked
}

// finish keeps an answer that a cache gave. people is what was loaded of participants before it was judged.
func (g *Gateway) finish(j *judged, people uint64) {
	r := j.reading
	if r.Entry.Seen == nil || r.Record == nil || j.document != nil || !settled(j.verdict) {
		return
	}
	f := &finished{answer: j.answer(false), basis: r.Basis(), shown: observation(r), people: people}
	f.shown.Proof, f.answer.Verdict.AsOf = nil, trust.AsOf{}
	var err error
	if f.answer.written, err = write(f.answer); err == nil {
		g.finished.Set(place{j.member.Slug(), r.ID}, f)
	}
}

// settled reports whether a verdict stays as it is while nothing that it rests on changes: no check was left open, and the
// chain of versions was walked.
func settled(v trust.Verdict) bool {
	walked := false
	for _, c := range v.Checks {
		if c.Outcome == trust.Undetermined {
			return false
		}
		walked = walked || c.Name == trust.Versions && c.Outcome == trust.Valid
	}
	return walked && v.Outcome == trust.Valid
}
