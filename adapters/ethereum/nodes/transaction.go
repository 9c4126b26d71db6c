package nodes

import (
	"encoding/json"
	"errors"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/ethereum/inclusion"
)

// Transaction is a transaction as a node answers it.
type Transaction struct {
	Tx    *types.Transaction // nil where its type is none that is known here
	Block *common.Hash       // nil while no block has it
}

// UnmarshalJSON reads a transaction. A type that is not known is no error: some chains have their own, which anybody may
// send to a contract, and which have no signature.
func (t *Transaction) UnmarshalJSON(data []byte) error {
	var in struct {
		Hash  *common.Hash    `json:"hash"`
		Type  *hexutil.Uint64 `json:"type"`
		Block *common.Hash    `json:"blockHash"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return &json.UnmarshalTypeError{Value: err.Error()}
	}
	if in.Hash == nil {
		return &json.UnmarshalTypeError{Value: "a transaction without hash"}
	}
	t.Block = in.Block
	tx := new(types.Transaction)
	switch err := tx.UnmarshalJSON(data); {
	case errors.Is(err, types.ErrTxTypeNotSupported):
		return nil
	case err != nil:
		return &json.UnmarshalTypeError{Value: err.Error()}
	}
	t.Tx = tx
	return nil
}

// MarshalJSON writes what two nodes must agree on.
func (t *Transaction) MarshalJSON() ([]byte, error) {
	if t.Tx == nil {
		return json.Marshal(t.Block)
	}
	return json.Marshal(t.Tx.Hash())
}

// Sender recovers who signed a transaction; false where it has no signature that says so.
func (t *Transaction) Sender() (common.Address, bool) {
	if t == nil || t.Tx == nil {
		return common.Address{}, false
	}
	return inclusion.Sender(t.Tx)
}
