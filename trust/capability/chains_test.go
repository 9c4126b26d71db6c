package capability_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/trust/capability"
)

// remembering is a verifier that knows the chain of toCustoms, which it answers.
func remembering(t *testing.T) (*capability.Verifier, *capability.Capability) {
	t.Helper()
	v, c := verifierAt(now), toCustoms(t)
	v.Chains = capability.NewChains(1 << 20)
	if _, err := v.Verify(send(t, call{c: c}), nil); err != nil {
		t.Fatal(err)
	}
	return v, c
}

// What is remembered is arithmetic. Everything else is asked every time.
func TestAKnownChainIsStillRefused(t *testing.T) {
	later := until.Add(301 * time.Second)
	for name, change := range map[string]func(v *capability.Verifier, c *call){
		"once it has expired": func(v *capability.Verifier, c *call) { v.Now, c.at = func() time.Time { return later }, later },
		"once it was revoked": func(v *capability.Verifier, _ *call) {
			v.Revoked = func(context.Context, []string) (bool, error) { return true, nil }
		},
		"under another owner": func(v *capability.Verifier, _ *call) {
			v.RootController = func(string) (string, bool) { return didOf(stranger), true }
		},
		"where its root is unknown": func(v *capability.Verifier, _ *call) {
			v.RootController = func(string) (string, bool) { return "", false }
		},
		"with fewer delegations":     func(v *capability.Verifier, _ *call) { v.MaxChain = 1 },
		"from another invoker":       func(_ *capability.Verifier, c *call) { c.by = seeded(stranger) },
		"for another action":         func(_ *capability.Verifier, c *call) { c.action = "write" },
		"for another target":         func(_ *capability.Verifier, c *call) { c.url = target + "/other/4c5d" },
		"before it was delegated":    func(_ *capability.Verifier, c *call) { c.at = start.Add(-400 * time.Second) },
		"in a request that is older": func(_ *capability.Verifier, c *call) { c.at = now.Add(-901 * time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			v, c := remembering(t)
			again := call{c: c}
			change(v, &again)
			if _, err := v.Verify(send(t, again), nil); !errors.Is(err, capability.ErrRefused) {
				t.Errorf("got %v, want ErrRefused", err)
			}
		})
	}
}

// A chain that differs from a known one in a single byte is another chain: it is read, and its signatures are verified.
func TestOneByteMakesAnotherChain(t *testing.T) {
	v, c := remembering(t)
	known := jcs(t, c.Object())
	for at := 0; at < len(known); at += step(t, len(known)) {
		other := bytes.Clone(known)
		other[at] ^= 1
		if _, err := v.Verify(sendHeader(t, `zcap capability="`+packed(other)+`",action="read"`), nil); !errors.Is(err, capability.ErrRefused) {
			t.Errorf("byte %d, %q made %q: %v", at, known[at], other[at], err)
		}
	}
	if _, err := v.Verify(send(t, call{c: c}), nil); err != nil {
		t.Errorf("the true one afterwards: %v", err)
	}
}

func step(t *testing.T, size int) int {
	t.Helper()
	if testing.Short() {
		return size / 97
	}
	return 1
}

// Strangers sign requests rightly too. What they send is not kept, and so pushes nothing out.
func TestOnlyChainsThatHoldAreKept(t *testing.T) {
	v, c := remembering(t)
	size := v.Chains.Len()
	wrong := []*http.Request{
		send(t, call{c: altered(t, c, "allowedAction", []any{"read", "write"})}),
		send(t, call{c: forge(t, root(), stranger, start, nothing)}),
		send(t, call{c: delegate(t, root(), owner, agency, capability.Grant{Expires: until})}), // true, and another's
		send(t, call{c: root(), by: seeded(stranger)}),
	}
	for i, req := range wrong {
		if _, err := v.Verify(req, nil); !errors.Is(err, capability.ErrRefused) {
			t.Errorf("%d: got %v, want ErrRefused", i, err)
		}
	}
	if n := v.Chains.Len(); n != size || size != 1 {
		t.Errorf("%d chains are kept, there were %d, and 1 is true", n, size)
	}
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	v := verifierAt(now)
	v.Chains = capability.NewChains(64 << 10)
	parent := toPartner(t)
	for range 50 {
		c := delegate(t, parent, partner, customs, capability.Grant{Actions: []string{"read"}})
		if _, err := v.Verify(send(t, call{c: c}), nil); err != nil {
			t.Fatal(err)
		}
	}
	if n := v.Chains.Len(); n == 0 || n > 64<<10/(6*1000) {
		t.Errorf("%d chains are kept", n)
	}
}

// The same capability is read once and used by many requests at once.
func TestAKnownChainIsUsedByManyAtOnce(t *testing.T) {
	v, c := remembering(t)
	requests := make([]*http.Request, 16)
	for i := range requests {
		requests[i] = send(t, call{c: c})
	}
	var all sync.WaitGroup
	for _, req := range requests {
		all.Go(func() {
			if got, err := v.Verify(req, nil); err != nil || got.Capability.ID != c.ID {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	all.Wait()
}

// However it was packed, what a packed capability unfolds to is what is read.
func TestAKnownChainPackedOtherwise(t *testing.T) {
	v, c := remembering(t)
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.NoCompression)
	if err == nil {
		_, err = io.Copy(w, strings.NewReader(string(jcs(t, c.Object()))))
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	header := `zcap capability="` + base64.RawURLEncoding.EncodeToString(b.Bytes()) + `",action="read"`
	if _, err := v.Verify(sendHeader(t, header), nil); err != nil {
		t.Error(err)
	}
}
