package ethereum_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// call is a JSON-RPC question as it comes to a node, and answer what the node says.
type call struct {
	ID     json.RawMessage   `json:"id"`
	Method string            `json:"method"`
	Params []json.RawMessage `json:"params"`
}

type answer struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *refusal        `json:"error,omitempty"`
}

type refusal struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    string `json:"data,omitempty"`
}

// wire is the way to a node, on which answers can be bent, and on which everything can go wrong that goes wrong with
// HTTP. It is a node to whoever asks it.
type wire struct {
	*httptest.Server
	http *http.Client

	mu    sync.Mutex
	to    string
	turns func(c *call)           // nil: questions are passed on as they are
	bent  func(c call, a *answer) // nil: answers are passed on
	spoil http.HandlerFunc        // nil: requests are passed on
	asked map[string]int          // by method
}

func newWire(t testing.TB, to string) *wire {
	t.Helper()
	w := &wire{to: to, http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}, asked: map[string]int{}}
	w.Server = httptest.NewServer(w)
	t.Cleanup(func() {
		w.Close()
		w.http.CloseIdleConnections()
	})
	return w
}

// listen starts again at an address.
func (w *wire) listen(t testing.TB, at string) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	w.Server = &httptest.Server{Listener: l, Config: &http.Server{Handler: w, ReadHeaderTimeout: patience}}
	w.Start()
}

// bend changes answers from now on; nil ends it.
func (w *wire) bend(how func(c call, a *answer)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bent = how
}

// leads makes another node answer from now on.
func (w *wire) leads(to string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.to = to
}

// turn changes questions from now on; nil ends it.
func (w *wire) turn(how func(c *call)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.turns = how
}

// spoiled answers requests in the node's place from now on; nil ends it.
func (w *wire) spoiled(how http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.spoil = how
}

// count is how often a method was asked for.
func (w *wire) count(method string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked[method]
}

func (w *wire) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	spoil, turns, bent, to := w.spoil, w.turns, w.bent, w.to
	w.mu.Unlock()
	if spoil != nil {
		spoil(out, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	calls, batch := callsOf(body)
	w.note(calls)
	if turns != nil {
		body = turnAll(calls, batch, turns)
	}
	got, err := w.pass(r, to, body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if bent != nil {
		got = bendAll(calls, batch, got, bent)
	}
	out.Header().Set("Content-Type", "application/json")
	_, _ = out.Write(got)
}

func (w *wire) note(calls []call) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range calls {
		w.asked[c.Method]++
	}
}

// pass asks the node.
func (w *wire) pass(r *http.Request, to string, body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(r.Context(), http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := w.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func callsOf(body []byte) (calls []call, batch bool) {
	if json.Unmarshal(body, &calls) == nil {
		return calls, true
	}
	var one call
	_ = json.Unmarshal(body, &one)
	return []call{one}, false
}
