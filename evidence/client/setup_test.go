package client_test

import (
	"errors"
	"net/netip"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
)

func TestMain(m *testing.M) {
	startProxy()
	goleak.VerifyTestMain(m)
}

var (
	loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	must     = evidencetest.Must
)

const certificate = "a certificate of origin"

// holdingsOf makes holdings for CBP's key with these capabilities.
func holdingsOf(t testing.TB, customs evidencetest.Party, store driver.KV, all ...*capability.Capability) *client.Holdings {
	t.Helper()
	h, err := client.OpenHoldings(client.HoldingsConfig{Store: store, Controller: customs.DID})
	must(t, err)
	for _, c := range all {
		_, err := h.Add(c)
		must(t, err)
	}
	return h
}

// newClient makes CBP's client, which may ask this machine too.
func newClient(t testing.TB, customs evidencetest.Party, change func(*client.Config), all ...*capability.Capability) *client.Client {
	t.Helper()
	cfg := client.Config{
		Holdings: holdingsOf(t, customs, &evidencetest.KV{}, all...), Signer: customs.Signer, AllowPrivate: loopback,
		MaxBytes: 1 << 20, Timeout: 5 * time.Second,
	}
	if change != nil {
		change(&cfg)
	}
	c, err := client.New(cfg)
	must(t, err)
	return c
}

// refTo is how a record names a text.
func refTo(id, content string) evidence.Ref {
	return evidence.Ref{ID: id, Digest: ld.Sum([]byte(content)), MediaType: "text/plain"}
}

// reasonOf answers why a fetch could not ask, and fails the test for any other outcome.
func reasonOf(t *testing.T, got *client.Fetched, err error) client.Reason {
	t.Helper()
	var f *client.Failure
	if !errors.As(err, &f) || got != nil {
		t.Fatalf("fetched %v, error %v; want a Failure", got, err)
	}
	return f.Reason
}
