package records

import (
	"strings"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
)

// Found is a page of keys. Next is empty on the last one.
type Found struct {
	Keys []string `json:"keys"`
	Next string   `json:"next,omitempty"`
}

func find(_ *Chaincode, stub shim.ChaincodeStubInterface, args [][]byte) (any, error) {
	name, err := readKey("name", args[0])
	if err != nil {
		return nil, err
	}
	value, err := readKey("value", args[1])
	if err != nil {
		return nil, err
	}
	limit, err := readLimit(args[3])
	if err != nil {
		return nil, err
	}
	return search(stub, []string{name, value}, string(args[2]), limit)
}

// search reads a page of rows. A page begins where its bookmark says, which must be among the rows of this lookup.
func search(stub shim.ChaincodeStubInterface, lookup []string, page string, limit int) (any, error) {
	rowsBegin, err := stub.CreateCompositeKey(lookupType, lookup)
	if err != nil {
		return nil, err
	}
	if page != "" && !strings.HasPrefix(page, rowsBegin) {
		return nil, refuse(statusInvalid, "page: not one that this lookup gave")
	}
	rows, meta, err := stub.GetStateByPartialCompositeKeyWithPagination(lookupType, lookup, int32(limit), page)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // the peer is told; there is nothing to do if it is not
	found := Found{Keys: []string{}, Next: meta.GetBookmark()}
	for rows.HasNext() {
		row, err := rows.Next()
		if err != nil {
			return nil, err
		}
		_, parts, err := stub.SplitCompositeKey(row.Key)
		if err != nil {
			return nil, err
		}
		found.Keys = append(found.Keys, parts[len(parts)-1])
	}
	return found, nil
}
