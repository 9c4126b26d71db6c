package records

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
)

// Step is a change of a key's head, as the peer's own history has it.
type Step struct {
	Number uint64 `json:"version"`
	Tx     string `json:"tx"`
	Time   string `json:"time"`
}

// history asks the peer's history and not what this chaincode wrote: whoever audits has a second witness.
func history(_ *Chaincode, stub shim.ChaincodeStubInterface, args [][]byte) (any, error) {
	key, err := readKey("key", args[0])
	if err != nil {
		return nil, err
	}
	if _, err := standing(stub, key); err != nil {
		return nil, err
	}
	composite, err := stub.CreateCompositeKey(headType, []string{key})
	if err != nil {
		return nil, err
	}
	rows, err := stub.GetHistoryForKey(composite)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // the peer is told; there is nothing to do if it is not
	return steps(rows)
}

// steps are the newest of a history, oldest first; a peer answers the newest first.
func steps(rows shim.HistoryQueryIteratorInterface) ([]Step, error) {
	all := []Step{}
	for rows.HasNext() && len(all) < MaxPage {
		row, err := rows.Next()
		if err != nil {
			return nil, err
		}
		var h head
		if err := json.Unmarshal(row.Value, &h); err != nil {
			return nil, fmt.Errorf("the history of a key cannot be read: %w", err)
		}
		all = append(all, Step{h.Number, row.TxId, row.Timestamp.AsTime().Format(instant)})
	}
	slices.Reverse(all)
	return all, nil
}
