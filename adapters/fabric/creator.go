package fabric

import (
	"github.com/hyperledger/fabric-protos-go/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/member"
)

// creatorOf reads who sent a transaction, and checks the signature over all of it. Whether an organisation vouches for
// the creator is found by a proof, which has anchors.
func creatorOf(e *common.Envelope, creator []byte) (a driver.Author, doubt string) {
	id, err := member.Read(creator)
	if err != nil {
		return a, "the transaction does not name its creator: " + err.Error()
	}
	if err := id.Signed(e.Payload, e.Signature); err != nil {
		return authorOf(id), "the creator's signature over the transaction does not hold: " + err.Error()
	}
	return authorOf(id), ""
}

// authorOf names a member: the MSP, and which certificate of it.
func authorOf(id *member.Identity) driver.Author {
	return driver.Author{Kind: "x509", ID: id.ID(), Evidence: id.PEM}
}
