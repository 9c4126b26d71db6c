package protocol_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/did"
)

const ledger = "urn:uuid:6e2b8e0a-6d6c-4c4b-8f4e-3f6f2f3a5b10"

// key gives the same key for the same number.
func key(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func didOf(key ed25519.PrivateKey) string { return did.FromEd25519(key.Public().(ed25519.PublicKey)) }

func sender(signer ed25519.PrivateKey) protocol.Sender {
	at := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	return protocol.Sender{Signer: signer, Creator: didOf(key(200)), Now: func() time.Time { return at }}
}

func configuration(t testing.TB, approved ...ed25519.PrivateKey) *protocol.Configuration {
	t.Helper()
	var dids []string
	for _, k := range approved {
		dids = append(dids, didOf(k))
	}
	c, err := protocol.NewConfiguration(ledger, dids)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func next(t testing.TB, c *protocol.Configuration, by ed25519.PrivateKey, approved ...ed25519.PrivateKey) *protocol.Configuration {
	t.Helper()
	var dids []string
	for _, k := range approved {
		dids = append(dids, didOf(k))
	}
	n, err := c.Next(dids, sender(by))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestConfigurationIsTheSameForSignersInAnyOrder(t *testing.T) {
	a, b := configuration(t, key(1), key(2), key(1)), configuration(t, key(2), key(1))
	if !bytes.Equal(a.Bytes, b.Bytes) {
		t.Errorf("%s\n%s", a.Bytes, b.Bytes)
	}
}

func TestConfigurationSucceeds(t *testing.T) {
	c := configuration(t, key(1), key(2))
	good := next(t, c, key(1), key(2), key(3))
	edited := func(edit func(ld.Object)) *protocol.Configuration {
		obj, err := ld.Parse(good.Bytes, ld.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		edit(obj)
		return reparse(t, obj)
	}
	for name, test := range map[string]struct {
		next *protocol.Configuration
		want string // part of the refusal; "" for none
	}{
		"signed by an approved signer":  {good, ""},
		"signed by another":             {next(t, c, key(9), key(9)), "is not an approved signer"},
		"two steps on":                  {next(t, good, key(1), key(1)), "has sequence 2, the next one is 1"},
		"the same again":                {c, "has sequence 0"},
		"of another ledger":             {edited(func(o ld.Object) { o["ledger"] = "urn:uuid:other" }), "is for ledger urn:uuid:other"},
		"by another consensus":          {edited(func(o ld.Object) { o["consensusMethod"] = "urn:x:y" }), "consensusMethod"},
		"without a proof":               {edited(func(o ld.Object) { delete(o, "proof") }), "without a proof"},
		"changed after it was signed":   {edited(func(o ld.Object) { o["creator"] = didOf(key(3)) }), "it is not valid"},
		"a signer put in after signing": {edited(func(o ld.Object) { approve(o, key(9)) }), "it is not valid"},
	} {
		err := c.Succeeds(test.next)
		var refusal *protocol.Refusal
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case test.want != "" && (!errors.As(err, &refusal) || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}

func approve(configuration ld.Object, k ed25519.PrivateKey) {
	v := configuration["operationValidator"].([]any)[0].(map[string]any)
	v["approvedSigner"] = append(v["approvedSigner"].([]any), didOf(k))
}

func reparse(t testing.TB, obj ld.Object) *protocol.Configuration {
	t.Helper()
	text, err := ld.JCS(obj)
	if err != nil {
		t.Fatal(err)
	}
	c, err := protocol.ParseConfiguration(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestConfigurationSaysEveryFault(t *testing.T) {
	c := configuration(t, key(1))
	obj, err := ld.Parse(c.Bytes, ld.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	obj["sequence"], obj["extra"] = -1.0, true
	v := obj["operationValidator"].([]any)[0].(map[string]any)
	v["approvedSigner"], v["minimumSignaturesRequired"] = []any{"did:key:zNobody"}, 2.0
	text, err := ld.JCS(obj)
	if err != nil {
		t.Fatal(err)
	}
	_, err = protocol.ParseConfiguration(text)
	var faults protocol.Faults
	if !errors.As(err, &faults) {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, f := range faults {
		got[f.Pointer] = true
	}
	for _, want := range []string{"/sequence", "/extra", "/operationValidator/0/approvedSigner", "/operationValidator/0/minimumSignaturesRequired"} {
		if !got[want] {
			t.Errorf("no fault at %s in %v", want, faults)
		}
	}
}
