package serving_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	spans "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// receiver takes spans as a collector does.
type receiver struct {
	mu    sync.Mutex
	spans []*spans.Span
	raw   strings.Builder // everything that was sent
}

func (c *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	var sent collector.ExportTraceServiceRequest
	if err != nil || r.URL.Path != "/v1/traces" || proto.Unmarshal(data, &sent) != nil {
		http.Error(w, "no spans", http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw.Write(data)
	for _, of := range sent.ResourceSpans {
		for _, s := range of.ScopeSpans {
			c.spans = append(c.spans, s.Spans...)
		}
	}
}

// below lists the names of a span and of those that it stands below, up to the root.
func (c *receiver) below(s *spans.Span) []string {
	names := []string{s.Name}
	for _, other := range c.spans {
		if string(other.SpanId) == string(s.ParentSpanId) {
			return append(names, c.below(other)...)
		}
	}
	return names
}

// A request is one trace from the route to the question that the driver was asked, and nothing in it says what was asked for.
func TestATraceGoesFromTheRequestToTheDriver(t *testing.T) {
	got := &receiver{}
	there := httptest.NewServer(got)
	defer there.Close()
	c := settings(t)
	c.Traces = config.Traces{Endpoint: there.URL + "/v1/traces", Percent: 100}
	g, _ := open(t, c)
	const id = "urn:uuid:5f6ee4cf-1e43-4b0e-9d5e-0a86b2a0f2f5"
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/v1/records/"+id, nil)
	r.Header.Set("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	api.New(api.Config{Gateway: g.Gateway, Traces: g.Traces}).ServeHTTP(w, r)
	if w.Code != http.StatusNotFound {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if err := g.Close(); err != nil { // sends what waits
		t.Fatal(err)
	}
	asked := 0
	for _, s := range got.spans {
		if s.Name != "driver Get" {
			continue
		}
		asked++
		if way := strings.Join(got.below(s), " < "); way != "driver Get < ledger Read < GET /v1/records/{id}" {
			t.Error(way)
		}
		if s.TraceId[0] != 0x0a {
			t.Errorf("trace %x is not the caller's", s.TraceId)
		}
	}
	if asked != 2 {
		t.Errorf("%d questions to drivers in the trace, want one a ledger: %v", asked, got.spans)
	}
	if strings.Contains(got.raw.String(), id[len("urn:uuid:"):]) {
		t.Error("the spans hold the id that was asked for")
	}
}

// A collector that is away costs spans, is said once, and its address is not.
func TestACollectorThatIsAway(t *testing.T) {
	there := httptest.NewServer(http.NotFoundHandler())
	c := settings(t)
	c.Traces = config.Traces{Endpoint: there.URL, Percent: 100}
	g, logged := open(t, c)
	handler := api.New(api.Config{Gateway: g.Gateway, Traces: g.Traces})
	for range 2 {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/v1/ledgers", nil))
		if w.Code != http.StatusOK {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	there.Close()
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	if said := logged.String(); strings.Count(said, "spans cannot be sent") != 1 || strings.Contains(said, there.URL) {
		t.Error(said)
	}
}
