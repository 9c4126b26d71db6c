package inclusion

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/peer"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/ftagateway/ftagateway/adapters/fabric/member"
)

// transaction is one whose creator signed it.
type transaction struct {
	id      string
	time    time.Time // as the submitter's clock had it
	creator *member.Identity
	header  *common.Header
	data    []byte // peer.Transaction
}

// envelope is a transaction as it stands in a block.
type envelope struct {
	common.Envelope
	payload common.Payload
	channel common.ChannelHeader
	creator common.SignatureHeader
}

func open(raw []byte) (*envelope, error) {
	e := &envelope{}
	if err := errors.Join(decode(raw, &e.Envelope), decode(e.Payload, &e.payload), decode(e.payload.GetHeader().GetChannelHeader(), &e.channel),
		decode(e.payload.GetHeader().GetSignatureHeader(), &e.creator)); err != nil {
		return nil, fmt.Errorf("the transaction cannot be read: %w", err)
	}
	return e, nil
}

// submitted reads a transaction of the channel, and checks that it is its creator's: the id is made of who it is, and the
// signature is over all of it.
func submitted(raw []byte, t *trusted) (*transaction, error) {
	e, err := open(raw)
	if err != nil {
		return nil, err
	}
	if e.channel.Type != int32(common.HeaderType_ENDORSER_TRANSACTION) || e.channel.ChannelId != t.channel {
		return nil, fmt.Errorf("it is no transaction of a chaincode on channel %.80q, but of type %d on %.80q",
			t.channel, e.channel.Type, e.channel.ChannelId)
	}
	id := sha256.Sum256(append(bytes.Clone(e.creator.Nonce), e.creator.Creator...))
	if e.channel.TxId != hex.EncodeToString(id[:]) {
		return nil, errors.New("the transaction's id is not made of its creator and nonce")
	}
	creator, err := t.organisations.authentic(signature{e.creator.Creator, e.Payload, e.Signature})
	if err != nil {
		return nil, fmt.Errorf("creator of the transaction: %w", err)
	}
	return &transaction{e.channel.TxId, timeOf(&e.channel), creator, e.payload.Header, e.payload.Data}, nil
}

// timeOf is zero where a transaction's time is none.
func timeOf(h *common.ChannelHeader) time.Time {
	stamp := &timestamppb.Timestamp{Seconds: h.GetTimestamp().GetSeconds(), Nanos: h.GetTimestamp().GetNanos()}
	if !stamp.IsValid() {
		return time.Time{}
	}
	return stamp.AsTime()
}

// endorsed checks that enough members endorsed the transaction, and answers what they endorsed.
func (tx *transaction) endorsed(t *trusted) (*peer.ChaincodeAction, error) {
	action, err := actionOf(tx.data)
	if err != nil {
		return nil, err
	}
	if err := tx.answered(action); err != nil {
		return nil, err
	}
	if err := t.organisations.meet(t.endorsement, action.endorsements()); err != nil {
		return nil, fmt.Errorf("endorsement: %w", err)
	}
	return &action.done, nil
}

// answered checks that what was endorsed is an answer to this very transaction's proposal: or what was endorsed for one
// creator could be submitted by another.
func (tx *transaction) answered(a *action) error {
	proposal := sha256.Sum256(bytes.Join([][]byte{tx.header.ChannelHeader, tx.header.SignatureHeader, a.payload.ChaincodeProposalPayload}, nil))
	if !bytes.Equal(a.header, tx.header.SignatureHeader) || !bytes.Equal(proposal[:], a.response.ProposalHash) {
		return errors.New("what was endorsed is no answer to this transaction's proposal")
	}
	return nil
}

// action is what a transaction does, as it was endorsed.
type action struct {
	header   []byte
	payload  peer.ChaincodeActionPayload
	response peer.ProposalResponsePayload
	done     peer.ChaincodeAction
}

func actionOf(data []byte) (*action, error) {
	var all peer.Transaction
	if err := decode(data, &all); err != nil {
		return nil, fmt.Errorf("the transaction cannot be read: %w", err)
	}
	if len(all.Actions) != 1 {
		return nil, fmt.Errorf("the transaction has %d actions, and Fabric takes one", len(all.Actions))
	}
	a := &action{header: all.Actions[0].GetHeader()}
	if err := errors.Join(decode(all.Actions[0].GetPayload(), &a.payload),
		decode(a.payload.GetAction().GetProposalResponsePayload(), &a.response), decode(a.response.Extension, &a.done)); err != nil {
		return nil, fmt.Errorf("what was endorsed cannot be read: %w", err)
	}
	return a, nil
}

// endorsements are over what was endorsed and who did.
func (a *action) endorsements() []signature {
	var all []signature
	for _, e := range a.payload.GetAction().GetEndorsements() {
		message := append(bytes.Clone(a.payload.Action.ProposalResponsePayload), e.GetEndorser()...)
		all = append(all, signature{e.GetEndorser(), message, e.GetSignature()})
	}
	return all
}
