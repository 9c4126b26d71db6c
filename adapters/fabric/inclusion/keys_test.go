package inclusion_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go/msp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"
)

func encode(t testing.TB, m protoadapt.MessageV1) []byte {
	t.Helper()
	raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(protoadapt.MessageV2Of(m))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func decode(t testing.TB, raw []byte, into protoadapt.MessageV1) {
	t.Helper()
	if err := proto.Unmarshal(raw, protoadapt.MessageV2Of(into)); err != nil {
		t.Fatal(err)
	}
}

// signer is a member of an organisation with its key.
type signer struct {
	msp      string
	identity []byte
	key      *ecdsa.PrivateKey
}

// sign signs as Fabric does, with the lower S.
func (s signer) sign(t testing.TB, message []byte) []byte { return s.signature(t, message, false) }

func (s signer) signature(t testing.TB, message []byte, high bool) []byte {
	t.Helper()
	sum := sha256.Sum256(message)
	r, v, err := ecdsa.Sign(rand.Reader, s.key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	n := s.key.Params().N
	if above := v.Cmp(new(big.Int).Rsh(n, 1)) > 0; above != high {
		v.Sub(n, v)
	}
	der, err := asn1.Marshal(struct{ R, S *big.Int }{r, v})
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// authority is an organisation's certificate authority.
type authority struct {
	msp  string
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
	pem  string
}

func newAuthority(t testing.TB, mspID string) *authority {
	a := &authority{msp: mspID, key: newKey(t)}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: mspID}, NotBefore: began,
		NotAfter: began.AddDate(10, 0, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	a.cert, a.pem = certify(t, template, template, a.key, a.key)
	return a
}

// began is long ago: an organisation's certificates have ended when its proofs are looked at again.
var began = time.Date(2001, 1, 2, 3, 4, 5, 0, time.UTC)

// member gives a key and a certificate for a year, with a role.
func (a *authority) member(t testing.TB, role string) signer {
	key := newKey(t)
	template := &x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: began, NotAfter: began.AddDate(1, 0, 0),
		Subject: pkix.Name{CommonName: role, OrganizationalUnit: []string{role}}, KeyUsage: x509.KeyUsageDigitalSignature}
	_, text := certify(t, template, a.cert, key, a.key)
	return signer{a.msp, encode(t, &msp.SerializedIdentity{Mspid: a.msp, IdBytes: []byte(text)}), key}
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func certify(t testing.TB, template, parent *x509.Certificate, key, by *ecdsa.PrivateKey) (*x509.Certificate, string) {
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), by)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// self is the authority as if it were a member.
func (a *authority) self(t testing.TB) signer {
	return signer{a.msp, encode(t, &msp.SerializedIdentity{Mspid: a.msp, IdBytes: []byte(a.pem)}), a.key}
}

// readSigner reads a member's certificate and key from a folder as cryptogen makes it.
func readSigner(t testing.TB, mspID, folder string) signer {
	t.Helper()
	return signerOf(t, mspID, only(t, filepath.Join(folder, "msp/signcerts/*.pem")), only(t, filepath.Join(folder, "msp/keystore/*")))
}

func signerOf(t testing.TB, mspID string, cert, private []byte) signer {
	t.Helper()
	block, _ := pem.Decode(private)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return signer{mspID, encode(t, &msp.SerializedIdentity{Mspid: mspID, IdBytes: cert}), key.(*ecdsa.PrivateKey)}
}

func only(t testing.TB, pattern string) []byte {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) != 1 {
		t.Fatalf("%s: %v, %v", pattern, names, err)
	}
	text, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return text
}
