package faulty

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

// bent is a gateway with hooks on its way in and out.
type bent struct {
	setting gatewaysuite.Setting     // may be changed before the right gateway is opened
	asked   func(q *question)        // before a request is passed on
	say     func(a *said)            // before an answer is passed on
	logs    func(q *question) string // what is added to the log

	mu    sync.Mutex // requests come side by side
	added strings.Builder
}

// before opens the proxy before a right gateway.
func (b *bent) before(g *gatewaysuite.Gateway) (*gatewaysuite.Gateway, error) {
	to, err := url.Parse(g.URL)
	if err != nil {
		return nil, errors.Join(err, g.Close())
	}
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, g.Close())
	}
	silence := log.New(io.Discard, "", 0)
	transport := &http.Transport{DisableKeepAlives: true}
	proxy := &httputil.ReverseProxy{
		Transport: transport, ErrorLog: silence, ModifyResponse: b.answered,
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			r.Out.Host = r.In.Host
		},
	}
	s := &http.Server{Handler: b.front(proxy), ReadHeaderTimeout: 10 * time.Second, ErrorLog: silence}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.Serve(l)
	}()
	out := *g
	if g.Log != nil {
		out.Log = b.log(g.Log)
	}
	out.URL = "http://" + l.Addr().String()
	out.Close = func() error {
		err := s.Close()
		<-ended
		return errors.Join(err, g.Close())
	}
	return &out, nil
}

// front passes requests on by way of the hooks.
func (b *bent) front(proxy http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		q := &question{r, body}
		b.hear(q)
		q.Body, q.ContentLength = io.NopCloser(bytes.NewReader(q.body)), int64(len(q.body))
		proxy.ServeHTTP(w, q.WithContext(withQuestion(q)))
	})
}

// hear has the hooks see a request.
func (b *bent) hear(q *question) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.logs != nil {
		b.added.WriteString(b.logs(q))
	}
	if b.asked != nil {
		b.asked(q)
	}
}

// log is the right gateway's, with what is added.
func (b *bent) log(right func() string) func() string {
	return func() string {
		b.mu.Lock()
		defer b.mu.Unlock()
		return right() + b.added.String()
	}
}

// answered passes an answer on by way of the hook.
func (b *bent) answered(r *http.Response) error {
	q, _ := r.Request.Context().Value(questionKey{}).(*question)
	if b.say == nil || q == nil {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	_ = r.Body.Close()
	a := &said{question: q, status: r.StatusCode, header: r.Header, body: body}
	b.mu.Lock()
	b.say(a)
	b.mu.Unlock()
	r.StatusCode, r.Body, r.ContentLength = a.status, io.NopCloser(bytes.NewReader(a.body)), int64(len(a.body))
	if q.Method != http.MethodHead {
		r.Header.Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	return nil
}
