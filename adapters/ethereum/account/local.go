package account

import (
	"crypto"
	"crypto/ecdsa"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	ethcrypto "github.com/ethereum/go-ethereum/crypto"
)

// local is a key in this process. It prints as nothing.
type local struct{ key *ecdsa.PrivateKey }

// Local makes a signer of a key in this process.
func Local(key *ecdsa.PrivateKey) crypto.Signer { return local{key} }

// String keeps the key out of logs.
func (local) String() string { return "an account's key" }

// GoString keeps the key out of logs.
func (local) GoString() string { return "an account's key" }

// Public gives the public key.
func (l local) Public() crypto.PublicKey { return &l.key.PublicKey }

// Sign gives an ASN.1 signature, deterministic as RFC 6979 has it.
func (l local) Sign(_ io.Reader, digest []byte, _ crypto.SignerOpts) ([]byte, error) {
	sig, err := ethcrypto.Sign(digest, l.key)
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:64])})
}

// maxKeystore bounds a keystore file: one has about 500 bytes.
const maxKeystore = 64 << 10

// FromKeystore decrypts a keystore file (Web3 secret storage) with the password that an environment variable has.
func FromKeystore(file, passwordEnv string) (crypto.Signer, error) {
	password, ok := os.LookupEnv(passwordEnv)
	if !ok {
		return nil, fmt.Errorf("signer.passwordEnv: the environment variable %q must have the keystore's password", passwordEnv)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("signer.keystore: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxKeystore+1))
	if err != nil || len(data) > maxKeystore {
		return nil, errors.Join(fmt.Errorf("signer.keystore %q: must be a file of at most %d bytes", file, maxKeystore), err)
	}
	key, err := keystore.DecryptKey(data, password)
	if err != nil {
		return nil, fmt.Errorf("signer.keystore %q: %w", file, err)
	}
	return Local(key.PrivateKey), nil
}

// FromEnvironment reads the key that an environment variable has, in hexadecimal. Its text is in no error.
func FromEnvironment(name string) (crypto.Signer, error) {
	text, ok := os.LookupEnv(name)
	if !ok {
		return nil, fmt.Errorf("signer.keyEnv: the environment variable %q must have a private key", name)
	}
	key, err := ethcrypto.HexToECDSA(strings.TrimPrefix(strings.TrimSpace(text), "0x"))
	if err != nil {
		return nil, fmt.Errorf("signer.keyEnv: the environment variable %q must have 64 hexadecimal digits that are a private key", name)
	}
	return Local(key), nil
}
