package tracing_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/internal/probe"
	"github.com/ftagateway/ftagateway/adapters/tracing"
)

// recorded gives the spans that end, in their order.
func recorded() (*sdk.TracerProvider, *tracetest.SpanRecorder) {
	r := tracetest.NewSpanRecorder()
	return sdk.NewTracerProvider(sdk.WithSpanProcessor(r)), r
}

func TestEveryQuestionIsASpanBelowItsCall(t *testing.T) {
	for name := range probe.Calls(probe.Ledger(nil), 0) {
		t.Run(name, func(t *testing.T) {
			provider, spans := recorded()
			calls := tracing.New(provider, "trade")
			chain := calls.Driver(probe.Ledger(func(context.Context) error { return nil }))
			err := calls.Around(t.Context(), "Read", 0, probe.Calls(chain, 0)[name])
			if err != nil {
				t.Fatal(err)
			}
			ended := spans.Ended()
			if len(ended) != 2 {
				t.Fatalf("%d spans, want the question and its call", len(ended))
			}
			question, call := ended[0], ended[1]
			if question.Name() != "driver "+name || call.Name() != "ledger Read" ||
				question.Parent().SpanID() != call.SpanContext().SpanID() {
				t.Errorf("%q below %q", question.Name(), call.Name())
			}
			if !slices.Contains(question.Attributes(), tracing.Ledger.String("trade")) ||
				!slices.Contains(question.Attributes(), tracing.Code.String("ok")) {
				t.Errorf("attributes %v", question.Attributes())
			}
		})
	}
}

func TestASpanTellsTheCodeAndNeverTheWords(t *testing.T) {
	for _, tc := range []struct {
		err    error
		code   string
		status codes.Code
	}{
		{driver.Errorf(driver.Unavailable, "dial 10.1.2.3: refused"), "unavailable", codes.Error},
		{driver.Errorf(driver.NotFound, "no key 10.1.2.3"), "not-found", codes.Unset},
		{errors.New("10.1.2.3 broke"), "unknown", codes.Error},
	} {
		provider, spans := recorded()
		calls := tracing.New(provider, "trade")
		chain := calls.Driver(probe.Ledger(func(context.Context) error { return tc.err }))
		err := calls.Around(t.Context(), "Read", 0, func(ctx context.Context) error {
			_, err := chain.Get(ctx, driver.Ref{Key: "k"})
			return err
		})
		if !errors.Is(err, tc.err) {
			t.Errorf("answered %v, want %v", err, tc.err)
		}
		for _, s := range spans.Ended() {
			if !slices.Contains(s.Attributes(), tracing.Code.String(tc.code)) || s.Status().Code != tc.status {
				t.Errorf("%s: %v, %v, want %s", s.Name(), s.Attributes(), s.Status(), tc.code)
			}
			if strings.Contains(s.Status().Description, "10.1.2.3") || len(s.Events()) > 0 {
				t.Errorf("%s tells the words of the error: %v %v", s.Name(), s.Status(), s.Events())
			}
		}
	}
}

func TestWithoutAProviderNothingStandsInBetween(t *testing.T) {
	calls := tracing.New(nil, "trade")
	inner := probe.Ledger(func(context.Context) error { return nil })
	if _, same := calls.Driver(inner).(probe.Ledger); !same {
		t.Error("the driver is wrapped for nothing")
	}
	if err := calls.Around(t.Context(), "Read", 0, func(context.Context) error { return nil }); err != nil {
		t.Error(err)
	}
}
