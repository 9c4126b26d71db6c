package key_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

func newSigner(t *testing.T) ed25519.PrivateKey {
	t.Helper()
	s, err := key.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASignerComesBackFromItsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "signing.pem")
	s := newSigner(t)
	if err := key.SaveSigner(path, s); err != nil {
		t.Fatal(err)
	}
	back, err := key.LoadSigner(path)
	if err != nil || !s.Equal(back) {
		t.Errorf("got another key, or %v", err)
	}
	wantMode(t, path)
}

func TestALookupKeyComesBackFromItsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lookup.pem")
	k, err := key.NewLookup()
	if err != nil {
		t.Fatal(err)
	}
	if err := key.SaveLookup(path, k); err != nil {
		t.Fatal(err)
	}
	back, err := key.LoadLookup(path)
	if err != nil || !back.Equal(k) {
		t.Errorf("got another key, or %v", err)
	}
	wantMode(t, path)
}

func wantMode(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
}

func TestSavingNeverOverwrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "signing.pem")
	first := newSigner(t)
	if err := key.SaveSigner(path, first); err != nil {
		t.Fatal(err)
	}
	if err := key.SaveSigner(path, newSigner(t)); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	if back, err := key.LoadSigner(path); err != nil || !first.Equal(back) {
		t.Errorf("the first key is gone: %v", err)
	}
}

// write puts a key of any kind into a file, as openssl would.
func write(t *testing.T, k any) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return file(t, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

func file(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadingRefusesOtherKinds(t *testing.T) {
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	agreement, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, k := range map[string]any{"ECDSA": p256, "X25519": agreement} {
		if got, err := key.LoadSigner(write(t, k)); !errors.Is(err, key.ErrKind) {
			t.Errorf("%s as a signer: got %v, %v", name, got, err)
		}
	}
	for name, k := range map[string]any{"ECDSA": p256, "Ed25519": newSigner(t)} {
		if got, err := key.LoadLookup(write(t, k)); !errors.Is(err, key.ErrKind) {
			t.Errorf("%s as a lookup key: got %v, %v", name, got, err)
		}
	}
}

func TestSavingRefusesOtherKinds(t *testing.T) {
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := key.SaveSigner(filepath.Join(t.TempDir(), "a"), p256); !errors.Is(err, key.ErrKind) {
		t.Errorf("got %v", err)
	}
	agreement, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := key.SaveLookup(filepath.Join(t.TempDir(), "a"), agreement); !errors.Is(err, key.ErrKind) {
		t.Errorf("got %v", err)
	}
	if got, err := key.DID(p256); !errors.Is(err, key.ErrKind) {
		t.Errorf("got %v, %v", got, err)
	}
}

// What is in a broken file may be a key all the same, so no error repeats it.
func TestLoadingRefusesBrokenFilesWithoutQuotingThem(t *testing.T) {
	good, err := os.ReadFile(write(t, newSigner(t)))
	if err != nil {
		t.Fatal(err)
	}
	secret := strings.Split(string(good), "\n")[1]
	for name, data := range map[string][]byte{
		"nothing":       nil,
		"no PEM":        []byte(secret),
		"cut":           good[:len(good)-40],
		"another block": bytes.ReplaceAll(good, []byte("PRIVATE"), []byte("PUBLIC")),
		"no PKCS#8":     pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte(secret)}),
		"far too long":  append(bytes.Repeat([]byte("x"), 1<<20), good...),
	} {
		got, err := key.LoadSigner(file(t, data))
		if err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
	if _, err := key.LoadSigner(filepath.Join(t.TempDir(), "absent")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestDID(t *testing.T) {
	s := newSigner(t)
	got, err := key.DID(s)
	if public, ok := s.Public().(ed25519.PublicKey); err != nil || !ok || got != did.FromEd25519(public) {
		t.Errorf("got %s, %v", got, err)
	}
}

func Example() {
	signer, err := key.NewSigner()
	if err != nil {
		fmt.Println(err)
		return
	}
	name, err := key.DID(signer)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(name[:len("did:key:z6Mk")])
	// Output: did:key:z6Mk
}
