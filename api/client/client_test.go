package client_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/api/client"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// calling makes a client of a server that answers in one way.
func calling(t *testing.T, answer http.HandlerFunc) *client.Client {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	c, err := client.New(server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func TestAnswersAreRead(t *testing.T) {
	c := calling(t, func(w http.ResponseWriter, r *http.Request) {
		var sent bytes.Buffer
		_, _ = sent.ReadFrom(r.Body)
		fmt.Fprintf(w, `{"said": %q}`, strings.Join([]string{r.Method, r.URL.Path, r.Header.Get("Content-Type"), sent.String()}, " "))
	})
	var got struct{ Said string }
	if err := c.Get(t.Context(), "/v1/ledgers", &got); err != nil || got.Said != "GET /v1/ledgers  " {
		t.Errorf("%q, %v", got.Said, err)
	}
	if err := c.Post(t.Context(), "/v1/verify", map[string]int{"a": 1}, &got); err != nil || got.Said != `POST /v1/verify application/json {"a":1}` {
		t.Errorf("%q, %v", got.Said, err)
	}
	if err := c.Get(t.Context(), "/v1/ledgers", nil); err != nil {
		t.Errorf("an answer that nobody wants: %v", err)
	}
	var lines strings.Builder
	if err := c.Copy(t.Context(), "/v1/witness/export", &lines); err != nil || !strings.Contains(lines.String(), "/v1/witness/export") {
		t.Errorf("%q, %v", lines.String(), err)
	}
}

func TestARefusalIsAProblem(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		says   []string
	}{
		"worded": {http.StatusServiceUnavailable, `{"type":"x","title":"Not found so far","status":503,"retryable":true,"detail":"not there","ledgers":["trade"],
			"faults":[{"pointer":"/a","value":"7","rule":"must be a string"}]}`, []string{"Not found so far", "not there", "trade", "/a 7: must be a string"}},
		"by something between":              {http.StatusBadGateway, `<html>nginx</html>`, []string{"Bad Gateway"}},
		"without a body":                    {http.StatusForbidden, ``, []string{"Forbidden"}},
		"a problem without its title":       {http.StatusTeapot, `{"status":418}`, []string{"teapot"}},
		"a place to go to, which it is not": {http.StatusTemporaryRedirect, ``, []string{"Temporary Redirect"}},
	} {
		t.Run(name, func(t *testing.T) {
			to := calling(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", "http://elsewhere.example/")
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.body)
			})
			wantProblem(t, to.Post(t.Context(), "/v1/entries/find", map[string]string{}, nil), c.status, c.says)
			wantProblem(t, to.Copy(t.Context(), "/v1/witness/export", &strings.Builder{}), c.status, c.says)
		})
	}
}

func wantProblem(t *testing.T, err error, status int, says []string) {
	t.Helper()
	var p *client.Problem
	if !errors.As(err, &p) || p.Status != status {
		t.Fatalf("%v, want a problem of %d", err, status)
	}
	for _, words := range says {
		if !strings.Contains(p.Error(), words) {
			t.Errorf("%q does not say %q", p.Error(), words)
		}
	}
}

func TestAGatewayThatDoesNotAnswerIsUnreachable(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	c, err := client.New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	server.Close()
	if err := c.Get(t.Context(), "/v1/ledgers", nil); !errors.Is(err, client.ErrUnreachable) {
		t.Errorf("%v, want %v", err, client.ErrUnreachable)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Copy(ctx, "/v1/witness/export", nil); !errors.Is(err, client.ErrUnreachable) || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want it to say that the caller went away", err)
	}
	cut := calling(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, `{"half":`)
	})
	if err := cut.Get(t.Context(), "/v1/ledgers", nil); !errors.Is(err, client.ErrUnreachable) {
		t.Errorf("half an answer: %v", err)
	}
}

func TestAnAnswerThatIsNoneIsAnError(t *testing.T) {
	c := calling(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `<html>`) })
	if err := c.Get(t.Context(), "/v1/ledgers", &struct{}{}); err == nil {
		t.Error("a page was taken for an answer")
	}
	if err := c.Post(t.Context(), "/v1/verify", func() {}, nil); err == nil {
		t.Error("a function was sent as JSON")
	}
}

func TestWhatIsNoGatewayIsRefused(t *testing.T) {
	for _, base := range []string{"", "127.0.0.1:8080", "ftp://127.0.0.1", "http://", "http://user:secret@127.0.0.1", "http://127.0.0.1/?a=b", "http://127.0.0.1/#x", "://"} {
		if c, err := client.New(base); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v, %v", base, c, err)
		}
	}
}
