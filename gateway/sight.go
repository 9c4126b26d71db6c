package gateway

import (
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/trust"
)

// sight holds a proven reading against the witness log, and adds it there if somebody vouches for its issuer, or for whom the chain authenticated. Anybody can
// make a key, sign another record under the same id, and have a node of his show it: if that were kept, the true record
// would contradict it from then on. What may still go away is not added either: the block that takes its place would contradict it.
func (g *Gateway) sight(m Member, r *adapters.Reading) (witness.Seen, error) {
	if !proven(r) {
		return witness.Seen{}, nil
	}
	if !r.Entry.Final || !g.vouched(m, r) {
		return g.recall(r)
	}
	return g.Witness.See(observation(r))
}

func observation(r *adapters.Reading) witness.Observation {
	return witness.Observation{
		Ledger: r.Ledger, ID: r.ID, Version: r.Entry.Version, Digest: r.Says.Digest,
		Height: r.Entry.Height, ChainTime: r.Entry.Time, Proof: r.Proof,
	}
}

// vouched reports whether a participant's key may take the step of a record, as far as that can be told without having
// seen the record before: a compromised key may not. Where nobody signs and no authority is required, there is nobody else
// to believe than the ledger: what it has shown is held against it.
func (g *Gateway) vouched(m Member, r *adapters.Reading) bool {
	if m.Derives() && !slices.Contains(m.Describe().Require, trust.Authority) {
		return true
	}
	at := r.Entry.Time
	if at.IsZero() {
		at = g.Now()
	}
	return g.authority(r.Says, at, time.Time{}).Outcome == trust.Valid
}

// recall is what the log says of a reading without being shown it.
func (g *Gateway) recall(r *adapters.Reading) (witness.Seen, error) {
	known, err := g.Witness.Known(r.ID)
	if err != nil {
		return witness.Seen{}, err
	}
	same, err := g.Witness.Evidence(r.Ledger, r.ID, r.Entry.Version)
	if err != nil {
		return witness.Seen{}, err
	}
	seen := witness.Seen{Relation: witness.First, Forked: len(same) > 1}
	if at := slices.IndexFunc(known, func(e witness.Entry) bool { return e.Ledger == r.Ledger }); at >= 0 {
		seen.Newest = known[at]
		seen.Relation = relation(r.Entry.Version, seen.Newest.Version)
	}
	at := slices.IndexFunc(same, func(e witness.Entry) bool { return e.Digest == r.Says.Digest })
	switch {
	case at >= 0:
		seen.Witnessed = same[at].Witnessed
	case len(same) > 0:
		seen.Relation = witness.Differs
	}
	return seen, nil
}

func relation(version, newest uint64) witness.Relation {
	switch {
	case version > newest:
		return witness.Newer
	case version < newest:
		return witness.Older
	}
	return witness.Same
}
