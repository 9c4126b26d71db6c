package command

import (
	"crypto/ecdh"
	"strings"

	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

const didPrefix = "did:key:"

// signerDID is the did:key of somebody who signs: written out, or that of a key file.
func signerDID(value string) (string, error) {
	if strings.HasPrefix(value, didPrefix) {
		if _, err := did.Ed25519(value); err != nil {
			return "", exit(ExitUsage, err)
		}
		return value, nil
	}
	signer, err := key.LoadSigner(value)
	if err != nil {
		return "", exit(ExitUsage, err)
	}
	return key.DID(signer)
}

// lookupOf is the public half of a lookup key: written out as did:key, or that of a key file.
func lookupOf(value string) (*ecdh.PublicKey, error) {
	if strings.HasPrefix(value, didPrefix) {
		return did.X25519(value)
	}
	own, err := key.LoadLookup(value)
	if err != nil {
		return nil, err
	}
	return own.PublicKey(), nil
}
