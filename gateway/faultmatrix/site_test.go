package faultmatrix_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/gatewaytest"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lifecycle"
	"github.com/ftagateway/ftagateway/model/sample"
)

// The ledgers of every gateway here.
const (
	sick    = "sick"
	healthy = "healthy"
)

// site is a gateway over a ledger that will be sick and one that stays well, served over HTTP.
type site struct {
	*client
	gateway *gateway.Gateway
	ends    []func()
}

// open serves a gateway whose clock goes wrong by skew. The caller closes it.
func open(t *testing.T, people *gatewaytest.World, c adapters.Config, e adapters.Env, well *memory.Chain, skew time.Duration) *site {
	t.Helper()
	s := &site{}
	lasting := store.Memory()
	s.atEnd(func() { _ = lasting.Close() })
	now := func() time.Time { return time.Now().Add(skew) }
	c.Slug = sick
	e.Store, e.Now = lasting.Sub("ledger-"+sick), now
	ill := must(adapters.Open(t.Context(), c, e))(t)
	fit := must(adapters.New(must(well.Connect(newSigner(t)))(t), adapters.Config{Slug: healthy, MaxAge: c.MaxAge},
		adapters.Env{Now: now, Newest: e.Newest}))(t)
	s.atEnd(func() { closes(t, ill); closes(t, fit) })
	config := people.Config
	config.Members = []gateway.Member{{Ledger: ill}, {Ledger: fit}}
	config.Witness = must(witness.Open(lasting.Sub("witness"), now))(t)
	config.Store, config.Now = lasting.Sub("submissions"), now
	s.gateway = must(gateway.New(config))(t)
	s.serve(t, api.New(api.Config{Gateway: s.gateway, Log: slog.New(slog.DiscardHandler)}))
	return s
}

func (s *site) serve(t *testing.T, h http.Handler) {
	server := httptest.NewServer(h)
	transport := &http.Transport{MaxIdleConnsPerHost: 32}
	s.client = &client{t: t, base: server.URL, http: &http.Client{Transport: transport, Timeout: 2 * time.Minute}}
	s.atEnd(func() {
		transport.CloseIdleConnections()
		server.Close()
	})
}

func (s *site) atEnd(end func()) { s.ends = append(s.ends, end) }

// close ends the gateway, what was begun last first.
func (s *site) close() {
	for len(s.ends) > 0 {
		last := len(s.ends) - 1
		s.ends[last]()
		s.ends = s.ends[:last]
	}
}

// closes closes a ledger, which must not wait for a node that says nothing.
func closes(t *testing.T, l *adapters.Ledger) {
	t.Helper()
	began := time.Now()
	if err := l.Close(); err != nil {
		t.Errorf("closing %s: %v", l.Slug(), err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("closing %s took %v", l.Slug(), took)
	}
}

// filed is a document with the record about it.
type filed struct {
	id       string
	version  uint64
	document *model.Document
	record   *model.Parsed
	native   []byte // a vendor's own document, which stands in the place of both
}

// is reports whether an answer shows what was filed: these bytes, or what is derived from these.
func (f filed) is(a gateway.Answer) bool {
	var derived struct {
		From struct{ NativeDigest ld.Digest } `json:"derivedFrom"`
	}
	switch {
	case a.Version != f.version:
		return false
	case f.native == nil:
		return bytes.Equal(a.Record, f.record.Bytes)
	}
	return json.Unmarshal(a.Derived, &derived) == nil && derived.From.NativeDigest == ld.Sum(f.native)
}

// certificate makes a certificate of origin for a ledger, or what replaces one.
func certificate(ctx context.Context, t *testing.T, p *filing.Partner, uri string, before *model.Parsed) filed {
	t.Helper()
	f := filing.Filing{Ledger: uri, At: time.Now()}
	if before != nil {
		f.Previous, f.Event = before, lifecycle.Replace
	}
	d := must(p.Sign(sample.Certificate(model.USMCA), f.At))(t)
	r := must(p.File(ctx, d, f))(t)
	return filed{id: r.ID, version: r.Version, document: d, record: r}
}

func (s *site) uri(slug string) string {
	for _, m := range s.gateway.Members {
		if m.Slug() == slug {
			return m.Describe().URI
		}
	}
	return ""
}
