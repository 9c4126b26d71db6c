package faultmatrix_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
)

// liar stands between the wire and a node that speaks HTTP, and passes on what both say until it is told to lie.
type liar struct {
	*httptest.Server
	client *http.Client
	// to is the node's URL, and name what a question is remembered by.
	to   func(r *http.Request) string
	name func(r *http.Request, question []byte) string

	tells  atomic.Pointer[lie]
	lied   atomic.Int32 // how often
	atMark func()       // is called by remember; nil: nothing is

	mu     sync.Mutex
	heard  map[string]said // the last answer to each question
	before map[string]said // heard, when remember was called
}

func newLiar(t *testing.T, to string) *liar {
	l := &liar{client: &http.Client{Transport: &http.Transport{}}, heard: map[string]said{}, name: byItsText}
	l.to = func(*http.Request) string { return "http://" + to }
	l.Server = httptest.NewServer(l)
	l.closes(t)
	return l
}

func (l *liar) closes(t *testing.T) {
	t.Cleanup(func() {
		l.Close()
		l.client.CloseIdleConnections()
	})
}

func byItsText(r *http.Request, question []byte) string {
	return r.Method + " " + r.URL.RequestURI() + " " + string(question)
}

// remember keeps what was answered until now, for a lie about what is so.
func (l *liar) remember() {
	if l.atMark != nil {
		l.atMark()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.before, l.heard = l.heard, map[string]said{}
}

func (l *liar) address() string { return l.Listener.Addr().String() }

// tell has it lie; nil: it is honest again.
func (l *liar) tell(how lie) {
	if how == nil {
		l.tells.Store(nil)
		return
	}
	l.tells.Store(&how)
}

func (l *liar) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	question, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	s := l.answer(r, question)
	for name, values := range s.header {
		w.Header()[name] = values
	}
	w.Header().Del("Content-Length")
	w.WriteHeader(s.status)
	_, _ = w.Write(s.body)
	for name, values := range s.trailer {
		w.Header()[http.TrailerPrefix+name] = values
	}
}

// answer answers as the node does, or as the lie has it, and counts what was not as it is.
func (l *liar) answer(r *http.Request, question []byte) said {
	name := l.name(r, question)
	honest := false
	var truth said
	x := exchange{path: r.URL.Path, question: question,
		ask: func(asked []byte) said {
			truth, honest = l.pass(r, name, asked), bytes.Equal(asked, question)
			return truth.clone()
		},
		before: func() (said, bool) { return l.heardBefore(name) }}
	how := l.tells.Load()
	if how == nil {
		return x.ask(question)
	}
	s := (*how)(x)
	if !honest || !bytes.Equal(s.body, truth.body) {
		l.lied.Add(1)
	}
	return s
}

func (l *liar) heardBefore(name string) (said, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s, ok := l.before[name]
	return s.clone(), ok
}

// pass asks the node. The host stays what was asked for, so that the links in what it says lead back through the wire.
func (l *liar) pass(r *http.Request, name string, question []byte) said {
	out, err := http.NewRequestWithContext(r.Context(), r.Method, l.to(r)+r.URL.RequestURI(), bytes.NewReader(question))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	out.Header, out.Host = r.Header.Clone(), r.Host
	out.Header.Del("Accept-Encoding") // so that the client here decodes what is to be altered
	resp, err := l.client.Do(out)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	s := said{resp.StatusCode, resp.Header, resp.Trailer, body}
	l.mu.Lock()
	l.heard[name] = s.clone()
	l.mu.Unlock()
	return s
}
