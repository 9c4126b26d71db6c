package fabric

import (
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"testing"

	"github.com/hyperledger/fabric-protos-go/peer"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

func selfSigned(t *testing.T, public, private any) []byte {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// TestSignaturesOfEitherKind: Fabric 3 takes Ed25519 beside ECDSA, over the message and not its hash.
func TestSignaturesOfEitherKind(t *testing.T) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	certificate, message := selfSigned(t, public, private), []byte("message")
	if err := checkSignature(certificate, message, ed25519.Sign(private, message)); err != nil {
		t.Error(err)
	}
	if err := checkSignature(certificate, []byte("another"), ed25519.Sign(private, message)); err == nil {
		t.Error("a signature over something else holds")
	}
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	if err := checkSignature(selfSigned(t, other.Public(), other), message, []byte("x")); err == nil {
		t.Error("Fabric has no RSA")
	}
	if err := checkSignature([]byte(elliptic.P256().Params().Name), message, nil); err == nil {
		t.Error("no certificate at all")
	}
}

// TestToWriteNothingIsToDelete: so the peers have it, whatever the write itself says.
func TestToWriteNothingIsToDelete(t *testing.T) {
	c, d := newBlocks(t), plain(t)
	d.mustAdd(t, c.block([][]byte{c.transaction("t1", "cc", put("k", "one"))}), c.block([][]byte{c.transaction("t2", "cc", put("k", ""))}))
	if e, err := d.version("k", 2); err != nil || e == nil || !e.Deleted {
		t.Errorf("%+v, %v", e, err)
	}
}

// TestWhatIsValidMustBeReadable: a valid transaction that was passed over could be a version that is missed.
func TestWhatIsValidMustBeReadable(t *testing.T) {
	for flag, want := range map[peer.TxValidationCode]driver.Code{
		peer.TxValidationCode_VALID:       driver.Corrupt,
		peer.TxValidationCode_BAD_PAYLOAD: "",
	} {
		c, d := newBlocks(t), plain(t)
		if err := d.add(c.block([][]byte{[]byte("no envelope")}, flag)); driver.CodeOf(err) != want {
			t.Errorf("%s: %v, want %q", flag, err, want)
		}
	}
}
