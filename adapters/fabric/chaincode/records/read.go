package records

import (
	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
)

func get(_ *Chaincode, stub shim.ChaincodeStubInterface, args [][]byte) (any, error) {
	key, err := readKey("key", args[0])
	if err != nil {
		return nil, err
	}
	var number uint64
	if len(args) > 1 {
		if number, err = readNumber("version", args[1]); err != nil {
			return nil, err
		}
	}
	if number > 0 {
		return readVersion(stub, key, number)
	}
	h, err := standing(stub, key)
	if err != nil {
		return nil, err
	}
	return readVersion(stub, key, h.Number)
}

// standing reads the head of a key that must have been written.
func standing(stub shim.ChaincodeStubInterface, key string) (head, error) {
	h, err := readHead(stub, key)
	if err == nil && h.Number == 0 {
		err = refuse(statusAbsent, "this key was never written")
	}
	return h, err
}

// pageBytes is how large the bodies of a page may be together. One version always fits.
const pageBytes = 8 << 20

func versions(_ *Chaincode, stub shim.ChaincodeStubInterface, args [][]byte) (any, error) {
	key, err := readKey("key", args[0])
	if err != nil {
		return nil, err
	}
	after, err := readNumber("after", args[1])
	if err != nil {
		return nil, err
	}
	limit, err := readLimit(args[2])
	if err != nil {
		return nil, err
	}
	h, err := standing(stub, key)
	if err != nil {
		return nil, err
	}
	page, size := []Version{}, 0
	for after < h.Number && len(page) < limit && size < pageBytes {
		after++
		v, err := readVersion(stub, key, after)
		if err != nil {
			return nil, err
		}
		page, size = append(page, v), size+len(v.Body)
	}
	return page, nil
}
