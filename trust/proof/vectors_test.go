package proof_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// vectors are what the libraries of the pilot's authors signed; testdata/npm makes them.
type vectors struct {
	Seed    byte     `json:"seed"` // the key's seed is 32 of this byte
	Key     string   `json:"key"`
	Vectors []vector `json:"vectors"`
}

type vector struct {
	Name, Suite, Purpose string
	Created              time.Time
	Document, Signed     json.RawMessage
}

func loadVectors(t testing.TB) vectors {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func seeded(b byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{b}, ed25519.SeedSize))
}

func parse(t testing.TB, data []byte) ld.Object {
	t.Helper()
	doc, err := ld.Parse(data, ld.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestVerifiesWhatTheLibrariesSigned(t *testing.T) {
	all := loadVectors(t)
	for _, v := range all.Vectors {
		t.Run(v.Suite+"/"+v.Name, func(t *testing.T) {
			got, err := proof.Verify(parse(t, v.Signed), v.Purpose)
			if err != nil {
				t.Fatal(err)
			}
			want := &proof.Signature{Key: all.Key, Method: got.Method, Suite: v.Suite, Purpose: v.Purpose, Created: v.Created}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

// Ed25519 is deterministic, so the same key, document and instant must give the same document.
func TestSignsWhatTheLibrariesSign(t *testing.T) {
	all := loadVectors(t)
	for _, v := range all.Vectors {
		if v.Suite == proof.Ed25519Signature2020 {
			continue // nothing is asserted by it any more
		}
		t.Run(v.Suite+"/"+v.Name, func(t *testing.T) {
			signed, err := proof.Sign(parse(t, v.Document), seeded(all.Seed), proof.Options{Suite: v.Suite, Created: v.Created})
			if err != nil {
				t.Fatal(err)
			}
			if want := parse(t, v.Signed); !reflect.DeepEqual(signed, want) {
				t.Errorf("got  %v\nwant %v", signed["proof"], want["proof"])
			}
		})
	}
}
