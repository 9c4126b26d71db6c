package inclusion

import (
	"bytes"
	"crypto/sha256"
	"encoding/asn1"
	"fmt"
	"math/big"

	"github.com/hyperledger/fabric-protos-go/common"
)

// block is a block whose transactions' hash was computed here: it is what the header says because it is put there.
type block struct {
	header *common.BlockHeader
	data   [][]byte
}

func readBlock(p *evidence) (*block, error) {
	data, err := transactions(p.Data)
	if err != nil {
		return nil, err
	}
	if p.Transaction < 0 || p.Transaction >= len(data) {
		return nil, fmt.Errorf("transaction %d is none of the block's %d", p.Transaction, len(data))
	}
	sum := sha256.Sum256(bytes.Join(data, nil))
	return &block{&common.BlockHeader{Number: p.Number, PreviousHash: p.Previous, DataHash: sum[:]}, data}, nil
}

// HeaderBytes is a block's header as it is hashed and signed.
func HeaderBytes(h *common.BlockHeader) ([]byte, error) {
	return asn1.Marshal(struct {
		Number             *big.Int
		Previous, DataHash []byte
	}{new(big.Int).SetUint64(h.GetNumber()), h.GetPreviousHash(), h.GetDataHash()})
}

// ordered checks that orderers signed the block. What they sign is their metadata, their own header, and the block's.
func (b *block) ordered(signatures []byte, t *trusted) error {
	header, err := HeaderBytes(b.header)
	if err != nil {
		return err
	}
	var m common.Metadata
	if err := decode(signatures, &m); err != nil {
		return fmt.Errorf("orderers' signatures cannot be read: %w", err)
	}
	var all []signature
	for _, s := range m.Signatures {
		var by common.SignatureHeader
		if err := decode(s.GetSignatureHeader(), &by); err != nil {
			return fmt.Errorf("orderers' signatures cannot be read: %w", err)
		}
		all = append(all, signature{by.Creator, bytes.Join([][]byte{m.Value, s.GetSignatureHeader(), header}, nil), s.GetSignature()})
	}
	if err := t.orderers.meet(t.blocks, all); err != nil {
		return fmt.Errorf("block %d is not what the orderers signed: %w", b.header.Number, err)
	}
	return nil
}
