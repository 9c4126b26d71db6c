package protocol

import (
	"fmt"
	"maps"
	"slices"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// Configuration is a ledgerConfiguration: what a ledger is called, how it agrees, and whom it lets write.
type Configuration struct {
	Ledger          string
	ConsensusMethod string // an absolute IRI
	Sequence        uint64 // 0 in the genesis block, one more with each change
	Creator         string // as an operation's
	// OperationValidators say who may write. A type of operation that no validator is for cannot be written at all.
	OperationValidators []Validator
	// ConfigurationValidators say who may change the configuration; with none, nobody may.
	ConfigurationValidators []Validator
	Signed                  bool
	Object                  ld.Object
	Bytes                   []byte // canonical form (JCS)
}

// ParseConfiguration reads a configuration of at most MaxOperation bytes, as ParseOperation does.
func ParseConfiguration(data []byte) (*Configuration, error) {
	obj, err := ld.Parse(data, ld.Limits{Bytes: MaxOperation})
	if err != nil {
		return nil, err
	}
	return configurationOf(obj)
}

func configurationOf(obj ld.Object) (*Configuration, error) {
	c, faults := readConfiguration("", obj)
	if err := faults.err(); err != nil {
		return nil, err
	}
	var err error
	if c.Bytes, err = canonical(obj, MaxOperation); err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	return c, nil
}

func readConfiguration(at string, obj ld.Object) (*Configuration, Faults) {
	var faults Faults
	s := newShape(at, obj, &faults)
	s.is("type", TypeConfiguration)
	c := &Configuration{
		Object: obj, Ledger: s.uri("ledger"), ConsensusMethod: s.uri("consensusMethod"), Sequence: s.count("sequence"),
		Creator: s.optionalURI("creator"), Signed: s.proof(),
		OperationValidators:     s.validators("operationValidator"),
		ConfigurationValidators: s.validators("ledgerConfigurationValidator"),
	}
	s.optionalURI("witnessSelectionMethod")
	s.configurationContexts()
	s.closed()
	return c, faults
}

// NewConfiguration makes the genesis configuration of a ledger: the same arguments give the same bytes, whatever the
// order of the signers.
func NewConfiguration(ledger string, approved []string) (*Configuration, error) {
	signers := slices.Compact(slices.Sorted(slices.Values(approved)))
	return configurationOf(ld.Object{
		"@context": configurationContext(), "type": TypeConfiguration, "ledger": ledger,
		"consensusMethod": ConsensusMethod, "sequence": float64(0),
		"operationValidator":           []any{validator(signers, TypeCreate, TypeUpdate)},
		"ledgerConfigurationValidator": []any{validator(signers, TypeConfiguration)},
	})
}

// Next makes and signs the configuration that follows c and approves of other signers. It signs with eddsa-rdfc-2022:
// what a configuration's own context defines cannot be checked under the suite that signs JSON.
func (c *Configuration) Next(approved []string, from Sender) (*Configuration, error) {
	first, err := NewConfiguration(c.Ledger, approved)
	if err != nil {
		return nil, err
	}
	obj := maps.Clone(first.Object)
	obj["sequence"], obj["creator"] = float64(c.Sequence+1), from.Creator
	unsigned := Configuration{Object: obj}
	signed, err := proof.Sign(unsigned.plain(), from.Signer, proof.Options{Suite: proof.RDFC2022, Created: from.now()})
	if err != nil {
		return nil, fmt.Errorf("sign configuration: %w", err)
	}
	obj["proof"] = signed["proof"]
	return configurationOf(obj)
}

// Permits reports who signed an operation, and refuses one without a valid proof by a signer that the configuration
// approves of. The error is a *Refusal.
func (c *Configuration) Permits(op *Operation) (signer string, err error) {
	return approvedBy(c.OperationValidators, op.Type, op.Object)
}

// Succeeds reports whether next may follow c: one sequence on, for the same ledger, agreed in the same way, and signed
// by one whom c lets change it. The error is a *Refusal.
func (c *Configuration) Succeeds(next *Configuration) error {
	switch {
	case next.Ledger != c.Ledger:
		return refuse("configuration is for ledger %s, this is %s", next.Ledger, c.Ledger)
	case next.ConsensusMethod != c.ConsensusMethod:
		return refuse("consensusMethod %s cannot become %s", c.ConsensusMethod, next.ConsensusMethod)
	case next.Sequence != c.Sequence+1:
		return refuse("configuration has sequence %d, the next one is %d", next.Sequence, c.Sequence+1)
	}
	_, err := approvedBy(c.ConfigurationValidators, TypeConfiguration, next.plain())
	return err
}

// isSigner reports whether text names an Ed25519 key as approvedSigner does.
func isSigner(text string) bool {
	_, err := did.Ed25519(text)
	return err == nil
}
