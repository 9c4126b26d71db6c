package driver

import (
	"context"
	"crypto"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sort"
	"sync"
	"time"
)

// Env is what a driver is given beside its URL. The driver closes nothing of it.
type Env struct {
	// Native is the ledger section of the mapping, undecoded: whatever the driver's schema for it says.
	Native json.RawMessage
	// Store is the driver's own durable corner, for an index that it can rebuild and for what it signed and sent.
	Store KV
	// Signer signs what the chain wants signed by whoever submits (a transport key, never an issuer's). Nil: read only.
	Signer crypto.Signer
	HTTP   *http.Client     // nil: a client of the driver's own
	Log    *slog.Logger     // nil: nothing is logged. Keys, bodies and signatures are never logged
	Now    func() time.Time // nil: time.Now
}

// OpenFunc opens a chain. It MUST return soon, and MUST NOT fail because the chain cannot be reached: such a ledger is
// opened degraded, answers Unavailable, and recovers by itself. An error is for a URL or configuration that can never
// work. With a ctx that has ended it says only that, and asks the chain nothing: so a configuration is checked.
type OpenFunc func(ctx context.Context, u *url.URL, env Env) (Ledger, error)

var registry = struct {
	sync.RWMutex
	open map[string]OpenFunc
}{open: map[string]OpenFunc{}}

// Register makes a driver known under a URL scheme ("webledger+https", "fabric"). It is called from an init function
// or from main, and panics if the scheme is taken.
func Register(scheme string, open OpenFunc) {
	registry.Lock()
	defer registry.Unlock()
	if _, taken := registry.open[scheme]; taken {
		panic("driver: scheme " + scheme + " registered twice")
	}
	registry.open[scheme] = open
}

// Schemes lists the registered URL schemes, sorted.
func Schemes() []string {
	registry.RLock()
	defer registry.RUnlock()
	var all []string
	for s := range registry.open {
		all = append(all, s)
	}
	sort.Strings(all)
	return all
}

// Open opens the chain that a URL names, with the driver registered for its scheme. The caller closes the Ledger.
func Open(ctx context.Context, rawURL string, env Env) (Ledger, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, Errorf(Invalid, "ledger URL: %w", err)
	}
	registry.RLock()
	open := registry.open[u.Scheme]
	registry.RUnlock()
	if open == nil {
		return nil, &Error{Code: Invalid, Err: fmt.Errorf("no driver for URL scheme %q, only for %v", u.Scheme, Schemes())}
	}
	return open(ctx, u, env)
}
