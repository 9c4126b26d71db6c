package fabric

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/msp"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// creatorOf reads who sent a transaction, and checks the signature over all of it.
func creatorOf(e *common.Envelope, creator []byte) (a driver.Author, doubt string) {
	var id msp.SerializedIdentity
	if err := decode(creator, &id); err != nil {
		return a, "the transaction does not name its creator"
	}
	a = authorOf(id.Mspid, id.IdBytes)
	if err := checkSignature(id.IdBytes, e.Payload, e.Signature); err != nil {
		return a, "the creator's signature over the transaction does not hold: " + err.Error()
	}
	return a, ""
}

func checkSignature(certificate, message, signature []byte) error {
	c, err := parseCertificate(certificate)
	if err != nil {
		return fmt.Errorf("certificate: %w", err)
	}
	var holds bool
	switch key := c.PublicKey.(type) {
	case *ecdsa.PublicKey:
		sum := sha256.Sum256(message)
		holds = ecdsa.VerifyASN1(key, sum[:], signature)
	case ed25519.PublicKey: // since Fabric 3
		holds = ed25519.Verify(key, message, signature)
	default:
		return fmt.Errorf("a key of type %T is none that Fabric signs with", key)
	}
	if !holds {
		return errors.New("it was made over something else, or by somebody else")
	}
	return nil
}
