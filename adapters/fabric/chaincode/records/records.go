// Package records is the reference chaincode: versions of records that are appended and never altered, and lookups that
// lead to them.
//
//	append KEY EXPECT BODY [LOOKUPS]   writes version EXPECT+1 of a key, if EXPECT is its newest version (0: none)
//	get KEY [VERSION]                  one version, the newest by default
//	versions KEY AFTER LIMIT           the versions above AFTER, oldest first
//	find NAME VALUE PAGE LIMIT         the keys that were written with a lookup, in the order in which they came
//	history KEY                        which transaction brought which version, as the peer's own history has it
//
// A body is bytes of any kind. LOOKUPS is a JSON list of {"name","value"}. What is refused has a status: 400 what can
// never succeed, 403 a writer who may not, 404 what is absent, 409 a version that is not the next, 413 what is too large.
//
// A write depends on nothing but the ledger and the transaction, so that every peer endorses the same. Two writers of
// one version read the same head, and the channel's validation lets one of them pass.
package records

import (
	"log"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
)

// Chaincode answers the peers. Safe for concurrent use: what it knows is on the ledger.
type Chaincode struct {
	writers []string
}

// New makes the chaincode of an organisation that endorses what members of the MSPs in writers append; of every MSP,
// where there is none. Each organisation says so for itself, and the endorsement policy says how many must agree.
func New(writers []string) *Chaincode { return &Chaincode{writers: writers} }

// Init does nothing: there is nothing to prepare, and what upgrades the chaincode leaves the records as they are.
func (c *Chaincode) Init(shim.ChaincodeStubInterface) *peer.Response { return shim.Success(nil) }

// Invoke plays the function that the first argument names.
func (c *Chaincode) Invoke(stub shim.ChaincodeStubInterface) *peer.Response {
	payload, err := c.play(stub)
	if err == nil {
		return shim.Success(payload)
	}
	r := asRefusal(err)
	if r.status >= 500 {
		log.Printf("transaction %s: %v", stub.GetTxID(), err)
	}
	return &peer.Response{Status: r.status, Message: r.message}
}

type function struct {
	least, most int // arguments
	play        func(c *Chaincode, stub shim.ChaincodeStubInterface, args [][]byte) (answer any, err error)
}

var functions = map[string]function{
	"append":   {3, 4, (*Chaincode).append},
	"get":      {1, 2, get},
	"versions": {3, 3, versions},
	"find":     {4, 4, find},
	"history":  {1, 1, history},
}

func (c *Chaincode) play(stub shim.ChaincodeStubInterface) ([]byte, error) {
	args := stub.GetArgs()
	if len(args) == 0 {
		return nil, refuse(statusInvalid, "no function is named")
	}
	name, args := string(args[0]), args[1:]
	f, ok := functions[name]
	if !ok {
		return nil, refuse(statusInvalid, "function %.40q: there are append, get, versions, find and history", name)
	}
	if len(args) < f.least || len(args) > f.most {
		return nil, refuse(statusInvalid, "%s: %d arguments, from %d to %d are taken", name, len(args), f.least, f.most)
	}
	answer, err := f.play(c, stub, args)
	if err != nil {
		return nil, err
	}
	return encode(answer)
}
