package inclusion

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/member"
	"github.com/ftagateway/ftagateway/adapters/fabric/policy"
	"github.com/ftagateway/ftagateway/adapters/fabric/state"
)

// Anchors are what proofs of one chaincode's entries are held against, as they stand in the file that a ledger's
// configuration names. They come from the organisations, and never from the network that is checked.
type Anchors struct {
	Channel   string `json:"channel"`
	Chaincode string `json:"chaincode"`
	// Orderers and Organisations are those whose members order, and those whose members submit and endorse: their
	// certificate authorities by MSP id.
	Orderers      map[string]Organisation `json:"orderers"`
	Organisations map[string]Organisation `json:"organisations"`
	// The policies are as package policy has them. Blocks says which orderers must have signed a block, Endorsement
	// which members a transaction, and Validity which must say that the channel let it pass.
	Blocks      string `json:"blocks"`
	Endorsement string `json:"endorsement"`
	Validity    string `json:"validity"`
	// Entries is the entries section of the mapping. Without it it is the reference chaincode's.
	Entries *state.Entries `json:"entries,omitempty"`
}

// Organisation is whom an organisation's members get their certificates from, in PEM, several one after the other.
type Organisation struct {
	Roots         string `json:"roots"`
	Intermediates string `json:"intermediates,omitempty"`
}

// trusted are anchors that were read.
type trusted struct {
	channel, chaincode            string
	orderers, organisations       authorities
	blocks, endorsement, validity *policy.Policy
	entries                       *state.Entries
}

// maxAnchors is the size of the largest anchors that are read.
const maxAnchors = 1 << 20

func readAnchors(given driver.Anchors) (*trusted, error) {
	if len(given) == 0 || len(given) > maxAnchors {
		return nil, fmt.Errorf("anchors have %d bytes, and must have 1 to %d", len(given), maxAnchors)
	}
	var a Anchors
	decoder := json.NewDecoder(bytes.NewReader(given))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&a); err != nil {
		return nil, fmt.Errorf("anchors cannot be read: %w", err)
	}
	t, err := a.read()
	if err != nil {
		return nil, fmt.Errorf("anchors: %w", err)
	}
	return t, nil
}

func (a *Anchors) read() (*trusted, error) {
	if a.Channel == "" || a.Chaincode == "" {
		return nil, errors.New("channel, chaincode: must be named")
	}
	t := &trusted{channel: a.Channel, chaincode: a.Chaincode, entries: a.Entries}
	if t.entries == nil {
		t.entries = state.Reference()
	}
	if err := t.entries.Check(); err != nil {
		return nil, err
	}
	if !t.entries.Numbered() {
		return nil, errors.New("entries.state: must hold {version}: without it no write says which version it is")
	}
	return t, errors.Join(t.readOrganisations(a), t.readPolicies(a))
}

func (t *trusted) readOrganisations(a *Anchors) (err error) {
	if t.orderers, err = readAuthorities(a.Orderers); err != nil {
		return fmt.Errorf("orderers.%w", err)
	}
	if t.organisations, err = readAuthorities(a.Organisations); err != nil {
		return fmt.Errorf("organisations.%w", err)
	}
	return nil
}

func (t *trusted) readPolicies(a *Anchors) error {
	for _, p := range []struct {
		name, text string
		over       map[string]Organisation
		into       **policy.Policy
	}{
		{"blocks", a.Blocks, a.Orderers, &t.blocks},
		{"endorsement", a.Endorsement, a.Organisations, &t.endorsement},
		{"validity", a.Validity, a.Organisations, &t.validity},
	} {
		parsed, err := policy.Parse(p.text, slices.Sorted(maps.Keys(p.over)))
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		*p.into = parsed
	}
	return nil
}

// authorities are organisations' by MSP id.
type authorities map[string]*member.Authorities

func readAuthorities(given map[string]Organisation) (authorities, error) {
	all := authorities{}
	for id, o := range given {
		a, err := member.ParseAuthorities(o.Roots, o.Intermediates)
		if err != nil {
			return nil, fmt.Errorf("%.80s: %w", id, err)
		}
		all[id] = a
	}
	return all, nil
}
