package faulty

import (
	"bytes"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

// bent is a gateway with hooks on its way in and out.
type bent struct {
	setting gatewaysuite.Setting                          // may be changed before the right gateway is opened
	asked   func(q *question)                             // before a request is passed on
	say     func(a *said)                                 // before an answer is passed on
	instead func(w http.ResponseWriter, q *question) bool // answers in the gateway's place, and says that it did
	logs    func(q *question) string                      // what is added to the log
	added   []string
}

// question is a request on its way to the right gateway.
type question struct {
	*http.Request
	body []byte
}

// said is an answer of the right gateway on its way back.
type said struct {
	question *question
	status   int
	header   http.Header
	body     []byte
}

// before opens the proxy before a right gateway.
func (b *bent) before(g *gatewaysuite.Gateway) (*gatewaysuite.Gateway, error) {
	to, err := url.Parse(g.URL)
	if err != nil {
		return nil, errors.Join(err, g.Close())
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
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
	out.URL = "http://" + l.Addr().String()
	out.Close = func() error {
		err := s.Close()
		<-ended
		return errors.Join(err, g.Close())
	}
	return &out, nil
}

type questionKey struct{}

// front passes requests on by way of the hooks.
func (b *bent) front(proxy http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		q := &question{r, body}
		if b.asked != nil {
			b.asked(q)
		}
		if b.instead != nil && b.instead(w, q) {
			return
		}
		q.Body, q.ContentLength = io.NopCloser(bytes.NewReader(q.body)), int64(len(q.body))
		proxy.ServeHTTP(w, q.WithContext(withQuestion(q)))
	})
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
	b.say(a)
	r.StatusCode, r.Body, r.ContentLength = a.status, io.NopCloser(bytes.NewReader(a.body)), int64(len(a.body))
	if q.Method != http.MethodHead {
		r.Header.Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	return nil
}

// on reports whether a request is for a path that begins so.
func (q *question) on(prefix string) bool { return strings.HasPrefix(q.URL.Path, prefix) }

// set gives a request a parameter.
func (q *question) set(name, value string) {
	values := q.URL.Query()
	values.Set(name, value)
	q.URL.RawQuery = values.Encode()
}

// tells reports whether an answer holds a text.
func (a *said) tells(text string) bool { return bytes.Contains(a.body, []byte(text)) }
