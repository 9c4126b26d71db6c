package inclusion

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"
)

// transaction gives the transaction that the proof leads to.
func (p *proof) transaction(in *header) (*types.Transaction, error) {
	raw, err := newNodes(p.Transactions).at(in.transactions, p.Transaction)
	if err != nil {
		return nil, fmt.Errorf("transactions: %w", err)
	}
	tx := new(types.Transaction)
	if err := tx.UnmarshalBinary(raw); err != nil {
		return nil, fmt.Errorf("transactions: the one at place %d cannot be read: %w", p.Transaction, err)
	}
	return tx, nil
}

// Sender recovers who signed a transaction; false where it has no signature that says so. Old ones name no chain.
func Sender(tx *types.Transaction) (common.Address, bool) {
	var signer types.Signer = types.HomesteadSigner{}
	if id := tx.ChainId(); id.Sign() > 0 {
		signer = types.LatestSignerForChainID(id)
	}
	from, err := types.Sender(signer, tx)
	return from, err == nil
}

// log gives the log that stands at a place among all of the block's, which must be one of the transaction's. Receipts do not
// say how many logs stand before theirs, so that all before it are counted.
func (p *proof) log(in *header, index uint32) (*types.Log, error) {
	from, before := newNodes(p.Receipts), uint64(0)
	for i := uint64(0); ; i++ {
		raw, err := from.at(in.receipts, i)
		if err != nil {
			return nil, fmt.Errorf("receipts: place %d: %w", i, err)
		}
		logs, err := readLogs(raw)
		if err != nil {
			return nil, fmt.Errorf("receipts: place %d: %w", i, err)
		}
		if i < p.Transaction {
			before += uint64(len(logs))
			continue
		}
		if uint64(index) < before || uint64(index) >= before+uint64(len(logs)) {
			return nil, fmt.Errorf("log %d is none of the transaction's, which has %d from %d on", index, len(logs), before)
		}
		return logs[uint64(index)-before], nil
	}
}

// readLogs reads the logs of a receipt of any type: what a type adds stands behind them.
func readLogs(raw []byte) ([]*types.Log, error) {
	if len(raw) > 0 && raw[0] < 0x80 {
		raw = raw[1:] // the type (EIP-2718)
	}
	var r struct {
		Status []byte // or the state's root, before Byzantium
		Gas    uint64
		Bloom  types.Bloom
		Logs   []*types.Log
		More   []rlp.RawValue `rlp:"tail"`
	}
	if err := rlp.DecodeBytes(raw, &r); err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	return r.Logs, nil
}
