// Package tracing makes spans of the calls on a ledger (OpenTelemetry): one around a whole call, as its caller sees it, and
// one for every question that the driver was asked for it, so that a trace shows what was answered from a cache, what was
// tried again and what waited.
//
// A span names the ledger by its slug, the method, and the code of the result. Never a key, an id, an entry number or the
// words of an error, which may hold a host: traces are kept where other people look.
package tracing

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// The attributes of a span.
const (
	Ledger = attribute.Key("fta.ledger") // the slug
	Code   = attribute.Key("fta.code")   // of a driver.Error, or "ok"
)

const scope = "github.com/ftagateway/ftagateway/adapters"

// Calls makes the spans of one ledger. It is safe for concurrent use.
type Calls struct {
	tracer trace.Tracer
	ledger trace.SpanStartEventOption
	off    bool
}

// New makes spans by a provider for the ledger that the configuration names slug. Without a provider none is made.
func New(p trace.TracerProvider, slug string) *Calls {
	c := &Calls{off: p == nil, ledger: trace.WithAttributes(Ledger.String(slug))}
	if c.off {
		p = noop.NewTracerProvider()
	}
	c.tracer = p.Tracer(scope)
	return c
}

// Around makes a span of a whole call, and answers the error of its work.
func (c *Calls) Around(
	ctx context.Context, method string, _ time.Duration, work func(context.Context) error,
) error {
	if c.off {
		return work(ctx)
	}
	ctx, span := c.tracer.Start(ctx, "ledger "+method, c.ledger)
	defer span.End()
	err := work(ctx)
	tell(span, err)
	return err
}

// tell says how it went. Only an outage is an error of the call: that there is no such record is an answer.
func tell(span trace.Span, err error) {
	code := "ok"
	if err != nil {
		code = string(driver.CodeOf(err))
	}
	span.SetAttributes(Code.String(code))
	if driver.IsOutage(err) {
		span.SetStatus(codes.Error, code)
	}
}
