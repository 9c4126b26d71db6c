package lookup_test

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ftagateway/ftagateway/model/lookup"
)

const ledger = "urn:uuid:0d6cf4a5-6a37-4a8c-9a53-0b7f3f0e6a11"

// vectors are made by testdata/vectors.py, another implementation.
type vectors struct {
	Filer, CBP string
	Cases      []struct {
		FilerCode, Ledger, Number, Lookup string
		Epoch                             int
	}
}

func loadVectors(t testing.TB) (filer, cbp *ecdh.PrivateKey, v vectors) {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return private(t, v.Filer), private(t, v.CBP), v
}

func private(t testing.TB, text string) *ecdh.PrivateKey {
	t.Helper()
	raw, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdh.X25519().NewPrivateKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func generate(t testing.TB) *ecdh.PrivateKey {
	t.Helper()
	key, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// TestGoldenVectors: each side by itself comes to what the other implementation came to.
func TestGoldenVectors(t *testing.T) {
	filer, cbp, v := loadVectors(t)
	if len(v.Cases) == 0 {
		t.Fatal("no vectors")
	}
	for _, c := range v.Cases {
		sides := map[string]struct {
			own   *ecdh.PrivateKey
			other *ecdh.PublicKey
		}{"filer": {filer, cbp.PublicKey()}, "cbp": {cbp, filer.PublicKey()}}
		for name, side := range sides {
			key, err := lookup.Derive(side.own, side.other, c.FilerCode, c.Epoch)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := key.Entry(c.Ledger, c.Number); got != c.Lookup || err != nil {
				t.Errorf("%s, %s in %d: %s, %v; want %s", name, c.FilerCode, c.Epoch, got, err, c.Lookup)
			}
		}
	}
}

// TestSeparation: another filer, year, ledger, number or stranger never comes to the same commitment.
func TestSeparation(t *testing.T) {
	filer, cbp, stranger := generate(t), generate(t), generate(t)
	seen := map[string]string{}
	for _, other := range []*ecdh.PrivateKey{cbp, stranger} {
		for _, code := range []string{"002", "SV9"} {
			for _, epoch := range []int{2025, 2026} {
				for _, l := range []string{ledger, "eip155:1:0xab16a96D359eC26a11e2C2b3d8f8B8942d5Bfcdb"} {
					name := fmt.Sprint(other == cbp, code, epoch, l)
					got := commit(t, filer, other, code, epoch, l)
					if before, ok := seen[got]; ok {
						t.Errorf("%s and %s come to the same", before, name)
					}
					seen[got] = name
				}
			}
		}
	}
}

func commit(t *testing.T, own, other *ecdh.PrivateKey, code string, epoch int, ledger string) string {
	t.Helper()
	key, err := lookup.Derive(own, other.PublicKey(), code, epoch)
	if err != nil {
		t.Fatal(err)
	}
	got, err := key.Entry(ledger, "00261103162")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestDeriveRefuses(t *testing.T) {
	own, other := generate(t), generate(t).PublicKey()
	p256, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name  string
		own   *ecdh.PrivateKey
		other *ecdh.PublicKey
		code  string
		epoch int
		says  string
	}{
		{"no filer code", own, other, "", 2026, "filer code"},
		{"lower case", own, other, "sv9", 2026, "filer code"},
		{"a separator in the filer code", own, other, "A|1", 2026, "filer code"},
		{"a long filer code", own, other, "00A1", 2026, "filer code"},
		{"a year before any agreement", own, other, "002", 1999, "epoch"},
		{"a year of five digits", own, other, "002", 10000, "epoch"},
		{"no own key", nil, other, "002", 2026, "X25519"},
		{"no other key", own, nil, "002", 2026, "X25519"},
		{"another curve", p256, p256.PublicKey(), "002", 2026, "X25519"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := lookup.Derive(c.own, c.other, c.code, c.epoch); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("answered %v, want an error about %s", err, c.says)
			}
		})
	}
}

// TestDeriveRefusesASecretThatEverybodyKnows: public keys of low order force the all-zero secret on any private key.
func TestDeriveRefusesASecretThatEverybodyKnows(t *testing.T) {
	own := generate(t)
	for _, point := range []string{
		strings.Repeat("00", 32),
		"01" + strings.Repeat("00", 31),
		"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	} {
		raw, _ := hex.DecodeString(point)
		other, err := ecdh.X25519().NewPublicKey(raw)
		if err != nil {
			t.Fatal(err)
		}
		if key, err := lookup.Derive(own, other, "002", 2026); err == nil {
			t.Errorf("derived %v with %s", key, point)
		}
	}
}

func TestEntryRefuses(t *testing.T) {
	key, err := lookup.Derive(generate(t), generate(t).PublicKey(), "002", 2026)
	if err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{"", "002-6110316-2", "0026110316", "002611031622", "sv970022270", "0026110316 ", "002611031ü"} {
		if got, err := key.Entry(ledger, number); err == nil {
			t.Errorf("%q: %s", number, got)
		} else if number != "" && strings.Contains(err.Error(), number) {
			t.Errorf("the error tells the number: %v", err)
		}
	}
	if _, err := key.Entry("", "00261103162"); err == nil {
		t.Error("no ledger")
	}
	if _, err := (lookup.Key{}).Entry(ledger, "00261103162"); err == nil {
		t.Error("the zero key made a commitment")
	}
}

// TestBothSidesAgree for any keys, filer code and number.
func TestBothSidesAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		filer, cbp := generate(t), generate(t)
		code := rapid.StringMatching(`[0-9A-Z]{3}`).Draw(rt, "code")
		epoch := rapid.IntRange(2000, 9999).Draw(rt, "epoch")
		number := rapid.StringMatching(`[0-9A-Z]{11}`).Draw(rt, "number")
		here, err1 := lookup.Derive(filer, cbp.PublicKey(), code, epoch)
		there, err2 := lookup.Derive(cbp, filer.PublicKey(), code, epoch)
		a, err3 := here.Entry(ledger, number)
		b, err4 := there.Entry(ledger, number)
		if err1 != nil || err2 != nil || err3 != nil || err4 != nil || a != b || len(a) != 44 {
			rt.Fatalf("%s and %s: %v %v %v %v", a, b, err1, err2, err3, err4)
		}
	})
}
