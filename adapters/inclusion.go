package adapters

import (
	"context"
	"encoding/binary"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust"
)

// trustEpoch names the anchors that proofs are held against. Other anchors make other findings.
type trustEpoch ld.Digest

func epochOf(a driver.Anchors) trustEpoch { return trustEpoch(ld.Sum(a)) }

// inclusion says how the chain itself shows that the entry stands on it. With ask, a proof that is not known yet is
// asked for, once per version; without, it stays undetermined.
func (l *Ledger) inclusion(ctx context.Context, r *Reading, ask bool) trust.Check {
	c := trust.Check{Name: trust.Inclusion, Outcome: trust.NotOffered}
	switch {
	case r.Entry.Contradiction != "":
		c.Outcome, c.Method, c.Reason = trust.Invalid, "the chain's own blocks", r.Entry.Contradiction
		return c
	case !r.provable:
		c.Reason = "the ledger offers no proofs"
		return c
	case len(l.config.Anchors) == 0:
		c.Reason = "no anchors are configured to hold a proof against"
		return c
	}
	at := place{kindInclusion, l.standing(r), l.under}
	if known, ok := l.checks.find(at); ok {
		r.Proof = known.proof
		return known.checks[0]
	}
	if !ask {
		c.Outcome, c.Reason = trust.Undetermined, "no proof was asked for: read this version by itself"
		return c
	}
	return l.prove(ctx, r, at)
}

// prove asks for a proof and checks it. Only success is kept: after a wrong proof the chain may still give a right one.
func (l *Ledger) prove(ctx context.Context, r *Reading, at place) trust.Check {
	c := trust.Check{Name: trust.Inclusion, Outcome: trust.Undetermined}
	proof, err := l.chain.Prove(ctx, r.Entry)
	if err != nil {
		c.Reason = "no proof could be had: " + string(driver.CodeOf(err))
		return c
	}
	if proof == nil {
		c.Reason = "no proof could be had: " + string(driver.Corrupt)
		return c
	}
	found := driver.Verify(r.Entry, proof, l.config.Anchors)
	c.Outcome, c.Method, c.Reason = trust.Outcome(found.Outcome), found.Method, found.Reason
	r.Proof = proof
	if c.Outcome == trust.Valid && r.Entry.Final {
		l.checks.keep(at, &finding{checks: []trust.Check{c}, proof: proof})
	}
	return c
}

// standing is a digest over everything that a proof or a link can depend on: the ledger, the trust epoch, and the whole
// entry. The chain's identity is in the entry's cursor, so that what was found on a chain that was wiped counts no more.
func (l *Ledger) standing(r *Reading) ld.Digest {
	if !r.standing.IsZero() {
		return r.standing
	}
	e := r.Entry
	text := make([]byte, 0, 1024)
	for _, s := range []string{r.Ledger, e.Key, string(e.Cursor), e.Tx, e.Author.Kind, e.Author.ID} {
		text = append(binary.AppendUvarint(text, uint64(len(s))), s...)
	}
	text = append(binary.AppendUvarint(text, uint64(len(e.Author.Evidence))), e.Author.Evidence...)
	for _, n := range []uint64{e.Version, e.Height, uint64(e.Index), uint64(e.Time.UnixNano())} {
		text = binary.BigEndian.AppendUint64(text, n)
	}
	text = append(append(text, r.body[:]...), l.trust[:]...)
	r.standing = ld.Sum(text)
	return r.standing
}
