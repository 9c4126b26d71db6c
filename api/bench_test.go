package api_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/gateway"
)

// BenchmarkRead reads one record again and again, the ledger asked every time and the digest caches warm: in process by
// adapters.Ledger, judged by the gateway, by the handler, and over a connection.
func BenchmarkRead(b *testing.B) {
	s := newSite(b, options{})
	entry := s.File(s.Importer, "trade", unclaimed(), filing.Filing{})
	var trade *adapters.Ledger
	for _, m := range s.Config.Members {
		if m.Slug() == "trade" {
			trade = m.Ledger
		}
	}
	ctx, id := s.Context(), entry.Record.ID
	path := "/v1/ledgers/trade/records/" + id
	b.Run("adapters", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := trade.Read(ctx, id, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("gateway", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Gateway.LedgerRecord(ctx, "trade", id, 0, gateway.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("handler", func(b *testing.B) {
		b.ReportAllocs()
		request := get(path).request("http://127.0.0.1")
		for b.Loop() {
			w := &discard{header: http.Header{}}
			if s.handler.ServeHTTP(w, request); w.status != http.StatusOK {
				b.Fatal(w.status)
			}
		}
	})
	b.Run("http", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			resp, err := s.server.Client().Get(s.server.URL + path)
			if err != nil {
				b.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	})
}

// discard takes an answer and keeps its status.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
func (d *discard) WriteHeader(status int)      { d.status = status }
