package inclusion

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/binding"
)

// anchors is what a verifier trusts.
type anchors struct {
	Chain       uint64          `json:"chain"`
	Ledger      json.RawMessage `json:"ledger"`
	Checkpoints []checkpoint    `json:"checkpoints"`
	Quorum      *quorum         `json:"quorum"`

	binding *binding.Binding
	at      map[uint64]common.Hash // the checkpoints
}

// checkpoint is a block that is known to be on the chain.
type checkpoint struct {
	Number uint64      `json:"number"`
	Hash   common.Hash `json:"hash"`
}

// quorum is how many of which endpoints are believed about which block the chain has.
type quorum struct {
	Endpoints []string `json:"endpoints"`
	Agree     int      `json:"agree"`
}

func parseAnchors(data driver.Anchors) (*anchors, error) {
	if len(data) == 0 {
		return nil, errors.New("there are no anchors to hold the proof against")
	}
	var a anchors
	from := json.NewDecoder(bytes.NewReader(data))
	from.DisallowUnknownFields()
	if err := from.Decode(&a); err != nil {
		return nil, fmt.Errorf("anchors cannot be read: %w", err)
	}
	for _, part := range []func() error{a.checkChain, a.checkQuorum, a.checkCheckpoints, a.bind} {
		if err := part(); err != nil {
			return nil, fmt.Errorf("anchors: %w", err)
		}
	}
	return &a, nil
}

func (a *anchors) checkChain() error {
	switch {
	case a.Chain == 0:
		return errors.New("chain must be the chain's id")
	case len(a.Checkpoints) == 0 && a.Quorum == nil:
		return errors.New("checkpoints or quorum must be given: nothing else vouches for a block")
	}
	return nil
}

// checkQuorum: two halves could each agree on another block, and one endpoint agrees with itself about anything.
func (a *anchors) checkQuorum() error {
	if a.Quorum == nil {
		return nil
	}
	seen := map[string]bool{}
	for i, name := range a.Quorum.Endpoints {
		if name == "" || seen[name] {
			return fmt.Errorf("quorum.endpoints[%d] %.80q must be a host, named once", i, name)
		}
		seen[name] = true
	}
	of, agree := len(seen), a.Quorum.Agree
	if agree < 2 || agree > of || 2*agree <= of || of > maxSeals {
		return fmt.Errorf("quorum.agree %d must be at least 2 and more than half of its endpoints, which are %d", agree, of)
	}
	return nil
}

func (a *anchors) checkCheckpoints() error {
	a.at = make(map[uint64]common.Hash, len(a.Checkpoints))
	for i, c := range a.Checkpoints {
		if was, twice := a.at[c.Number]; c.Hash == (common.Hash{}) || twice && was != c.Hash {
			return fmt.Errorf("checkpoints[%d]: block %d must have one hash", i, c.Number)
		}
		a.at[c.Number] = c.Hash
	}
	return nil
}

func (a *anchors) bind() error {
	s, err := binding.ParseSection(a.Ledger)
	if err != nil {
		return err
	}
	if a.binding, err = binding.Compile(s); err != nil {
		return err
	}
	if !a.binding.Provable() {
		return errors.New("ledger: its entries are in no log as a whole: versions are counted, or bodies have a state")
	}
	return nil
}
