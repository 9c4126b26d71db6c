package ethereum_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// said is one answer of a node over JSON-RPC.
type said struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   json.RawMessage `json:"error,omitempty"`
}

// interposer stands before a node and alters the answers to some methods.
type interposer struct {
	*httptest.Server
	to string

	mu    sync.Mutex
	alter map[string]func(a *said)
}

func interpose(t testing.TB, to string) *interposer {
	t.Helper()
	p := &interposer{to: to, alter: map[string]func(a *said){}}
	p.Server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(func() {
		p.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	return p
}

// alters sets what is done to the answers to a method; nil: nothing.
func (p *interposer) alters(method string, how func(a *said)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.alter[method] = how
}

func (p *interposer) serve(w http.ResponseWriter, r *http.Request) {
	question, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	asked, err := http.NewRequestWithContext(r.Context(), http.MethodPost, p.to, bytes.NewReader(question))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	asked.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(asked)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(p.altered(question, answer))
}

// altered alters one answer, or each of several that were asked for at once.
func (p *interposer) altered(question, answer []byte) []byte {
	type asked struct {
		ID     json.RawMessage `json:"id"`
		Method string          `json:"method"`
	}
	var one asked
	var some []asked
	var out any
	if json.Unmarshal(question, &one) == nil {
		a := new(said)
		p.decode(answer, a)
		p.bend(one.Method, a)
		out = a
	} else {
		all := []*said{}
		p.decode(question, &some)
		p.decode(answer, &all)
		for _, q := range some {
			for _, a := range all {
				if string(a.ID) == string(q.ID) {
					p.bend(q.Method, a)
				}
			}
		}
		out = all
	}
	text, err := json.Marshal(out)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return text
}

func (p *interposer) decode(text []byte, into any) {
	if err := json.Unmarshal(text, into); err != nil {
		panic(http.ErrAbortHandler)
	}
}

func (p *interposer) bend(method string, a *said) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if how := p.alter[method]; how != nil {
		how(a)
	}
}
