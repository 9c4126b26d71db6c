package member_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go/msp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"

	"github.com/ftagateway/ftagateway/adapters/fabric/member"
)

// issued is a certificate with its key.
type issued struct {
	cert *x509.Certificate
	key  crypto.Signer
}

var (
	long = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	ca   = x509.Certificate{Subject: pkix.Name{CommonName: "ca"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	leaf = x509.Certificate{Subject: pkix.Name{CommonName: "leaf"}, KeyUsage: x509.KeyUsageDigitalSignature}
)

// issue has an authority certify a key; nil: by itself. All certificates ended long ago.
func issue(t *testing.T, template x509.Certificate, by *issued, key crypto.Signer) *issued {
	t.Helper()
	template.SerialNumber, template.NotBefore, template.NotAfter = big.NewInt(1), long, long.AddDate(1, 0, 0)
	if by == nil {
		by = &issued{&template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, by.cert, key.Public(), by.key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &issued{cert, key}
}

func (i *issued) pem() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: i.cert.Raw}))
}

func (i *issued) identity(t *testing.T) *member.Identity {
	t.Helper()
	id, err := member.Read(serialized(t, "Org1MSP", i.pem()))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func serialized(t *testing.T, mspID, text string) []byte {
	t.Helper()
	raw, err := proto.Marshal(protoadapt.MessageV2Of(&msp.SerializedIdentity{Mspid: mspID, IdBytes: []byte(text)}))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func newKey(t *testing.T, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestAnOrganisationVouchesForItsMembers(t *testing.T) {
	root := issue(t, ca, nil, newKey(t, elliptic.P256()))
	between := issue(t, ca, root, newKey(t, elliptic.P384()))
	direct, below := issue(t, leaf, root, newKey(t, elliptic.P256())), issue(t, leaf, between, newKey(t, elliptic.P256()))
	alone := issue(t, leaf, nil, newKey(t, elliptic.P256()))
	for name, tc := range map[string]struct {
		intermediates string
		member        *issued
		words         string
	}{
		"by a root":                {"", direct, ""},
		"by an intermediate":       {between.pem(), below, ""},
		"without the intermediate": {"", below, "leads to no root of Org1MSP"},
		"by itself":                {"", alone, "leads to no root of Org1MSP"},
		"the root":                 {"", root, "must not be a certificate authority"},
	} {
		a, err := member.ParseAuthorities(root.pem(), tc.intermediates)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Vouch(tc.member.identity(t)); (err == nil) != (tc.words == "") || err != nil && !strings.Contains(err.Error(), tc.words) {
			t.Errorf("%s: %v, want %q", name, err, tc.words)
		}
	}
}

func TestSignatures(t *testing.T) {
	message := []byte("message")
	p256 := newKey(t, elliptic.P256())
	_, private, _ := ed25519.GenerateKey(rand.Reader)
	for name, tc := range map[string]struct {
		key   crypto.Signer
		sign  []byte
		words string
	}{
		"ECDSA":              {p256, sign(t, p256, message, false), ""},
		"ECDSA, the other S": {p256, sign(t, p256, message, true), "half the order"},
		"ECDSA, of another":  {p256, sign(t, newKey(t, elliptic.P256()), message, false), "somebody else"},
		"ECDSA, of nothing":  {p256, nil, "somebody else"},
		"Ed25519":            {private, ed25519.Sign(private, message), ""},
		"Ed25519, of less":   {private, ed25519.Sign(private, message[1:]), "somebody else"},
	} {
		id := issue(t, leaf, nil, tc.key).identity(t)
		if err := id.Signed(message, tc.sign); (err == nil) != (tc.words == "") || err != nil && !strings.Contains(err.Error(), tc.words) {
			t.Errorf("%s: %v, want %q", name, err, tc.words)
		}
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	if err := issue(t, leaf, nil, key).identity(t).Signed(message, nil); err == nil || !strings.Contains(err.Error(), "rsa") {
		t.Errorf("%v: Fabric's members have no RSA keys", err)
	}
}

func sign(t *testing.T, key *ecdsa.PrivateKey, message []byte, high bool) []byte {
	t.Helper()
	sum := sha256.Sum256(message)
	r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	if above := s.Cmp(new(big.Int).Rsh(key.Params().N, 1)) > 0; above != high {
		s.Sub(key.Params().N, s)
	}
	der, err := asn1.Marshal(struct{ R, S *big.Int }{r, s})
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestWhatIsNoMemberIsTold(t *testing.T) {
	good := issue(t, leaf, nil, newKey(t, elliptic.P256())).pem()
	for words, raw := range map[string][]byte{
		"cannot be read": {0xff},
		"names no MSP":   serialized(t, "", good),
		"not PEM":        serialized(t, "Org1MSP", "x"),
		"x509":           serialized(t, "Org1MSP", "-----BEGIN CERTIFICATE-----\neA==\n-----END CERTIFICATE-----\n"),
	} {
		if _, err := member.Read(raw); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%v, want %q", err, words)
		}
	}
	if _, err := member.ParseAuthorities(good+"x", ""); err == nil || !strings.Contains(err.Error(), "roots: not certificates") {
		t.Errorf("%v: something stands after the certificate", err)
	}
}
