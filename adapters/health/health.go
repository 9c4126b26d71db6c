// Package health remembers how a chain's last answers went, so that one can ask without asking the chain.
//
// It stands close to the driver, where no limit of the gateway's own can be taken for the chain's.
package health

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Health is how a chain did when it was last spoken to.
type Health struct {
	LastSuccess time.Time   `json:"lastSuccess,omitzero"` // of the gateway's clock
	LastFailure time.Time   `json:"lastFailure,omitzero"`
	LastError   driver.Code `json:"lastError,omitempty"` // the code of the last outage
	Failures    int         `json:"failures"`            // outages since the last success
}

// Ledger is a chain whose answers are remembered.
type Ledger struct {
	driver.Ledger
	now   func() time.Time
	log   *slog.Logger
	mu    sync.Mutex
	state Health
}

// New remembers how inner answers, by the clock now. The log says once when it begins to fail, and why, and once when it
// answers again.
func New(inner driver.Ledger, now func() time.Time, log *slog.Logger) *Ledger {
	return &Ledger{Ledger: inner, now: now, log: log}
}

// Health answers what is remembered. It does no I/O.
func (l *Ledger) Health() Health {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state
}

// note remembers one answer. NotFound and Conflict come from a chain that is well; the other codes that are no outage
// may have been said without asking it, and a caller who went away tells nothing.
func (l *Ledger) note(err error) {
	if err == nil {
		l.succeeded()
		return
	}
	switch code := driver.CodeOf(err); {
	case code == driver.NotFound || code == driver.Conflict:
		l.succeeded()
	case driver.IsOutage(err) && code != driver.Canceled:
		l.failed(code, err)
	}
}

func (l *Ledger) succeeded() {
	l.mu.Lock()
	failures := l.state.Failures
	l.state.LastSuccess, l.state.Failures = l.now(), 0
	l.mu.Unlock()
	if failures > 0 {
		l.log.Info("the ledger answers again", "failures", failures)
	}
}

func (l *Ledger) failed(code driver.Code, cause error) {
	l.mu.Lock()
	l.state.LastFailure, l.state.LastError = l.now(), code
	l.state.Failures++
	first := l.state.Failures == 1
	l.mu.Unlock()
	if first {
		l.log.Warn("the ledger does not answer as it should", "code", code, "error", cause)
	}
}

// Head asks inner.
func (l *Ledger) Head(ctx context.Context) (driver.Head, error) {
	head, err := l.Ledger.Head(ctx)
	l.note(err)
	return head, err
}

// Get asks inner.
func (l *Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	entry, err := l.Ledger.Get(ctx, ref)
	l.note(err)
	return entry, err
}

// Versions asks inner.
func (l *Ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	entries, err := l.Ledger.Versions(ctx, key, after, limit)
	l.note(err)
	return entries, err
}

// Find asks inner.
func (l *Ledger) Find(ctx context.Context, lookup driver.Lookup, page string, limit int) ([]string, string, error) {
	keys, next, err := l.Ledger.Find(ctx, lookup, page, limit)
	l.note(err)
	return keys, next, err
}

// Changes asks inner.
func (l *Ledger) Changes(
	ctx context.Context, after driver.Cursor, limit int, wait time.Duration,
) (*driver.Batch, error) {
	batch, err := l.Ledger.Changes(ctx, after, limit, wait)
	l.note(err)
	return batch, err
}

// Append asks inner. A receipt that is still pending may have been written without the chain, and tells nothing.
func (l *Ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	receipt, err := l.Ledger.Append(ctx, w)
	if !pending(receipt, err) {
		l.note(err)
	}
	return receipt, err
}

// Receipt asks inner. What is said of a pending receipt holds here too.
func (l *Ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	receipt, err := l.Ledger.Receipt(ctx, tx)
	if !pending(receipt, err) {
		l.note(err)
	}
	return receipt, err
}

// Prove asks inner.
func (l *Ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	proof, err := l.Ledger.Prove(ctx, e)
	l.note(err)
	return proof, err
}

func pending(r *driver.Receipt, err error) bool {
	return err == nil && r != nil && r.State == driver.Pending
}
