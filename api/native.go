package api

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/gateway"
)

// nativePath is where a ledger is served by the ledger protocol, as the chain itself has it.
const nativePath = "/v1/ledgers/{ledger}/native"

// maxNativeWait is the longest that a call waits for news. Whoever runs the http.Server leaves an answer longer than that,
// with the ledger's budget beside it.
const maxNativeWait = 30 * time.Second

// natives has every ledger spoken to by the ledger protocol, under this gateway's name.
func (s *server) natives(ending context.Context) map[string]*ledgerhttp.Handler {
	all := make(map[string]*ledgerhttp.Handler, len(s.Members))
	for _, m := range s.Members {
		all[m.Slug()] = ledgerhttp.New(m.Native(), ledgerhttp.Options{
			Gateway: s.name, MaxWait: maxNativeWait, Ending: ending, Log: s.log,
		})
	}
	return all
}

// speak hands a request of the ledger protocol to its ledger.
func (s *server) speak(w http.ResponseWriter, r *http.Request) {
	slug := inPath(r, "ledger")
	ledger, ok := s.native[slug]
	if !ok {
		s.refuse(w, r, &gateway.Problem{Code: gateway.NoSuchLedger, Ledger: slug})
		return
	}
	below := r.WithContext(r.Context())
	below.URL = &url.URL{Path: "/" + chi.URLParam(r, "*")}
	ledger.ServeHTTP(w, below)
}

// named adds this gateway to those that a request comes by, so that a ledger which leads back here is noticed.
func (s *server) named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(protocol.WithHop(r.Context(), s.name)))
	})
}
