// Package account signs Ethereum transactions with one account's key. The key is behind crypto.Signer, so that it may as
// well lie in a hardware module or a key service: what such a signer gives is made into Ethereum's form here.
package account

import (
	"crypto"
	"crypto/ecdsa"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	ethcrypto "github.com/ethereum/go-ethereum/crypto"
)

// Account is one account's key and address. It is safe for concurrent use if its signer is.
type Account struct {
	signer  crypto.Signer
	public  []byte // uncompressed
	Address common.Address
}

// New makes an account of a signer with a key on secp256k1. A signer of another kind can sign no transaction.
func New(signer crypto.Signer) (*Account, error) {
	public, ok := signer.Public().(*ecdsa.PublicKey)
	if !ok || public.Curve == nil || public.Curve.Params().N.Cmp(ethcrypto.S256().Params().N) != 0 {
		return nil, fmt.Errorf("a key of type %T cannot sign Ethereum transactions: it must be one of ECDSA on secp256k1", signer.Public())
	}
	return &Account{signer, ethcrypto.FromECDSAPub(public), ethcrypto.PubkeyToAddress(*public)}, nil
}

// Sign signs a transaction for a chain.
func (a *Account) Sign(tx *types.Transaction, chain *big.Int) (*types.Transaction, error) {
	by := types.LatestSignerForChainID(chain)
	digest := by.Hash(tx)
	der, err := a.signer.Sign(nil, digest[:], crypto.Hash(0))
	if err != nil {
		return nil, fmt.Errorf("sign a transaction: %w", err)
	}
	sig, err := a.recoverable(digest[:], der)
	if err != nil {
		return nil, err
	}
	return tx.WithSignature(by, sig)
}

// lower reads an ASN.1 signature into r and the lower s, with room for the bit.
func lower(der []byte) ([]byte, error) {
	order := ethcrypto.S256().Params().N
	within := func(n *big.Int) bool { return n != nil && n.Sign() > 0 && n.Cmp(order) < 0 }
	var rs struct{ R, S *big.Int }
	if rest, err := asn1.Unmarshal(der, &rs); err != nil || len(rest) > 0 || !within(rs.R) || !within(rs.S) {
		return nil, errors.New("the signer gave no ECDSA signature")
	}
	if rs.S.Cmp(new(big.Int).Rsh(order, 1)) > 0 {
		rs.S.Sub(order, rs.S)
	}
	sig := make([]byte, ethcrypto.SignatureLength)
	rs.R.FillBytes(sig[:32])
	rs.S.FillBytes(sig[32:64])
	return sig, nil
}

// recoverable turns an ASN.1 signature into r, s and the bit by which the key is recovered from it. Of the two values of s
// that verify, Ethereum takes the lower.
func (a *Account) recoverable(digest, der []byte) ([]byte, error) {
	sig, err := lower(der)
	if err != nil {
		return nil, err
	}
	for v := range byte(2) {
		sig[64] = v
		if found, err := ethcrypto.Ecrecover(digest, sig); err == nil && string(found) == string(a.public) {
			return sig, nil
		}
	}
	return nil, errors.New("the signer's signature is not by its own key")
}
