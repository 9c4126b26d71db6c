package records

import (
	"slices"

	"github.com/hyperledger/fabric-chaincode-go/v2/pkg/cid"
	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
)

// Appended is the answer to a write, and the payload of the event of its name.
type Appended struct {
	Key    string `json:"key"`
	Number uint64 `json:"version"`
	Tx     string `json:"tx"`
}

// EventName is what an append sets. A transaction has one event, and one append.
const EventName = "append"

func (c *Chaincode) append(stub shim.ChaincodeStubInterface, args [][]byte) (any, error) {
	w, err := readWrite(args)
	if err != nil {
		return nil, err
	}
	if w.version.MSP, err = c.writer(stub); err != nil {
		return nil, err
	}
	if w.version.Time, err = now(stub); err != nil {
		return nil, err
	}
	w.version.Tx = stub.GetTxID()
	h, err := readHead(stub, w.version.Key)
	if err != nil {
		return nil, err
	}
	if err := h.follow(w); err != nil {
		return nil, err
	}
	return w.put(stub, h)
}

// proposed is a write that is not yet held against the ledger.
type proposed struct {
	version Version
	expect  uint64
	lookups []Lookup
}

func readWrite(args [][]byte) (w proposed, err error) {
	if w.version.Key, err = readKey("key", args[0]); err != nil {
		return w, err
	}
	if w.expect, err = readNumber("expect", args[1]); err != nil {
		return w, err
	}
	if w.version.Body = args[2]; len(args[2]) == 0 {
		return w, refuse(statusInvalid, "body: empty")
	}
	if len(args[2]) > MaxBody {
		return w, refuse(statusTooLarge, "body: %d bytes, at most %d are taken", len(args[2]), MaxBody)
	}
	if len(args) > 3 {
		w.lookups, err = readLookups(args[3])
	}
	return w, err
}

// writer gives the MSP of who submitted, if this organisation endorses what its members write.
func (c *Chaincode) writer(stub shim.ChaincodeStubInterface) (string, error) {
	msp, err := cid.GetMSPID(stub)
	if err != nil {
		return "", err
	}
	if len(c.writers) > 0 && !slices.Contains(c.writers, msp) {
		return "", refuse(statusForbidden, "members of %s may not write here", msp)
	}
	return msp, nil
}

// follow moves the head on to a write, which must be the next version, by the organisation that wrote the first.
func (h *head) follow(w proposed) error {
	if h.Number != w.expect {
		return refuse(statusConflict, "the key stands at version %d, not %d", h.Number, w.expect)
	}
	if h.Number == 0 {
		h.MSP = w.version.MSP
	}
	if h.MSP != w.version.MSP {
		return refuse(statusForbidden, "the key is one of %s", h.MSP)
	}
	h.Number++
	return nil
}

// put writes a version, the head that it moved, and those lookups that do not lead to the key yet. A lookup is under the
// time of the write, so that keys are found in the order in which they came, and that writers of different keys never
// read what another one writes.
func (w proposed) put(stub shim.ChaincodeStubInterface, h head) (*Appended, error) {
	w.version.Number = h.Number
	if err := write(stub, w.version, versionType, w.version.Key, spell(h.Number)); err != nil {
		return nil, err
	}
	for _, l := range w.lookups {
		if slices.Contains(h.Lookups, l) {
			continue
		}
		if h.Lookups = append(h.Lookups, l); len(h.Lookups) > MaxLookups {
			return nil, refuse(statusInvalid, "lookups: with those of earlier versions more than %d", MaxLookups)
		}
		if err := write(stub, struct{}{}, lookupType, l.Name, l.Value, w.version.Time, w.version.Key); err != nil {
			return nil, err
		}
	}
	if err := write(stub, h, headType, w.version.Key); err != nil {
		return nil, err
	}
	return w.tell(stub)
}

func (w proposed) tell(stub shim.ChaincodeStubInterface) (*Appended, error) {
	done := &Appended{w.version.Key, w.version.Number, w.version.Tx}
	payload, err := encode(done)
	if err != nil {
		return nil, err
	}
	return done, stub.SetEvent(EventName, payload)
}
