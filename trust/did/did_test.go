package did_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

// The test vectors of the did:key method specification.
const (
	edDID = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
	edHex = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29" // of a seed of 32 zeros
	xDID  = "did:key:z6LSotGbgPCJD2Y6TSvvgxERLTfVZxCh9KSrez3WNrNp7vKW"
)

func TestEd25519(t *testing.T) {
	public, ok := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)).Public().(ed25519.PublicKey)
	if !ok || hex.EncodeToString(public) != edHex {
		t.Fatal("the vector is another one")
	}
	if got := did.FromEd25519(public); got != edDID {
		t.Errorf("got %s", got)
	}
	back, err := did.Ed25519(edDID)
	if err != nil || !bytes.Equal(back, public) {
		t.Errorf("got %x, %v", back, err)
	}
}

func TestX25519(t *testing.T) {
	k, err := key.NewLookup()
	if err != nil {
		t.Fatal(err)
	}
	text := did.FromX25519(k.PublicKey())
	if !strings.HasPrefix(text, "did:key:z6LS") {
		t.Errorf("got %s", text)
	}
	back, err := did.X25519(text)
	if err != nil || !back.Equal(k.PublicKey()) {
		t.Errorf("got %v, %v", back, err)
	}
}

func TestReadingRefusesEverythingElse(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                "",
		"another method":         "did:web:example.com",
		"no key":                 "did:key:",
		"another base":           "did:key:u7QE7aie8zrakLWKjqNAqbw1zZTIVdx3iQ6Y6wEihi1naKQ",
		"the other kind of key":  xDID,
		"a key cut short":        edDID[:50],
		"a key with more":        edDID + "11",
		"zeros before the key":   "did:key:z1" + edDID[9:],
		"a letter not in base58": edDID[:20] + "0" + edDID[21:],
		"with its method":        did.Method(edDID),
		"with a path":            edDID + "/x",
		"with a space":           edDID + " ",
		"P-256":                  "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
		"long":                   "did:key:z" + strings.Repeat("6", 1<<20),
	} {
		if got, err := did.Ed25519(text); err == nil {
			t.Errorf("%s: got %x", name, got)
		} else if len(err.Error()) > 300 {
			t.Errorf("%s: the error has %d bytes", name, len(err.Error()))
		}
	}
	if got, err := did.X25519(edDID); err == nil {
		t.Errorf("an Ed25519 key was read as X25519: %v", got)
	}
}

func TestMethod(t *testing.T) {
	method := did.Method(edDID)
	if method != edDID+"#"+strings.TrimPrefix(edDID, "did:key:") {
		t.Errorf("got %s", method)
	}
	if got, err := did.SplitMethod(method); err != nil || got != edDID {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestSplitMethodRefusesAnotherKeysFragment(t *testing.T) {
	fragment := strings.TrimPrefix(edDID, "did:key:")
	for name, method := range map[string]string{
		"no fragment":        edDID,
		"an empty fragment":  edDID + "#",
		"another key":        edDID + "#" + strings.TrimPrefix(xDID, "did:key:"),
		"a key that begins":  edDID + "#" + fragment[:10],
		"two fragments":      did.Method(edDID) + "#" + fragment,
		"the whole did":      edDID + "#" + edDID,
		"another did method": "did:web:" + fragment + "#" + fragment,
		"nothing":            "",
		"a fragment alone":   "#" + fragment,
	} {
		if got, err := did.SplitMethod(method); err == nil {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

// smallOrder are the public keys under which signatures that nobody made verify.
var smallOrder = []string{
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
}

func TestEd25519RefusesKeysUnderWhichAnybodyCanSign(t *testing.T) {
	for _, raw := range smallOrder {
		for _, sign := range []byte{0, 0x80} {
			public, err := hex.DecodeString(raw)
			if err != nil {
				t.Fatal(err)
			}
			public[31] |= sign
			if sign == 0 && !forgeable(public) {
				t.Errorf("%x is not of small order: the list is wrong", public)
			}
			if got, err := did.Ed25519(did.FromEd25519(public)); err == nil {
				t.Errorf("%x was read as %x", public, got)
			}
		}
	}
}

// forgeable reports whether a signature made without any key verifies for some message. For a key of order n it does
// for one message in n, n at most 8.
func forgeable(public ed25519.PublicKey) bool {
	signature := make([]byte, ed25519.SignatureSize) // S = 0, and R the neutral element
	signature[0] = 1
	for i := range 500 {
		if ed25519.Verify(public, fmt.Append(nil, i), signature) {
			return true
		}
	}
	return false
}

func FuzzEd25519(f *testing.F) {
	for _, seed := range []string{edDID, xDID, "did:key:z", "did:key:z6Mk", "", "did:key:z1" + edDID[9:]} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if public, err := did.Ed25519(text); err == nil && did.FromEd25519(public) != text {
			t.Fatalf("%q is read, and written %q", text, did.FromEd25519(public))
		}
	})
}

func Example() {
	public, err := did.Ed25519("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%x\n", public)
	fmt.Println(did.Method(did.FromEd25519(public)))
	// Output:
	// 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29
	// did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp
}
