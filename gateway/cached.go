package gateway

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/trust"
)

// read reads and judges a version of a record on one ledger; version 0 is the newest. What its cache answers is answered
// only where it is valid, and the witness log holds it already: anything else is worth to ask the ledger, which is never
// called a liar because of a cache.
func (g *Gateway) read(ctx context.Context, m Member, id string, version uint64, documents bool) (*judged, error) {
	how := look{documents: documents}
	if version == 0 {
		how.asked = g.Witness.End()
	}
	r, err := m.Read(ctx, id, version)
	switch {
	case err != nil && !g.takesBack(m, id, err):
		return nil, err
	case err == nil && r.Entry.Seen == nil:
		return g.judge(ctx, m, r, how), nil
	case err == nil:
		if j := g.judgeCached(ctx, m, r, how); j != nil {
			return j, nil
		}
	}
	if r, err = m.Read(adapters.Asking(ctx), id, version); err != nil {
		return nil, err
	}
	return g.judge(ctx, m, r, how), nil
}

// judgeCached judges what a ledger's cache answered; nil where the ledger is to be asked instead.
func (g *Gateway) judgeCached(ctx context.Context, m Member, r *adapters.Reading, how look) *judged {
	if !proven(r) {
		return nil
	}
	seen, known, err := g.Witness.Recall(observation(r))
	if err != nil || !known || seen.Forked {
		return nil
	}
	if newest := how.asked > 0; newest && seen.Relation != witness.Same {
		return nil
	}
	j := g.judge(ctx, m, r, how)
	if j.verdict.Outcome != trust.Valid {
		return nil
	}
	return j
}

// takesBack reports whether a cache says that a record is absent which the ledger showed before.
func (g *Gateway) takesBack(m Member, id string, err error) bool {
	if adapters.SeenOf(err) == nil {
		return false
	}
	uri := m.Describe().URI
	known, err := g.Witness.Known(id)
	for _, e := range known {
		if e.Ledger == uri {
			return true
		}
	}
	return err != nil
}

// absentAsOf says of which state of a ledger its cache says that something is absent; nil where it does not.
func absentAsOf(m Member, err error) *trust.AsOf {
	s := adapters.SeenOf(err)
	if s == nil || driver.CodeOf(err) != driver.NotFound {
		return nil
	}
	return &trust.AsOf{Ledger: m.Describe().URI, Height: s.Block.Height, ChainTime: s.Block.Time, Final: true}
}
