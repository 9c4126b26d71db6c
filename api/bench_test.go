package api_test

import (
	"errors"
	"fmt"
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
	request := get(path).request("http://127.0.0.1")
	for _, way := range []struct {
		name string
		read func() error
	}{
		{"adapters", func() error { _, err := trade.Read(ctx, id, 0); return err }},
		{"gateway", func() error { _, err := s.Gateway.LedgerRecord(ctx, "trade", id, 0, gateway.Options{}); return err }},
		{"handler", func() error { return served(s.handler, request) }},
		{"http", func() error { return fetched(s.server.Client().Get(s.server.URL + path)) }},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := way.read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func served(h http.Handler, r *http.Request) error {
	w := &discard{header: http.Header{}}
	h.ServeHTTP(w, r)
	return status(w.status)
}

func fetched(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return errors.Join(err, status(resp.StatusCode))
}

func status(have int) error {
	if have != http.StatusOK {
		return fmt.Errorf("status %d", have)
	}
	return nil
}

// discard takes an answer and keeps its status.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
func (d *discard) WriteHeader(status int)      { d.status = status }
