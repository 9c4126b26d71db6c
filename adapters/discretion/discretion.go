// Package discretion keeps a ledger's own keys out of the words of errors. On a ledger without records of ours a key may
// be an entry number or an invoice; what a driver or a node says of it ends in logs.
package discretion

import (
	"context"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

type ledger struct{ driver.Ledger }

// New answers inner's failures by their codes alone.
func New(inner driver.Ledger) driver.Ledger { return ledger{inner} }

var errUnspoken = errors.New("what the ledger said of it is left out: it may hold a key")

// unspoken keeps what callers act on.
func unspoken(err error) error {
	if err == nil {
		return nil
	}
	e := &driver.Error{Code: driver.CodeOf(err), Err: errUnspoken}
	var cause *driver.Error
	if errors.As(err, &cause) {
		e.RetryAfter = cause.RetryAfter
	}
	return e
}

func (l ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	e, err := l.Ledger.Get(ctx, ref)
	return e, unspoken(err)
}

func (l ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	all, err := l.Ledger.Versions(ctx, key, after, limit)
	return all, unspoken(err)
}

func (l ledger) Find(ctx context.Context, lookup driver.Lookup, page string, limit int) ([]string, string, error) {
	keys, next, err := l.Ledger.Find(ctx, lookup, page, limit)
	return keys, next, unspoken(err)
}

func (l ledger) Changes(ctx context.Context, after driver.Cursor, limit int, wait time.Duration) (*driver.Batch, error) {
	b, err := l.Ledger.Changes(ctx, after, limit, wait)
	return b, unspoken(err)
}

func (l ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	p, err := l.Ledger.Prove(ctx, e)
	return p, unspoken(err)
}
