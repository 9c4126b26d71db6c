package tracing

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/trace"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

type ledger struct {
	driver.Ledger
	calls *Calls
}

// Driver makes a span of every question to inner. Without a provider it is inner itself.
func (c *Calls) Driver(inner driver.Ledger) driver.Ledger {
	if c.off {
		return inner
	}
	return &ledger{inner, c}
}

// ask begins the span of a question. The function that it answers ends it, and gives back the error.
func (l *ledger) ask(ctx context.Context, method string) (context.Context, func(error) error) {
	ctx, span := l.calls.tracer.Start(ctx, "driver "+method, l.calls.ledger, trace.WithSpanKind(trace.SpanKindClient))
	return ctx, func(err error) error {
		tell(span, err)
		span.End()
		return err
	}
}

func (l *ledger) Head(ctx context.Context) (driver.Head, error) {
	ctx, end := l.ask(ctx, "Head")
	head, err := l.Ledger.Head(ctx)
	return head, end(err)
}

func (l *ledger) Get(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
	ctx, end := l.ask(ctx, "Get")
	entry, err := l.Ledger.Get(ctx, ref)
	return entry, end(err)
}

func (l *ledger) Versions(ctx context.Context, key string, after uint64, limit int) ([]*driver.Entry, error) {
	ctx, end := l.ask(ctx, "Versions")
	entries, err := l.Ledger.Versions(ctx, key, after, limit)
	return entries, end(err)
}

func (l *ledger) Find(ctx context.Context, lookup driver.Lookup, page string, limit int) ([]string, string, error) {
	ctx, end := l.ask(ctx, "Find")
	keys, next, err := l.Ledger.Find(ctx, lookup, page, limit)
	return keys, next, end(err)
}

func (l *ledger) Changes(
	ctx context.Context, after driver.Cursor, limit int, wait time.Duration,
) (*driver.Batch, error) {
	ctx, end := l.ask(ctx, "Changes")
	batch, err := l.Ledger.Changes(ctx, after, limit, wait)
	return batch, end(err)
}

func (l *ledger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	ctx, end := l.ask(ctx, "Append")
	receipt, err := l.Ledger.Append(ctx, w)
	return receipt, end(err)
}

func (l *ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	ctx, end := l.ask(ctx, "Receipt")
	receipt, err := l.Ledger.Receipt(ctx, tx)
	return receipt, end(err)
}

func (l *ledger) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	ctx, end := l.ask(ctx, "Prove")
	proof, err := l.Ledger.Prove(ctx, e)
	return proof, end(err)
}
