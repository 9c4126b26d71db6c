package records

import (
	"encoding/json"
	"fmt"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
)

// What stands on the ledger, each under a composite key:
//
//	head    KEY                      where the key stands
//	version KEY, NUMBER              one version, written once
//	lookup  NAME, VALUE, TIME, KEY   that the lookup leads to the key, since then
const (
	headType    = "head"
	versionType = "version"
	lookupType  = "lookup"
)

// Version is one version of a key, as it is kept and as it is answered.
type Version struct {
	Key    string `json:"key"`
	Number uint64 `json:"version"`
	Tx     string `json:"tx"`
	Time   string `json:"time"` // as the submitter's clock had it: every peer must endorse the same
	MSP    string `json:"msp"`  // of the submitter
	Body   []byte `json:"body"` // base64 in JSON
}

// head says where a key stands.
type head struct {
	Number  uint64   `json:"version"`
	MSP     string   `json:"msp"` // of who wrote version 1, and only writes on
	Lookups []Lookup `json:"lookups,omitempty"`
}

// Lookup leads from a value to the keys that were written with it.
type Lookup struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// instant spells a time so that texts are in the order of times.
const instant = "2006-01-02T15:04:05.000000000Z"

func now(stub shim.ChaincodeStubInterface) (string, error) {
	t, err := stub.GetTxTimestamp()
	if err != nil {
		return "", err
	}
	if err := t.CheckValid(); err != nil {
		return "", refuse(statusInvalid, "the transaction's time: %v", err)
	}
	return t.AsTime().Format(instant), nil
}

// readHead reads where a key stands; version 0 if it was never written.
func readHead(stub shim.ChaincodeStubInterface, key string) (head, error) {
	var h head
	_, err := read(stub, &h, headType, key)
	return h, err
}

func readVersion(stub shim.ChaincodeStubInterface, key string, number uint64) (Version, error) {
	var v Version
	ok, err := read(stub, &v, versionType, key, spell(number))
	if err == nil && !ok {
		err = refuse(statusAbsent, "there is no version %d of this key", number)
	}
	return v, err
}

// spell writes a number so that texts are in the order of numbers.
func spell(number uint64) string { return fmt.Sprintf("%020d", number) }

func read(stub shim.ChaincodeStubInterface, into any, objectType string, attributes ...string) (bool, error) {
	key, err := stub.CreateCompositeKey(objectType, attributes)
	if err != nil {
		return false, err
	}
	value, err := stub.GetState(key)
	if err != nil || value == nil {
		return false, err
	}
	if err := json.Unmarshal(value, into); err != nil {
		return false, fmt.Errorf("the state of a %s cannot be read: %w", objectType, err)
	}
	return true, nil
}

func write(stub shim.ChaincodeStubInterface, value any, objectType string, attributes ...string) error {
	key, err := stub.CreateCompositeKey(objectType, attributes)
	if err != nil {
		return err
	}
	encoded, err := encode(value)
	if err != nil {
		return err
	}
	return stub.PutState(key, encoded)
}

// encode writes fields in the order of the type: every peer must endorse the same bytes.
func encode(value any) ([]byte, error) { return json.Marshal(value) }
