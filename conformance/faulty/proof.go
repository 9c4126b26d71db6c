package faulty

import (
	"context"
	"encoding/json"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var proofFaults = []Fault{{
	Name: "proof-of-something-else", Breaks: "Answers a good proof, of the first entry on the chain.",
	Caught: "proof/verifies",
	bend: func(b *bent) {
		b.prove = func(ctx context.Context, _ *driver.Entry) (*driver.Proof, error) {
			first, err := b.Ledger.Changes(ctx, "", 1, 0)
			if err != nil {
				return nil, err
			}
			return b.Ledger.Prove(ctx, first.Entries[0])
		}
	},
}, {
	Name: "proof-of-undescribed-type", Breaks: "Proves in a form that it does not describe, and that nobody can verify.",
	Caught: "proof/verifies",
	bend: func(b *bent) {
		b.prove = func(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
			p, err := b.Ledger.Prove(ctx, e)
			if err == nil {
				p.Type += "-draft"
			}
			return p, err
		}
	},
}, {
	Name: "proof-of-the-newest", Breaks: "Proves a key's newest version, whichever was meant.",
	Caught: "proof/every-version",
	bend: func(b *bent) {
		b.prove = func(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
			newest, err := b.Ledger.Get(ctx, driver.Ref{Key: e.Key})
			if err != nil {
				return nil, err
			}
			return b.Ledger.Prove(ctx, newest)
		}
	},
}, {
	Name: "proofs-only-at-the-head", Breaks: "Proves what is in the newest final blocks, and calls everything older pruned.",
	Caught: "proof/stays-valid",
	bend: func(b *bent) {
		b.prove = func(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
			h, err := b.Ledger.Head(ctx)
			if err == nil && e.Height+2 < h.Final.Height {
				return nil, driver.Errorf(driver.Pruned, "the node no longer has block %d", e.Height)
			}
			return b.Ledger.Prove(ctx, e)
		}
	},
}, {
	Name: "verifier-blind-to-the-body", Breaks: "Verifies that the chain holds something under the key, whatever it says.",
	Caught: "proof/binds-what-was-written",
	bend:   func(b *bent) { b.provesBy(blindToBody) },
}, {
	Name: "verifier-blind-to-deletion", Breaks: "Verifies an entry that is told as deleted by the proof of its content.",
	Caught: "proof/binds-what-was-written",
	bend:   func(b *bent) { b.provesBy(blindToDeletion) },
}, {
	Name: "verifier-blind-to-the-author", Breaks: "Verifies what was written, by whomever.",
	Caught: "proof/binds-the-author",
	bend:   func(b *bent) { b.provesBy(blindToAuthor) },
}, {
	Name: "verifier-blind-to-the-place", Breaks: "Verifies that something was written, whenever.",
	Caught: "proof/binds-the-place",
	bend:   func(b *bent) { b.provesBy(blindToPlace) },
}, {
	Name: "verifier-keeps-its-verdict", Breaks: "Remembers what it found of a proof, and forgets by which anchors.",
	Caught: "proof/other-anchors-are-refused",
	bend:   func(b *bent) { b.provesBy(keepsItsVerdict) },
}, {
	Name: "verifier-needs-no-anchors", Breaks: "Calls a proof invalid where it was told of nothing to trust.",
	Caught: "proof/other-anchors-are-refused",
	bend:   func(b *bent) { b.provesBy(needsNoAnchors) },
}, {
	Name: "verifier-believes-the-unreadable", Breaks: "Finds nothing wrong with a proof that it cannot read.",
	Caught: "proof/altered-proof-is-refused",
	bend:   func(b *bent) { b.provesBy(believesTheUnreadable) },
}, {
	Name: "verifier-panics", Breaks: "Takes what a node sends for what a node should send.",
	Caught: "proof/altered-proof-is-refused",
	bend:   func(b *bent) { b.provesBy(panics) },
}}

// carried is a proof as the faulty verifiers read it: the right one, and what the chain holds.
type carried struct {
	Proof *driver.Proof `json:"proof"`
	Entry *driver.Entry `json:"entry"`
}

// provesBy lets proofs be of a type whose verifier is faulty.
func (b *bent) provesBy(proofType string) {
	b.described(func(d *driver.Description) { d.ProofTypes = []string{proofType} })
	b.prove = func(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
		p, err := b.Ledger.Prove(ctx, e)
		if err != nil {
			return nil, err
		}
		held, err := b.Ledger.Get(ctx, driver.Ref{Key: e.Key, Version: e.Version})
		if err != nil {
			return nil, err
		}
		data, err := json.Marshal(carried{Proof: p, Entry: held})
		if err != nil {
			return nil, driver.Errorf(driver.Unknown, "write the proof: %w", err)
		}
		return &driver.Proof{Type: proofType, Data: data}, nil
	}
}
