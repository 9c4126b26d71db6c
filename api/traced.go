package api

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// traced makes a span of every request, below that of the caller (W3C Trace Context). It names the route and never the path:
// ids stand in paths, and traces are kept where other people look.
func traced(p trace.TracerProvider) func(http.Handler) http.Handler {
	tracer := p.Tracer("github.com/ftagateway/ftagateway/api")
	callers := propagation.TraceContext{}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx := callers.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
			ctx, span := tracer.Start(ctx, "HTTP", trace.WithSpanKind(trace.SpanKindServer))
			defer span.End()
			seen := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
			r = r.WithContext(ctx)
			defer func() { answered(span, r, seen.Status()) }()
			next.ServeHTTP(seen, r)
		})
	}
}

// answered says of a request what may be told of it. Its route is known only now.
func answered(span trace.Span, r *http.Request, status int) {
	route := chi.RouteContext(r.Context()).RoutePattern()
	if route == "" {
		route = "no route"
	}
	span.SetName(method(r) + " " + route)
	span.SetAttributes(attribute.String("http.request.method", method(r)), attribute.String("http.route", route),
		attribute.Int("http.response.status_code", status))
	if status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, http.StatusText(status))
	}
}

// method is one of those that are served. Any other is a word of the caller's own.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodDelete:
		return r.Method
	}
	return "OTHER"
}
