package gateway

import (
	"context"
	"fmt"

	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/trust"
)

// remembered answers from the witness log for the ledgers on which a record was seen before and that do not show it now.
// A ledger that could be asked and shows nothing has taken the record back; one that could not be asked says nothing.
func (g *Gateway) remembered(ctx context.Context, id string, found []*judged, sources []Source) []Answer {
	known, err := g.Witness.Known(id)
	if err != nil {
		g.Log.Error("the witness log cannot be read", "error", err)
		return nil
	}
	var stale []Answer
	for _, e := range known {
		if shownBy(found, e.Ledger) {
			continue
		}
		for _, m := range g.speaking(e.Ledger) {
			stale = append(stale, g.stale(ctx, m, e, sources))
		}
	}
	return stale
}

func shownBy(found []*judged, uri string) bool {
	for _, j := range found {
		if j.reading.Ledger == uri {
			return true
		}
	}
	return false
}

func (g *Gateway) stale(ctx context.Context, m Member, e witness.Entry, sources []Source) Answer {
	c := trust.Check{Name: trust.Versions, Outcome: trust.Undetermined, Method: versionsMethod,
		Reason: "the ledger cannot be asked now; this is what was seen last"}
	for _, s := range sources {
		if s.Ledger == m.Slug() && s.State == Absent {
			c.Outcome = g.takenBack(ctx, m, witness.Vanished, e)
			c.Reason = fmt.Sprintf("the ledger showed the record at height %d, and now says that it has none", e.Height)
		}
	}
	at := trust.AsOf{Ledger: e.Ledger, Height: e.Height, ChainTime: e.ChainTime, Final: true}
	at = g.heads.remembered(m.Slug(), at, e.Witnessed, g.Now())
	return Answer{
		ID: e.ID, Version: e.Version, Ledger: m.Slug(), URI: e.Ledger, State: Stale,
		Verdict: trust.Judge([]trust.Check{c}, m.Describe().Require, trust.Subject{AsOf: at}),
	}
}

// worst is the outcome of several answers together.
func worst(all []Answer) trust.Outcome {
	out := trust.Valid
	for _, a := range all {
		if rank[a.Verdict.Outcome] > rank[out] {
			out = a.Verdict.Outcome
		}
	}
	return out
}

func reasonsOf(all []Answer) []string {
	var reasons []string
	for _, a := range all {
		for _, c := range a.Verdict.Checks {
			if c.Outcome == a.Verdict.Outcome && c.Reason != "" {
				reasons = append(reasons, "ledger "+a.Ledger+": "+c.Name+": "+c.Reason)
			}
		}
	}
	return reasons
}
