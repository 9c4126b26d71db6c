package gateway

import (
	"errors"
	"slices"

	"github.com/ftagateway/ftagateway/adapters"
)

// best picks, of one record on several ledgers, the reading that counts: one at its home rather than a copy, then the
// better verdict, then the higher version, then no mirror's.
func (g *Gateway) best(found []*judged) (chosen *judged, others []*judged) {
	home := g.home(found)
	for _, j := range found {
		if !j.reading.Copy && j.reading.Ledger == home && (chosen == nil || better(j, chosen)) {
			chosen = j
		}
	}
	for _, j := range found {
		if j != chosen {
			others = append(others, j)
		}
	}
	return chosen, others
}

// home names the chain that is the home of a record. Whoever may write to another chain can use the same id there: of
// several that claim to be its home, the one counts that showed it here first.
func (g *Gateway) home(found []*judged) string {
	var claims []string
	for _, j := range found {
		if !j.reading.Copy && !slices.Contains(claims, j.reading.Ledger) {
			claims = append(claims, j.reading.Ledger)
		}
	}
	if len(claims) == 0 {
		return ""
	}
	home := claims[0]
	for _, other := range claims[1:] {
		if g.earlier(other, home, found[0].reading.ID) {
			home = other
		}
	}
	return home
}

// earlier reports whether one chain showed a record here before another did. What nobody vouched for was never shown.
func (g *Gateway) earlier(one, other, id string) bool {
	first, seen, err := g.Witness.FirstSeen(one, id, 1)
	second, too, err2 := g.Witness.FirstSeen(other, id, 1)
	if err := errors.Join(err, err2); err != nil {
		g.Log.Error("the witness log cannot be read", "error", err)
	}
	return seen && (!too || first.Before(second))
}

func better(a, b *judged) bool {
	if ra, rb := rank[a.verdict.Outcome], rank[b.verdict.Outcome]; ra != rb {
		return ra < rb
	}
	if va, vb := version(a.reading), version(b.reading); va != vb {
		return va > vb
	}
	return !a.member.Mirror && b.member.Mirror
}

func version(r *adapters.Reading) uint64 { return r.Entry.Version }
