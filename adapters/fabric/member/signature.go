package member

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
)

var errNotSigned = errors.New("it was made over something else, or by somebody else")

// Signed checks that the member signed the message: ECDSA over its SHA-256, or Ed25519, which is there since Fabric 3. It
// does not say that an organisation vouches for the member.
func (i *Identity) Signed(message, signature []byte) error {
	switch key := i.cert.PublicKey.(type) {
	case *ecdsa.PublicKey:
		return signedByECDSA(key, message, signature)
	case ed25519.PublicKey:
		if !ed25519.Verify(key, message, signature) {
			return errNotSigned
		}
		return nil
	default:
		return fmt.Errorf("the network knows no signatures by a %T", key)
	}
}

// signedByECDSA takes of the two values that S may have only the lower one, as Fabric does: with the other the same
// signature would come in two spellings, and a transaction in two.
func signedByECDSA(key *ecdsa.PublicKey, message, signature []byte) error {
	sum := sha256.Sum256(message)
	if !ecdsa.VerifyASN1(key, sum[:], signature) {
		return errNotSigned
	}
	var s struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(signature, &s); err != nil {
		return errNotSigned
	}
	if half := new(big.Int).Rsh(key.Params().N, 1); s.S.Cmp(half) > 0 {
		return errors.New("its S is above half the order of the curve, which Fabric does not take")
	}
	return nil
}
