// Package ledgerhttp serves a ledger over HTTP in the ledger protocol. A vendor in Go wraps its driver with it; a gateway
// serves its own ledgers through it, so that another gateway reads them with package remote.
package ledgerhttp

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// Options are how a ledger is served. The zero value serves it to everybody who reaches the handler.
type Options struct {
	// Gateway is the name of this gateway among those that a request may come by; a request that came by it already is
	// refused. All handlers of one gateway share it, and its replicas too; who reads the description is told it. Empty: no
	// gateway, but the ledger's own server, with a name drawn for this handler that nobody is told.
	Gateway string
	// MaxHops is how many gateways a request may have come by, this one not counted. Below 1: 4.
	MaxHops int
	// MaxWait is the longest that a call waits, for changes or for a block. Whoever runs the http.Server leaves it at
	// least this long to answer. Below 1: 30 s.
	MaxWait time.Duration
	// Ending ends when the server is to: who waits for changes is then answered at once. Nil: it never ends.
	Ending context.Context
	Log    *slog.Logger // of what failed; nil: nothing is logged. Keys, bodies and cursors never are
}

// Handler serves one ledger. Safe for concurrent use; it starts no goroutine, and closing the ledger is the caller's.
// It authenticates nobody: what stands before it does.
type Handler struct {
	ledger driver.Ledger
	via    []string // this gateway, for who reads the description; nobody where it is none
	o      Options
}

// New makes a handler over a ledger. Its paths stand at the root: a caller that serves it elsewhere strips the prefix.
// It panics if the gateway's name is none (see protocol.IsHop).
func New(ledger driver.Ledger, o Options) *Handler {
	var via []string
	if o.Gateway != "" {
		via = []string{o.Gateway}
	} else {
		o.Gateway = rand.Text()
	}
	if !protocol.IsHop(o.Gateway) {
		panic("ledgerhttp: " + o.Gateway + " cannot name a gateway")
	}
	if o.MaxHops < 1 {
		o.MaxHops = 4
	}
	if o.MaxWait <= 0 {
		o.MaxWait = 30 * time.Second
	}
	if o.Ending == nil {
		o.Ending = context.Background()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Handler{ledger: ledger, via: via, o: o}
}

// operation is one operation as it is served.
type operation struct {
	method string
	do     func(h *Handler, ctx context.Context, request []byte) (any, error)
}

var operations = map[protocol.Operation]operation{
	protocol.OpDescribe: {http.MethodGet, (*Handler).describe},
	protocol.OpHead:     {http.MethodGet, (*Handler).head},
	protocol.OpGet:      {http.MethodPost, reading((*Handler).get)},
	protocol.OpVersions: {http.MethodPost, reading((*Handler).versions)},
	protocol.OpFind:     {http.MethodPost, reading((*Handler).find)},
	protocol.OpChanges:  {http.MethodPost, reading((*Handler).changes)},
	protocol.OpAppend:   {http.MethodPost, reading((*Handler).append)},
	protocol.OpReceipt:  {http.MethodPost, reading((*Handler).receipt)},
	protocol.OpProve:    {http.MethodPost, reading((*Handler).prove)},
}

// ServeHTTP answers one call.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.Trim(r.URL.Path, "/")
	if name == "openapi.json" && r.Method == http.MethodGet {
		h.write(w, http.StatusOK, protocol.MediaType, protocol.OpenAPI())
		return
	}
	op, ok := operations[protocol.Operation(name)]
	switch {
	case !ok:
		h.refuse(w, unsupported(http.StatusNotFound, "no such path; /openapi.json lists those that there are"))
	case r.Method != op.method:
		w.Header().Set("Allow", op.method)
		h.refuse(w, unsupported(http.StatusMethodNotAllowed, "only "+op.method))
	default:
		h.call(w, r, op)
	}
}

func (h *Handler) call(w http.ResponseWriter, r *http.Request, op operation) {
	ctx, err := h.enter(r)
	if err != nil {
		h.refuse(w, err)
		return
	}
	request, err := h.read(w, r)
	if err != nil {
		h.refuse(w, err)
		return
	}
	answer, err := op.do(h, ctx, request)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	h.answer(w, answer)
}

// enter judges what stands before a request: its version, and the way that it came.
func (h *Handler) enter(r *http.Request) (context.Context, error) {
	if v := r.Header.Get(protocol.VersionHeader); v != "" && v != protocol.Version {
		return nil, refused(http.StatusBadRequest, protocol.VersionHeader+": this ledger speaks version "+protocol.Version)
	}
	hops, err := protocol.ParseHops(r.Header.Values(protocol.HopsHeader))
	if err != nil {
		return nil, refused(http.StatusBadRequest, err.Error())
	}
	if hops.Has(h.o.Gateway) {
		return nil, looped("the request came by this gateway before: gateways that read through each other")
	}
	if len(hops) > h.o.MaxHops {
		return nil, looped("the request came by too many gateways")
	}
	return protocol.WithHop(protocol.WithHops(r.Context(), hops), h.o.Gateway), nil
}
