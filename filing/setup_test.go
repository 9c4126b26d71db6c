package filing_test

import (
	"context"
	"crypto"
	"crypto/ecdh"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/key"
)

// ledger is the URI of the home ledger of these tests.
const ledger = "urn:uuid:6e2b8e0a-6d6c-4c4b-8f4e-3f6f2f3a5b10"

// noon is when everything here is filed.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// certificate and summary are documents of one signer.
func certificate(t testing.TB, s crypto.Signer) *model.Document {
	return signed(t, s, sample.Certificate(model.USMCA))
}

func summary(t testing.TB, s crypto.Signer) *model.Document {
	return signed(t, s, sample.Awaiting(model.CAFTADR, model.CertificateExpected{ID: model.NewID()}))
}

func signed(t testing.TB, s crypto.Signer, subject model.Subject) *model.Document {
	t.Helper()
	return must(model.SignDocument(subject, s, model.Signing{ValidFrom: model.At(noon)}))(t)
}

// kept is a document as an evidence server would keep it.
func kept(d *model.Document) []model.Evidence {
	return []model.Evidence{{ID: model.NewID(), Digest: d.Digest, MediaType: model.MediaType}}
}

func signer(t testing.TB) crypto.Signer { t.Helper(); return must(key.NewSigner())(t) }

func lookupKey(t testing.TB) *ecdh.PrivateKey { t.Helper(); return must(key.NewLookup())(t) }

func didOf(t testing.TB, s crypto.Signer) string { t.Helper(); return must(key.DID(s))(t) }

// house is an evidence server with its root key.
type house struct {
	url  string
	root crypto.Signer
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{root: signer(t)}
	web := httptest.NewUnstartedServer(nil)
	h.url = "http://" + web.Listener.Addr().String()
	s := must(server.Open(server.Config{Dir: t.TempDir(), BaseURL: h.url, RootController: didOf(t, h.root)}))(t)
	web.Config = s.HTTP()
	web.Start()
	t.Cleanup(func() { web.Close(); _ = s.Close() })
	return h
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// partner is a party with a collection on the server.
func (h *house) partner(t testing.TB) *filing.Partner {
	t.Helper()
	issuer := signer(t)
	return &filing.Partner{
		Issuer: issuer, Evidence: must(client.New(client.Config{AllowPrivate: loopback}))(t),
		Collection: must(filing.Collect(h.root, h.url, evidence.NewCollection(), issuer, time.Now().Add(time.Hour)))(t),
		Lookup:     lookupKey(t), Customs: lookupKey(t).PublicKey(),
	}
}

// reader is somebody who can be handed capabilities, and use them.
type reader struct {
	did      string
	holdings *client.Holdings
	client   *client.Client
}

func newReader(t testing.TB) *reader {
	t.Helper()
	s, kv := signer(t), store.Memory()
	t.Cleanup(func() { _ = kv.Close() })
	r := &reader{did: didOf(t, s)}
	r.holdings = must(client.OpenHoldings(client.HoldingsConfig{Store: kv.Sub("held"), Controller: r.did}))(t)
	r.client = must(client.New(client.Config{Holdings: r.holdings, Signer: s, AllowPrivate: loopback}))(t)
	return r
}

// fetch gets the document of a record, as CBP would.
func (r *reader) fetch(ctx context.Context, record *model.Parsed) ([]byte, error) {
	e := record.Evidence[0]
	f, err := r.client.Fetch(ctx, record.Issuer, evidence.Ref{ID: e.ID, Digest: e.Digest, MediaType: e.MediaType})
	if err != nil {
		return nil, err
	}
	return f.Content, nil
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
