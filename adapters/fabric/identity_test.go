package fabric_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// authority is an organisation's certificate authority.
type authority struct {
	certificate *x509.Certificate
	key         any
}

// authorityOf takes the authority of a network's first organisation, whose key cryptogen left in the folder.
func (n *running) authority(t *testing.T) authority {
	t.Helper()
	folder := filepath.Join(n.data, "crypto", "peerOrganizations", "org1.example.com", "ca")
	certificate, err := x509.ParseCertificate(pemIn(t, folder, "*-cert.pem"))
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.ParsePKCS8PrivateKey(pemIn(t, folder, "*_sk"))
	if err != nil {
		t.Fatal(err)
	}
	return authority{certificate, key}
}

func pemIn(t *testing.T, folder, pattern string) []byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v of %s in %s, %v", files, pattern, folder, err)
	}
	text, err := os.ReadFile(files[0])
	block, _ := pem.Decode(text)
	if err != nil || block == nil {
		t.Fatal(err, files[0], "is not PEM")
	}
	return block.Bytes
}

// issue makes a wallet's identity whose certificate ends at a time. Without an authority it vouches for itself.
func issue(t *testing.T, by *authority, msp string, until time.Time) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), KeyUsage: x509.KeyUsageDigitalSignature, BasicConstraintsValid: true,
		Subject:   pkix.Name{CommonName: "clerk@org1.example.com", OrganizationalUnit: []string{"client"}},
		NotBefore: until.Add(-time.Hour), NotAfter: until,
	}
	if by == nil {
		by = &authority{template, key}
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, by.certificate, key.Public(), by.key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]any{"type": "X.509", "version": 1, "mspId": msp, "credentials": map[string]string{
		"certificate": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})),
		"privateKey":  string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// member is an identity of no authority.
func member(t *testing.T, msp string) string { return issue(t, nil, msp, time.Now().Add(time.Hour)) }

// TestNetworkIdentityRenewed begins with a certificate that has ended, which the network refuses; with a new one in the
// wallet the same ledger reads and writes. A wallet that is broken afterwards changes nothing.
func TestNetworkIdentityRenewed(t *testing.T) {
	n, kv := theNetwork(t, "FTA_FABRIC"), newStore(t)
	by := n.authority(t)
	n.wallet = t.TempDir()
	file := filepath.Join(n.wallet, "User1.id")
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(issue(t, &by, "Org1MSP", time.Now().Add(-time.Minute)))
	l, err := n.open(t.Context(), kv.Sub("x"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Head(t.Context()); driver.CodeOf(err) != driver.PermissionDenied || !strings.Contains(err.Error(), "expired") {
		t.Errorf("%v, want %s and why", err, driver.PermissionDenied)
	}
	put(issue(t, &by, "Org1MSP", time.Now().Add(time.Hour)))
	if r, err := l.Append(t.Context(), newWrite()); err != nil || r.State != driver.Finally {
		t.Fatalf("%+v, %v: with the new certificate", r, err)
	}
	for _, text := range []string{"{", issue(t, &by, "Org1MSP", time.Now().Add(-time.Minute))} {
		put(text)
		if _, err := l.Head(t.Context()); err != nil {
			t.Errorf("%v: the connection that was there still works", err)
		}
	}
	before := authorOfNewest(t.Context(), t, l)
	put(issue(t, &by, "Org1MSP", time.Now().Add(2*time.Hour)))
	if after := authorOfNewest(t.Context(), t, l); after.ID == before.ID {
		t.Errorf("%s still signs what another certificate stands for now", after.ID)
	}
}

// authorOfNewest writes, and answers as whom.
func authorOfNewest(ctx context.Context, t *testing.T, l driver.Ledger) driver.Author {
	t.Helper()
	w := newWrite()
	if r, err := l.Append(ctx, w); err != nil || r.State != driver.Finally {
		t.Fatalf("%+v, %v", r, err)
	}
	e, err := l.Get(ctx, driver.Ref{Key: w.Key})
	if err != nil {
		t.Fatal(err)
	}
	return e.Author
}
