// Package probe is a chain of one function: every method that does I/O calls it and answers its error. The tests of
// decorators put it below what they test.
package probe

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Ledger is the chain. The zero value is not usable.
type Ledger func(ctx context.Context) error

// Describe answers nothing but a name.
func (f Ledger) Describe() driver.Description { return driver.Description{URI: "urn:probe"} }

// Head calls f.
func (f Ledger) Head(ctx context.Context) (driver.Head, error) { return driver.Head{}, f(ctx) }

// Get calls f.
func (f Ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	return &driver.Entry{Key: ref.Key}, f(ctx)
}

// Versions calls f.
func (f Ledger) Versions(ctx context.Context, _ string, _ uint64, _ int) ([]*driver.Entry, error) {
	return nil, f(ctx)
}

// Find calls f.
func (f Ledger) Find(ctx context.Context, _ driver.Lookup, _ string, _ int) ([]string, string, error) {
	return nil, "", f(ctx)
}

// Changes calls f.
func (f Ledger) Changes(ctx context.Context, _ driver.Cursor, _ int, _ time.Duration) (*driver.Batch, error) {
	return &driver.Batch{}, f(ctx)
}

// Append calls f. Its receipt is final.
func (f Ledger) Append(ctx context.Context, _ *driver.Write) (*driver.Receipt, error) {
	return &driver.Receipt{State: driver.Finally}, f(ctx)
}

// Receipt calls f.
func (f Ledger) Receipt(ctx context.Context, _ string) (*driver.Receipt, error) {
	return &driver.Receipt{}, f(ctx)
}

// Prove calls f.
func (f Ledger) Prove(ctx context.Context, _ *driver.Entry) (*driver.Proof, error) {
	return &driver.Proof{}, f(ctx)
}

// Close does nothing.
func (f Ledger) Close() error { return nil }

// Calls gives each method of l that does I/O, by name. Changes waits for wait.
func Calls(l driver.Ledger, wait time.Duration) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"Head":     func(ctx context.Context) error { _, err := l.Head(ctx); return err },
		"Get":      func(ctx context.Context) error { _, err := l.Get(ctx, driver.Ref{Key: "k"}); return err },
		"Versions": func(ctx context.Context) error { _, err := l.Versions(ctx, "k", 0, 0); return err },
		"Find":     func(ctx context.Context) error { _, _, err := l.Find(ctx, driver.Lookup{}, "", 0); return err },
		"Changes":  func(ctx context.Context) error { _, err := l.Changes(ctx, "", 0, wait); return err },
		"Append":   func(ctx context.Context) error { _, err := l.Append(ctx, &driver.Write{Key: "k"}); return err },
		"Receipt":  func(ctx context.Context) error { _, err := l.Receipt(ctx, "tx"); return err },
		"Prove":    func(ctx context.Context) error { _, err := l.Prove(ctx, &driver.Entry{}); return err },
	}
}
