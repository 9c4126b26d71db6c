package inclusion

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/state"
)

// Prove makes a proof of an entry from what peers answered when qscc was asked for the entry's block. It checks nothing
// that the verifier checks. Unsupported: the chaincode numbers the entry otherwise than the ledger, or the ordering
// service signs in another form. Corrupt: the peers have different blocks. TooLarge: no verifier would read it.
func Prove(e *driver.Entry, chaincode string, entries *state.Entries, answers []*peer.ProposalResponse) (*driver.Proof, error) {
	if len(answers) == 0 {
		return nil, driver.Errorf(driver.Unavailable, "no peer answered")
	}
	b, err := readAnswer(answers[0].GetPayload())
	if err != nil {
		return nil, driver.Errorf(driver.Corrupt, "%w", err)
	}
	p := &evidence{Number: b.GetHeader().GetNumber(), Previous: b.GetHeader().GetPreviousHash()}
	if p.Transaction, err = find(b, e, &trusted{chaincode: chaincode, entries: entries}); err != nil {
		return nil, err
	}
	if p.Signatures, err = ordererSignatures(b); err != nil {
		return nil, err
	}
	if p.Data, err = encode(b.Data); err != nil {
		return nil, driver.Errorf(driver.Corrupt, "%w", err)
	}
	for _, a := range answers {
		before, after, ok := bytes.Cut(a.GetPayload(), p.Data)
		if !ok {
			return nil, driver.Errorf(driver.Corrupt, "two peers have different blocks %d", p.Number)
		}
		p.Answers = append(p.Answers, answer{before, after, a.GetEndorsement().GetEndorser(), a.GetEndorsement().GetSignature()})
	}
	return p.proof()
}

func (p *evidence) proof() (*driver.Proof, error) {
	data, err := json.Marshal(p)
	if err != nil {
		return nil, driver.Errorf(driver.Unknown, "write the proof: %w", err)
	}
	if _, err := readEvidence(data); err != nil {
		return nil, driver.Errorf(driver.TooLarge, "%w", err)
	}
	return &driver.Proof{Type: ProofType, Data: data}, nil
}

// find gives which transaction of a block brought an entry.
func find(b *common.Block, e *driver.Entry, t *trusted) (int, error) {
	for i, raw := range b.GetData().GetData() {
		opened, err := open(raw)
		if err != nil || opened.channel.TxId != e.Tx {
			continue
		}
		a, err := actionOf(opened.payload.Data)
		if err == nil {
			err = t.writes(&a.done, e)
		}
		if err != nil {
			return 0, driver.Errorf(driver.Unsupported, "the chaincode numbers this entry otherwise: %w", err)
		}
		return i, nil
	}
	return 0, driver.Errorf(driver.Corrupt, "the block that a peer answers does not hold the entry's transaction")
}

var errOtherForm = errors.New("the ordering service signs blocks in a form that this proof does not know")

func ordererSignatures(b *common.Block) ([]byte, error) {
	all := b.GetMetadata().GetMetadata()
	at := int(common.BlockMetadataIndex_SIGNATURES)
	if len(all) <= at {
		return nil, driver.Errorf(driver.Corrupt, "a block without orderers' signatures")
	}
	var m common.Metadata
	if err := decode(all[at], &m); err != nil {
		return nil, driver.Errorf(driver.Corrupt, "orderers' signatures: %w", err)
	}
	for _, s := range m.Signatures {
		if len(s.GetSignatureHeader()) == 0 {
			return nil, driver.Errorf(driver.Unsupported, "%w", errOtherForm)
		}
	}
	return all[at], nil
}
