// Package gateway makes many ledgers one: it finds an entry by its number on whichever chain holds it, assembles the
// entry file, judges every record in it, takes submissions, and remembers what it has seen (package witness). It trusts
// no ledger and no evidence server: an answer says what was checked, and what could not be asked is undetermined, never
// invalid.
//
// The ledgers are asked side by side, each within its own limits and all within one budget, so that a sick one costs the
// others nothing; none is ever left out of an answer without being named in its sources.
package gateway

import (
	"cmp"
	"crypto"
	"crypto/ecdh"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/trust"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Member is one ledger with what the gateway must know about it beside its own configuration.
type Member struct {
	*adapters.Ledger
	// Customs marks CBP's own ledger: CBP's decisions count there and nowhere else.
	Customs bool
	// Mirror marks a further node of a chain that another member shows. It is compared with that one, and what it shows
	// counts only where that one shows nothing better.
	Mirror bool
}

// Config is what a gateway stands on. It closes nothing of it: whoever made a part ends it, after the gateway is idle.
type Config struct {
	Members      []Member
	Participants *trust.Participants
	Witness      *witness.Log
	// Evidence fetches documents. Nil: none is fetched, and the evidence check is not offered.
	Evidence *client.Client
	// Holdings are the capabilities that partners handed over. Nil where Evidence is.
	Holdings *client.Holdings
	// Lookup is CBP's key for finding entries by number. Nil: entries cannot be found by number here.
	Lookup *ecdh.PrivateKey
	// Signer signs submission receipts and the witness log's export.
	Signer crypto.Signer
	// Store keeps submissions, and must last.
	Store driver.KV
	// Shared is what this gateway and others that serve as one with it know of each other's submissions. Nil: it is the only
	// one.
	Shared Shared
	// Retention is for how many calendar years before this one entries are looked up: 5, as importers keep records
	// (19 CFR 163.4).
	Retention int
	// Budget is for how long one request is worked on, over all its ledgers and all its rounds; DefaultBudget if 0. A server
	// has to keep a request longer than that.
	Budget time.Duration
	// Answers is how many bytes of answers are kept that a ledger's cache gave; 16 MiB if 0.
	Answers uint64
	Log     *slog.Logger
	Now     func() time.Time
}

// Gateway is many ledgers as one. It is safe for concurrent use.
type Gateway struct {
	Config
	name       string
	submitting *turns
	heads      *heads
	tails      tails
	documents  *documents
	finished   *otter.Cache[place, *finished]
	trails     *trails
}

// New makes a gateway of its parts.
func New(c Config) (*Gateway, error) {
	if c.Participants == nil || c.Witness == nil || c.Signer == nil || c.Store == nil {
		return nil, errors.New("gateway: participants, witness log, signer and store are all needed")
	}
	name, err := key.DID(c.Signer)
	if err != nil {
		return nil, fmt.Errorf("gateway: signer: %w", err)
	}
	if c.Retention < 1 {
		c.Retention = 5
	}
	if c.Budget <= 0 {
		c.Budget = DefaultBudget
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	c.Members = slices.Clone(c.Members)
	slices.SortFunc(c.Members, func(a, b Member) int { return strings.Compare(a.Slug(), b.Slug()) })
	return &Gateway{
		Config: c, name: name, submitting: &turns{}, heads: &heads{}, documents: newDocuments(),
		finished: newFinished(cmp.Or(c.Answers, defaultAnswers)), trails: newTrails(),
	}, nil
}

// Next makes a gateway of other parts, beside which g may go on with what it has begun: whoever submits a record to one of
// them waits for who submits it to the other. Store and witness log must be the same.
func (g *Gateway) Next(c Config) (*Gateway, error) {
	next, err := New(c)
	if err != nil {
		return nil, err
	}
	next.submitting, next.heads = g.submitting, g.heads
	return next, nil
}

// Name is the gateway's own did:key: what receipts and exports are signed by, and what other gateways know it by.
func (g *Gateway) Name() string { return g.name }

// member finds a ledger by its slug.
func (g *Gateway) member(slug string) (Member, error) {
	for _, m := range g.Members {
		if m.Slug() == slug {
			return m, nil
		}
	}
	return Member{}, &Problem{Code: NoSuchLedger, Ledger: slug, Detail: "no ledger of that name is configured here"}
}

// speaking lists the ledgers through which a chain can be read: several nodes may show one chain.
func (g *Gateway) speaking(uri string) []Member {
	var all []Member
	for _, m := range g.Members {
		if m.Describe().URI == uri {
			all = append(all, m)
		}
	}
	return all
}
