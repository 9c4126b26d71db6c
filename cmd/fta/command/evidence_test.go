package command_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// A collection is for the key and the server that were named, until then; so is what stands on it.
func TestCollectionAndAdmission(t *testing.T) {
	dir := t.TempDir()
	root, filer, reader := filepath.Join(dir, "root.pem"), filepath.Join(dir, "filer.pem"), filepath.Join(dir, "reader.pem")
	ok(t, "keygen", root)
	filerID, readerID := ok(t, "keygen", filer), ok(t, "keygen", reader)
	made := ok(t, "evidence", "collection", "--root", root, "--base-url", "https://evidence.example", "--issuer", filer, "--until", "2099-12-31")
	c := parse(t, made)
	if c.Controller != filerID || c.Expires.Format(time.RFC3339) != "2099-12-31T00:00:00Z" {
		t.Errorf("for %s until %s", c.Controller, c.Expires)
	}
	file := save(t, dir, "collection.json", made)
	a := parse(t, ok(t, "evidence", "admit", "--collection", file, "--key", filer, "--reader", readerID))
	if a.Controller != readerID || a.Parent != c.ID || !a.Expires.Equal(c.Expires) || len(a.Actions) != 1 {
		t.Errorf("%+v", a)
	}
	admit := []string{"evidence", "admit", "--collection", file, "--reader", reader, "--key"}
	run(t, append(admit, root)...).want(t, command.ExitUsage, "the admission is refused:", "must be the parent's controller")
	run(t, append(admit, filer, "--until", "2100-01-01T00:00:00Z")...).want(t, command.ExitUsage, "/expires", "must not be after the parent's")
	run(t, append(admit, filer, "--gateway", "http://127.0.0.1:1")...).want(t, command.ExitUndetermined, "does not answer", c.ID)
}

func parse(t testing.TB, text string) *capability.Capability {
	t.Helper()
	c, err := capability.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A gateway takes only what is for its own key.
func TestHandOverToAnotherKey(t *testing.T) {
	w, dir := theWorld(t), t.TempDir()
	filer := filepath.Join(dir, "filer.pem")
	ok(t, "keygen", filer)
	collection := save(t, dir, "collection.json", ok(t, "evidence", "collection", "--root", filer, "--base-url", "http://127.0.0.1:1", "--issuer", filer))
	run(t, w.at("evidence", "admit", "--collection", collection, "--key", filer, "--reader", filer)...).want(t, command.ExitUsage, "/controller")
	run(t, w.at("evidence", "admit", "--collection", collection, "--key", filer, "--reader", w.key("cbp-capability"))...).want(t, command.ExitOK, "handed over")
}

// With a certificate, a node and an evidence server speak https, and say so.
func TestHTTPS(t *testing.T) {
	dir := t.TempDir()
	roots := certify(t, dir)
	https := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DisableKeepAlives: true}}
	root := filepath.Join(dir, "root.pem")
	ok(t, "keygen", root)
	secure := []string{"--listen", "127.0.0.1:0", "--tls-cert", filepath.Join(dir, "server.crt"), "--tls-key", filepath.Join(dir, "server.key")}

	var e struct{ BaseURL, Address string }
	started(t, &e, append(secure, "evidence", "--data", filepath.Join(dir, "evidence"), "--root", root)...)
	var n struct{ Address, Ledger, TargetNode string }
	started(t, &n, append(secure, "node", "--home", filepath.Join(dir, "node"), "--approved", root)...)
	for _, url := range []string{e.BaseURL + "/healthz", "https://" + n.Address + "/ledger-agents"} {
		r, err := https.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", url, r.StatusCode)
		}
	}
}

// certify writes server.crt and server.key for this machine, and answers who vouches for them.
func certify(t testing.TB, dir string) *x509.CertPool {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	save(t, dir, "server.crt", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	save(t, dir, "server.key", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})))
	pool := x509.NewCertPool()
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool.AddCert(certificate)
	return pool
}
