// Package api is the gateway over HTTP. It is thin: it reads requests strictly, calls package gateway, and writes answers
// and problem details (RFC 9457). No business rule lives here. openapi.json describes it, and tests hold every answer
// against that document.
//
// An HTTP status speaks of the transport only. That a record is invalid is a verdict, answered with 200; that a ledger
// cannot be asked is a source's state, or a problem that can be tried again.
package api

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/trace"
	"golang.org/x/sync/semaphore"

	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/evidence/clients"
	"github.com/ftagateway/ftagateway/gateway"
)

// Config is what the interface stands on.
type Config struct {
	Gateway *gateway.Gateway
	Metrics prometheus.Gatherer // nil: no metrics are served
	Log     *slog.Logger        // nil: nothing is logged. It is never given an entry number or content
	// Traces makes a span of every request, below which those of the ledgers' calls stand. Nil: none is made.
	Traces trace.TracerProvider
	// Concurrency bounds the requests that are worked on at once; 256 if 0. More are told to come again. As many calls of
	// the ledger protocol are worked on beside them.
	Concurrency int
	// PerClient bounds the requests of one client at once, who is known by his address; half of Concurrency if 0. Behind a
	// proxy all clients are one.
	PerClient int
	// Watchers bounds those who follow events at once; 1024 if 0. They wait beside the requests that are worked on.
	Watchers int
	// Ending ends when the server is to: who waits for news is then answered at once. Nil: it never ends.
	Ending context.Context
	// Leaving ends when the process is to, and /readyz then says so. Nil: when Ending does. The two differ where a handler is
	// replaced by another one.
	Leaving context.Context
}

type server struct {
	*gateway.Gateway
	log     *slog.Logger
	name    string // of this gateway among gateways
	native  map[string]*ledgerhttp.Handler
	ending  context.Context
	leaving context.Context
	room    *semaphore.Weighted // for bodies
}

// Those who are served at once, unless the configuration says otherwise.
const (
	defaultConcurrency = 256
	defaultWatchers    = 1024
)

// New makes the handler of the HTTP interface. It starts no goroutine and needs no closing.
//
// Nobody signs in yet, so it is for loopback addresses only, and it refuses what a page in a browser on the same machine
// could make the browser send: other host names, and requests from other origins that change something.
func New(c Config) http.Handler {
	s := &server{Gateway: c.Gateway, log: c.Log, name: c.Gateway.Name(), ending: c.Ending, room: semaphore.NewWeighted(maxBodies)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.ending == nil {
		s.ending = context.Background()
	}
	if s.leaving = c.Leaving; s.leaving == nil {
		s.leaving = s.ending
	}
	s.native = s.natives(s.ending)
	r := chi.NewRouter()
	if c.Traces != nil {
		r.Use(traced(c.Traces))
	}
	r.Use(hardened, s.recovered, s.sameHost, s.sameOrigin, middleware.GetHead)
	r.NotFound(func(w http.ResponseWriter, r *http.Request) { s.refuse(w, r, problemOf(codeNoRoute)) })
	r.MethodNotAllowed(s.wrongMethod)
	concurrency := or(c.Concurrency, defaultConcurrency)
	s.routes(r, limits{concurrency, or(c.Watchers, defaultWatchers), or(c.PerClient, max(1, concurrency/2))})
	if c.Metrics != nil {
		r.Method(http.MethodGet, "/metrics", promhttp.HandlerFor(c.Metrics, promhttp.HandlerOpts{}))
	}
	return r
}

func or(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// limits bound the requests that are worked on at once.
type limits struct{ atOnce, watchers, perClient int }

// routes lists what is served. Entry numbers stand in no path and no query.
func (s *server) routes(r chi.Router, most limits) {
	r.Group(func(r chi.Router) {
		r.Use(s.bounded(most.atOnce), s.fair(clients.New(most.perClient)), s.named)
		s.versioned(r)
		r.Get("/contexts/{name}", s.plain(s.context))
		r.Get("/schemas/{name}", s.plain(s.schema))
	})
	// Whoever waits for news must not take the places of who asks; other gateways do it below the second path.
	r.With(s.bounded(most.watchers)).Get("/v1/events", s.events)
	r.Group(func(r chi.Router) {
		r.Use(s.bounded(most.atOnce), s.fair(clients.New(most.perClient)))
		r.Get(nativePath+"/*", s.plain(s.speak))
		r.Post(nativePath+"/*", s.plain(s.speak))
	})
	// Whoever watches the process is answered at once, however busy it is.
	r.Get("/healthz", s.plain(s.healthy))
	r.Get("/readyz", s.plain(s.ready))
}

func (s *server) versioned(r chi.Router) {
	r.Get("/v1/witness/export", s.witnessExport)
	r.Group(func(r chi.Router) {
		r.Use(s.negotiated)
		s.entriesAndRecords(r)
		s.aboutLedgers(r)
		r.Post("/v1/verify", s.plain(s.verify))
		r.Get("/v1/submissions/{id}", s.plain(s.submission))
		r.Post("/v1/capabilities", s.plain(s.handOver))
		r.Get("/v1/capabilities", s.plain(s.capabilities))
		r.Delete("/v1/capabilities/{id}", s.plain(s.forget))
		r.Get("/v1/witness", s.witness)
		r.Get("/v1/openapi.json", s.plain(s.openapi))
	})
}

func (s *server) entriesAndRecords(r chi.Router) {
	r.Post("/v1/entries/find", s.plain(s.find))
	r.Get("/v1/entries/{id}", s.entry)
	r.Get("/v1/records", s.records)
	r.Get("/v1/records/{id}", s.record)
}

func (s *server) aboutLedgers(r chi.Router) {
	r.Get("/v1/ledgers", s.plain(s.ledgers))
	r.Get("/v1/ledgers/{ledger}", s.plain(s.ledger))
	r.Post("/v1/ledgers/{ledger}/records", s.plain(s.submit))
	r.Get("/v1/ledgers/{ledger}/records/{id}", s.ledgerRecord)
	r.Get("/v1/ledgers/{ledger}/records/{id}/versions", s.versions)
	r.Get("/v1/ledgers/{ledger}/records/{id}/versions/{version}", s.version)
	r.Get("/v1/ledgers/{ledger}/records/{id}/versions/{version}/proof", s.plain(s.proof))
}
