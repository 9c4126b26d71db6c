package fabric

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/ledger/rwset"
	"github.com/hyperledger/fabric-protos-go/ledger/rwset/kvrwset"
	"github.com/hyperledger/fabric-protos-go/peer"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/inclusion"
)

// transaction is as much of one as the driver reads: who sent it, whether the channel's validation let it pass, and what
// it wrote.
type transaction struct {
	id       string
	time     time.Time // as the submitter's clock had it: a Fabric block has none
	validity peer.TxValidationCode
	author   driver.Author
	doubt    string // why the author's signature does not hold; empty where it does
	effect
}

// effect is what a transaction does to a chaincode.
type effect struct {
	writes  []write
	defines bool // the channel's members have committed the chaincode's definition
	touches bool
}

// write is a change of a state of the namespace.
type write struct {
	state   string
	value   []byte
	deleted bool
}

func (t *transaction) valid() bool { return t.validity == peer.TxValidationCode_VALID }

// blockHash is the hash of a block's header, which the next one names.
func blockHash(h *common.BlockHeader) ([]byte, error) {
	der, err := inclusion.HeaderBytes(h)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(der)
	return sum[:], nil
}

// checkBlock recomputes what a block says of its own content.
func checkBlock(b *common.Block, number uint64) error {
	if b.GetHeader().GetNumber() != number {
		return fmt.Errorf("block %d was answered for block %d", b.GetHeader().GetNumber(), number)
	}
	sum := sha256.Sum256(bytes.Join(b.GetData().GetData(), nil))
	if !bytes.Equal(sum[:], b.GetHeader().GetDataHash()) {
		return fmt.Errorf("block %d: its data does not have the hash that its header names", number)
	}
	return nil
}

// readBlock reads the transactions of a block that concern a chaincode. Work is bounded by the size of the block.
func readBlock(b *common.Block, chaincode string) ([]transaction, error) {
	data := b.GetData().GetData()
	meta := b.GetMetadata().GetMetadata()
	if len(meta) <= int(common.BlockMetadataIndex_TRANSACTIONS_FILTER) || len(meta[common.BlockMetadataIndex_TRANSACTIONS_FILTER]) != len(data) {
		return nil, fmt.Errorf("block %d: does not say of each of its %d transactions whether it is valid", b.GetHeader().GetNumber(), len(data))
	}
	var all []transaction
	for i, raw := range data {
		validity := peer.TxValidationCode(meta[common.BlockMetadataIndex_TRANSACTIONS_FILTER][i])
		t, err := readEnvelope(raw, chaincode)
		switch {
		case err != nil && validity == peer.TxValidationCode_VALID:
			return nil, fmt.Errorf("block %d: transaction %d is valid, and cannot be read: %w", b.GetHeader().GetNumber(), i, err)
		case err == nil && t != nil:
			t.validity = validity
			all = append(all, *t)
		}
	}
	return all, nil
}

// readEnvelope reads a transaction; nil where it has nothing to do with the chaincode. What cannot be read the channel
// has marked as invalid itself, and it is nobody's write.
func readEnvelope(raw []byte, chaincode string) (*transaction, error) {
	var e common.Envelope
	if err := decode(raw, &e); err != nil {
		return nil, err
	}
	p, h, err := readPayload(&e)
	if err != nil || h.Type != int32(common.HeaderType_ENDORSER_TRANSACTION) {
		return nil, err
	}
	var s common.SignatureHeader
	if err := decode(p.GetHeader().GetSignatureHeader(), &s); err != nil {
		return nil, err
	}
	done, err := readEffect(p.Data, chaincode)
	if err != nil || !done.touches && !done.defines {
		return nil, err
	}
	t := &transaction{id: h.TxId, time: timeOf(h), effect: done}
	t.author, t.doubt = creatorOf(&e, s.Creator)
	return t, nil
}

func readPayload(e *common.Envelope) (*common.Payload, *common.ChannelHeader, error) {
	p, h := new(common.Payload), new(common.ChannelHeader)
	if err := decode(e.Payload, p); err != nil {
		return nil, nil, err
	}
	return p, h, decode(p.GetHeader().GetChannelHeader(), h)
}

// timeOf is when a transaction was made, as its submitter's clock had it; zero where that is no time.
func timeOf(h *common.ChannelHeader) time.Time {
	stamp := &timestamppb.Timestamp{Seconds: h.GetTimestamp().GetSeconds(), Nanos: h.GetTimestamp().GetNanos()}
	if !stamp.IsValid() {
		return time.Time{}
	}
	return stamp.AsTime()
}

// blockTime is the time of a block's last transaction: the block has none of its own.
func blockTime(b *common.Block) time.Time {
	data := b.GetData().GetData()
	for i := len(data) - 1; i >= 0; i-- {
		var e common.Envelope
		if decode(data[i], &e) != nil {
			continue
		}
		if _, h, err := readPayload(&e); err == nil {
			return timeOf(h)
		}
	}
	return time.Time{}
}

// readEffect reads what a transaction writes to the states of a chaincode.
func readEffect(data []byte, chaincode string) (done effect, err error) {
	var tx peer.Transaction
	if err := decode(data, &tx); err != nil {
		return done, err
	}
	for _, action := range tx.Actions {
		set, err := readWriteSet(action.GetPayload())
		if err != nil {
			return done, err
		}
		for _, ns := range set.GetNsRwset() {
			if err := done.add(ns, chaincode); err != nil {
				return done, err
			}
		}
	}
	return done, nil
}

// definitions are the states by which a channel knows a chaincode, by the namespace that they are in: since Fabric 2,
// and before.
func definitions(chaincode string) map[string]string {
	return map[string]string{"_lifecycle": "namespaces/metadata/" + chaincode, "lscc": chaincode}
}

func (e *effect) add(ns *rwset.NsReadWriteSet, chaincode string) error {
	definition, defining := definitions(chaincode)[ns.GetNamespace()]
	if !defining && ns.GetNamespace() != chaincode {
		return nil
	}
	var kv kvrwset.KVRWSet
	if err := decode(ns.GetRwset(), &kv); err != nil {
		return err
	}
	e.touches = e.touches || !defining
	for _, w := range kv.GetWrites() {
		if !defining {
			// To write nothing is to delete, in Fabric.
			e.writes = append(e.writes, write{w.GetKey(), w.GetValue(), w.GetIsDelete() || len(w.GetValue()) == 0})
		}
		e.defines = e.defines || defining && w.GetKey() == definition
	}
	return nil
}

// readWriteSet digs the read-write set out of what was endorsed.
func readWriteSet(payload []byte) (*rwset.TxReadWriteSet, error) {
	var p peer.ChaincodeActionPayload
	var r peer.ProposalResponsePayload
	var a peer.ChaincodeAction
	var set rwset.TxReadWriteSet
	if err := decode(payload, &p); err != nil {
		return nil, err
	}
	if err := decode(p.GetAction().GetProposalResponsePayload(), &r); err != nil {
		return nil, err
	}
	if err := decode(r.Extension, &a); err != nil {
		return nil, err
	}
	return &set, decode(a.Results, &set)
}

// decode and encode are for Fabric's messages, which are of the older kind of Go code for protocol buffers.
func decode(raw []byte, into protoadapt.MessageV1) error {
	return proto.Unmarshal(raw, protoadapt.MessageV2Of(into))
}

func encode(m protoadapt.MessageV1) ([]byte, error) { return proto.Marshal(protoadapt.MessageV2Of(m)) }

func hexed(hash []byte) string { return hex.EncodeToString(hash) }
