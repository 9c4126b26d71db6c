package inclusion

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/fabric/member"
)

// validated checks that enough peers say that the channel's validation let the transaction pass, and answers who. Too few
// are missing: they may only not have been reached. One that says otherwise, or did not say it, is not.
func (b *block) validated(p *evidence, t *trusted) ([]*member.Identity, error) {
	var signers []*member.Identity
	for i := range p.Answers {
		id, err := b.heard(&p.Answers[i], p, t)
		switch {
		case isMissing(err):
		case err != nil:
			return nil, fmt.Errorf("answer of a peer: %w", err)
		default:
			signers = append(signers, id)
		}
	}
	if !t.validity.Met(signers) {
		return nil, missing{fmt.Errorf("that the channel took the transaction for valid is said by %s, and the policy is %s",
			organisations(signers), t.validity)}
	}
	return signers, nil
}

// heard reads one answer: who gave it, if it says that the transaction is valid.
func (b *block) heard(a *answer, p *evidence, t *trusted) (*member.Identity, error) {
	payload := bytes.Join([][]byte{a.Before, p.Data, a.After}, nil)
	id, err := t.organisations.authentic(signature{a.Endorser, append(bytes.Clone(payload), a.Endorser...), a.Signature})
	if err != nil {
		return nil, err
	}
	said, err := readAnswer(payload)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", id.MSP, err)
	}
	if !b.is(said) {
		return nil, fmt.Errorf("%s: has another block %d", id.MSP, b.header.Number)
	}
	flags, err := flagsOf(said, len(b.data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", id.MSP, err)
	}
	if code := peer.TxValidationCode(flags[p.Transaction]); code != peer.TxValidationCode_VALID {
		return nil, fmt.Errorf("%s: the channel did not take the transaction for valid: %s", id.MSP, code)
	}
	return id, nil
}

// is compares the transactions too: a block's hash does not say where one ends and the next begins.
func (b *block) is(other *common.Block) bool {
	h := other.GetHeader()
	return h.GetNumber() == b.header.Number && bytes.Equal(h.GetPreviousHash(), b.header.PreviousHash) &&
		bytes.Equal(h.GetDataHash(), b.header.DataHash) && slices.EqualFunc(other.GetData().GetData(), b.data, bytes.Equal)
}

// flagsOf gives what a block says of each transaction's validity.
func flagsOf(b *common.Block, transactions int) ([]byte, error) {
	all := b.GetMetadata().GetMetadata()
	at := int(common.BlockMetadataIndex_TRANSACTIONS_FILTER)
	if len(all) <= at || len(all[at]) != transactions {
		return nil, errors.New("does not say of each transaction whether it is valid")
	}
	return all[at], nil
}

// readAnswer reads the block in what a peer signs when qscc is asked for one.
func readAnswer(payload []byte) (*common.Block, error) {
	var response peer.ProposalResponsePayload
	var action peer.ChaincodeAction
	b := &common.Block{}
	if err := errors.Join(decode(payload, &response), decode(response.Extension, &action), decode(action.GetResponse().GetPayload(), b)); err != nil {
		return nil, fmt.Errorf("the answer cannot be read: %w", err)
	}
	if action.GetChaincodeId().GetName() != "qscc" || action.GetResponse().GetStatus() != http.StatusOK {
		return nil, errors.New("it is no answer of qscc")
	}
	return b, nil
}
