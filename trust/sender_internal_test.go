package trust

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"testing"

	"github.com/ftagateway/ftagateway/model"
)

// FuzzSender: whatever a chain hands over as a certificate, its name counts only where the account names its digest.
func FuzzSender(f *testing.F) {
	f.Add("Org1MSP", []byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
	f.Add("", []byte{0x30, 0x82})
	f.Fuzz(func(t *testing.T, msp string, certificate []byte) {
		der := certificate
		if block, _ := pem.Decode(certificate); block != nil {
			der = block.Bytes
		}
		sum := sha256.Sum256(der)
		right := Sender{Kind: model.AccountX509, ID: msp + ":" + hex.EncodeToString(sum[:]), Certificate: certificate}
		wrong := right
		wrong.ID = msp + ":" + hex.EncodeToString(sum[1:])
		if n := len(right.names()); n != 1 && n != 2 {
			t.Errorf("%d names", n)
		}
		if n := len(wrong.names()); n != 1 {
			t.Errorf("a certificate that the account does not name gives %d names", n)
		}
	})
}
