package serving

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.37.0"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// flushTimeout is how long the last spans may take to be sent when the gateway ends.
const flushTimeout = 3 * time.Second

// trace sends spans to the collector that is configured, from a queue: a collector that is away costs spans and nothing
// else. What else the sender can be told, headers among it, is as OpenTelemetry's own environment variables say.
func (b *base) trace(ctx context.Context, to config.Traces, log *slog.Logger) error {
	if to.Endpoint == "" {
		return nil
	}
	sender, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(to.Endpoint), otlptracehttp.WithTimeout(flushTimeout))
	if err != nil {
		return fmt.Errorf("traces.endpoint: %w", err)
	}
	ratio := sdk.TraceIDRatioBased(float64(to.Percent) / 100)
	provider := sdk.NewTracerProvider(
		sdk.WithBatcher(&outlet{SpanExporter: sender, log: log}),
		sdk.WithResource(resource.NewSchemaless(semconv.ServiceName("fta-gateway"))),
		// What a caller has decided counts for the caller: anybody could else have every request of theirs kept.
		sdk.WithSampler(sdk.ParentBased(ratio, sdk.WithRemoteParentSampled(ratio))),
	)
	b.traces = provider
	b.parts = append(b.parts, func() error {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTimeout)
		defer cancel()
		_ = provider.Shutdown(end) // spans that cannot be sent now are lost, and nothing else
		return nil
	})
	return nil
}

// outlet says once in the log when spans cannot be sent, and once when they can again.
type outlet struct {
	sdk.SpanExporter
	log  *slog.Logger
	away atomic.Bool
}

// ExportSpans sends spans. Its error is told here: the SDK's own way is the process's standard log, with the collector's
// address and credentials.
func (o *outlet) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	err := o.SpanExporter.ExportSpans(ctx, spans)
	switch {
	case err != nil && !o.away.Swap(true):
		o.log.Warn("spans cannot be sent to the collector; they are dropped")
	case err == nil && o.away.Swap(false):
		o.log.Info("spans can be sent to the collector again")
	}
	return nil
}
