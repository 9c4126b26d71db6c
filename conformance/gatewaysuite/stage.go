package gatewaysuite

import (
	"crypto"
	"crypto/ecdh"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/trust/key"
)

// The ledgers of the world, by their slugs.
const (
	trade  = "trade"  // a partners' ledger
	cbp    = "cbp"    // customs' own
	other  = "other"  // another partners' ledger, which is the one that fails
	mirror = "mirror" // a further node of the trade ledger
)

// The bounds of the calls on a ledger, which the gateway is told. The one that fails is waited for often.
const (
	budget, attempt           = 10 * time.Second, 5 * time.Second
	otherBudget, otherAttempt = 1500 * time.Millisecond, 700 * time.Millisecond
)

// stage is the world that a gateway is opened on: people, documents, evidence and ledgers, all of them the suite's own.
type stage struct {
	dir      string
	deadline time.Time // when everything that was delegated expires
	issuer   crypto.Signer
	holder   crypto.Signer    // CBP's capability key
	cbpKey   *ecdh.PrivateKey // finds entries by number

	evidence *house
	nodes    map[string]*node
	people
	ends []func() error // in the order in which things were begun
}

// newStage makes a world. The caller closes it.
func newStage() (s *stage, err error) {
	s = &stage{nodes: map[string]*node{}, deadline: time.Now().Add(24 * time.Hour).UTC().Truncate(time.Second)}
	for _, part := range []func() error{s.folder, s.keys, s.house, s.ledgers, s.cast} {
		if err := part(); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	return s, nil
}

// close ends everything, the last begun first.
func (s *stage) close() error {
	s.heal()
	var faults []error
	for _, end := range slices.Backward(s.ends) {
		faults = append(faults, end())
	}
	return errors.Join(faults...)
}

func (s *stage) folder() (err error) {
	if s.dir, err = os.MkdirTemp("", "fta-conformance-"); err != nil {
		return err
	}
	s.ends = append(s.ends, func() error { return os.RemoveAll(s.dir) })
	for _, name := range []string{"participants", "evidence", "keys", "data"} {
		if err := os.Mkdir(s.path(name), 0o700); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) path(name string) string { return filepath.Join(s.dir, name) }

func (s *stage) keys() (err error) {
	if s.issuer, err = newSigner(); err != nil {
		return err
	}
	if s.holder, err = newSigner(); err != nil {
		return err
	}
	if s.cbpKey, err = key.NewLookup(); err != nil {
		return err
	}
	return errors.Join(key.SaveSigner(s.path("keys/capability.pem"), s.holder), key.SaveLookup(s.path("keys/lookup.pem"), s.cbpKey))
}

func (s *stage) house() (err error) {
	if s.evidence, err = newHouse(s.path("evidence")); err == nil {
		s.ends = append(s.ends, s.evidence.close)
	}
	return err
}

// pageSize of the ledgers is small, so that whoever reads a ledger has to page.
const pageSize = 5

// ledgers begins the chains, and the nodes that serve them.
func (s *stage) ledgers() error {
	chains := map[string]*memory.Chain{}
	for _, slug := range []string{trade, cbp, other} {
		chains[slug] = memory.NewChain(memory.Options{ForTesting: true, PageSize: pageSize})
	}
	chains[mirror] = chains[trade]
	for slug, chain := range chains {
		n, err := newNode(slug, chain)
		if err != nil {
			return err
		}
		if n.front, err = listen(); err != nil {
			return err
		}
		s.nodes[slug] = n
		s.ends = append(s.ends, n.front.close)
		n.front.serve(http.StripPrefix(ledgerPath, n))
	}
	return nil
}

// ledgerPath stands in the URL of every ledger, to be told from other paths where it must not be seen.
const ledgerPath = "/backend-of-the-suite"

// heal makes everybody honest again. It reports whether anybody was not reachable, so that the gateway may need a
// moment to find that out.
func (s *stage) heal() (sick bool) {
	for _, n := range s.nodes {
		sick = n.heal() || sick
	}
	if s.evidence != nil {
		s.evidence.heal()
	}
	return sick
}

// setting is what a gateway is opened with on this world. name is that of its data folder.
func (s *stage) setting(name string) (Setting, error) {
	issuer, err := key.DID(s.issuer)
	if err != nil {
		return Setting{}, err
	}
	out := Setting{
		Data: s.path(name), Participants: s.path("participants"), Issuers: []string{issuer},
		Keys:         Keys{Capability: s.path("keys/capability.pem"), Lookup: s.path("keys/lookup.pem")},
		AllowPrivate: []string{"127.0.0.0/8"},
	}
	for _, slug := range []string{cbp, mirror, other, trade} {
		l := Ledger{Slug: slug, URL: "ledger+" + s.nodes[slug].front.url + ledgerPath, Customs: slug == cbp,
			Mirror: slug == mirror, Budget: budget, Attempt: attempt}
		if slug == other {
			l.Budget, l.Attempt = otherBudget, otherAttempt
		}
		out.Ledgers = append(out.Ledgers, l)
	}
	return out, nil
}
