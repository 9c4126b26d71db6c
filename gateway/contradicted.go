package gateway

import (
	"slices"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/gateway/witness"
)

// contradicted notes that a ledger denies a version that was seen. The log tells it once, whoever reads it how often.
func (g *Gateway) contradicted(m Member, how witness.Kind, id string, version uint64) {
	added, err := g.Witness.Note(witness.Contradiction{Kind: how, By: m.Slug(), ID: id, Version: version})
	switch {
	case err != nil:
		g.Log.Error("that a ledger contradicts what was seen cannot be noted", "ledger", m.Slug(), "kind", how, "error", err)
	case added:
		g.Log.Error("a ledger contradicts what was seen on it", "ledger", m.Slug(), "kind", how, "record", id, "version", version)
	}
}

// notProven holds what nobody is shown to have signed against the version that was seen under its number. It gets no
// verdict by that, since it is invalid or undetermined by itself; but who shows it altered what stood there.
func (g *Gateway) notProven(m Member, r *adapters.Reading) {
	if r.Entry.Seen != nil { // a cache's word
		return
	}
	seen, err := g.Witness.Evidence(r.Ledger, r.ID, r.Entry.Version)
	if err != nil {
		g.Log.Error("the witness log cannot be read", "error", err)
	}
	same := func(e witness.Entry) bool { return r.Says != nil && e.Digest == r.Says.Digest }
	if len(seen) > 0 && !slices.ContainsFunc(seen, same) {
		g.contradicted(m, witness.Altered, r.ID, r.Entry.Version)
	}
}

// sightOlder shows the witness log a version that was walked by. What cannot be kept now is kept when it is read next.
func (g *Gateway) sightOlder(m Member, r *adapters.Reading) {
	switch seen, err := g.sight(m, r); {
	case err != nil:
	case !proven(r):
		g.notProven(m, r)
	case seen.Contradicts():
		g.contradicted(m, witness.Altered, r.ID, r.Entry.Version)
	}
}
