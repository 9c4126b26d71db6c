package capability_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/did"
)

// vectors are what the libraries of the pilot's authors delegated and invoked; testdata/npm makes them.
type vectors struct {
	Root        json.RawMessage
	Delegations []json.RawMessage // each stands on the one before it
	Steps       []struct{ By, To byte }
	At          int64 // Unix time of the invocations
	Invocations []struct {
		Name, Action, Method, URL string
		By                        byte
		Headers                   map[string]string
		Body                      []byte
	}
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

// seeded is the key of a seed of 32 equal bytes.
func seeded(b byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{b}, ed25519.SeedSize))
}

func didOf(b byte) string {
	return did.FromEd25519(seeded(b).Public().(ed25519.PublicKey))
}

func parse(t testing.TB, data []byte) *capability.Capability {
	t.Helper()
	c, err := capability.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const (
	server = "127.0.0.1:18999"
	target = "http://" + server + "/evidence"
)

// verifierAt is the verifier of the server that the vectors were made for.
func verifierAt(now time.Time) *capability.Verifier {
	return &capability.Verifier{
		Host:           server,
		RootController: func(t string) (string, bool) { return didOf(1), t == target },
		Now:            func() time.Time { return now },
	}
}

func TestMakesTheRootThatTheLibrariesMake(t *testing.T) {
	want := parse(t, loadVectors(t).Root)
	if got := capability.Root(target, didOf(1)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestDelegatesAsTheLibrariesDo(t *testing.T) {
	all := loadVectors(t)
	parent := parse(t, all.Root)
	for i, raw := range all.Delegations {
		want := parse(t, raw)
		got, err := capability.Delegate(parent, seeded(all.Steps[i].By), capability.Grant{
			Controller: didOf(all.Steps[i].To), Target: want.Target, Actions: want.Actions, Expires: want.Expires,
			ID: want.ID, Created: createdOf(t, raw),
		})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got.Object(), want.Object()) {
			t.Errorf("delegation %d:\ngot  %v\nwant %v", i+1, got.Object(), want.Object())
		}
		parent = want
	}
}

func createdOf(t *testing.T, raw json.RawMessage) time.Time {
	t.Helper()
	var c struct{ Proof struct{ Created time.Time } }
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	return c.Proof.Created
}

func TestVerifiesDelegationsOfTheLibraries(t *testing.T) {
	all := loadVectors(t)
	for i, raw := range all.Delegations {
		if err := verifierAt(time.Unix(all.At, 0)).VerifyDelegation(parse(t, raw)); err != nil {
			t.Errorf("delegation %d: %v", i+1, err)
		}
	}
}

func TestVerifiesInvocationsOfTheLibraries(t *testing.T) {
	all := loadVectors(t)
	for _, v := range all.Invocations {
		t.Run(v.Name, func(t *testing.T) {
			req := httptest.NewRequest(v.Method, v.URL, bytes.NewReader(v.Body))
			for name, value := range v.Headers {
				req.Header.Set(name, value)
			}
			req.Host = v.Headers["host"]
			req.Header.Del("Host") // as net/http serves it
			got, err := verifierAt(time.Unix(all.At, 0)).Verify(req, v.Body)
			if err != nil {
				t.Fatal(err)
			}
			if got.Invoker != didOf(v.By) || got.Action != v.Action || got.Target != v.URL {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// A root is invoked by its id, so that every byte of the headers is settled, and must be the libraries'.
func TestInvokesARootAsTheLibrariesDo(t *testing.T) {
	all := loadVectors(t)
	for _, v := range all.Invocations[:2] {
		t.Run(v.Name, func(t *testing.T) {
			req, err := http.NewRequest(v.Method, v.URL, bytes.NewReader(v.Body))
			if err != nil {
				t.Fatal(err)
			}
			err = capability.Sign(req, v.Body, capability.Invocation{
				Capability: parse(t, all.Root), Action: v.Action, Signer: seeded(v.By),
				Now: func() time.Time { return time.Unix(all.At, 0) },
			})
			if err != nil {
				t.Fatal(err)
			}
			for name, want := range v.Headers {
				if got := req.Header.Get(name); got != want && name != "host" {
					t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
				}
			}
		})
	}
}
