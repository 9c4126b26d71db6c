package remote

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"
	"net/http/httptrace"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// client speaks HTTP with one server. It bounds the bytes of every answer, goes nowhere that it was not sent, and keeps
// connections open between calls.
type client struct {
	http    *http.Client
	own     *http.Transport // nil where the HTTP client was given
	gateway string          // our name among gateways; "" if we have none
}

// exchangeTimeout bounds one request beyond what it asks to wait, so that a server which accepts a connection and says
// nothing cannot hold a caller without deadline for ever.
const exchangeTimeout = 30 * time.Second

func newClient(given *http.Client, gateway string) *client {
	c := &client{http: &http.Client{}, gateway: gateway}
	if given != nil {
		*c.http = *given
	} else {
		c.own = newTransport()
		c.http.Transport = c.own
	}
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c
}

// newTransport keeps as many idle connections as a busy gateway has calls under way; the standard two per host would
// open a new one for nearly every read.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            newDialer().DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           128,
		MaxIdleConnsPerHost:    128,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    5 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true,
	}
}

func (c *client) close() {
	if c.own != nil {
		c.own.CloseIdleConnections()
	}
}

// question is one call as it is sent.
type question struct {
	op   protocol.Operation
	url  string
	text []byte        // nil: asked by GET
	most int64         // bytes that the answer may have
	wait time.Duration // that the server is asked to wait
	sent *bool         // where given, told whether a connection was there to send on
}

// call sends a question, reads its whole answer into message, and gives the URI of the ledger that answered.
func (c *client) call(ctx context.Context, q question, message any) (uri string, err error) {
	bounded, cancel := context.WithTimeout(ctx, q.wait+exchangeTimeout)
	defer cancel()
	req, err := c.request(bounded, q)
	if err != nil {
		return "", err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return "", unreachable(ctx, err)
	}
	defer resp.Body.Close()
	text, err := readBounded(resp, q.most)
	if err != nil {
		return "", unreachable(ctx, err)
	}
	if resp.StatusCode != http.StatusOK {
		return "", failure(q.op, resp, text)
	}
	return answeredBy(resp), read(q.op, resp, text, message)
}

func (c *client) request(ctx context.Context, q question) (*http.Request, error) {
	method, body := http.MethodGet, io.Reader(nil)
	if q.text != nil {
		method, body = http.MethodPost, bytes.NewReader(q.text)
	}
	if q.sent != nil {
		ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { *q.sent = true }})
	}
	req, err := http.NewRequestWithContext(ctx, method, q.url, body)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "address of the remote ledger: %w", err)
	}
	c.head(req)
	if q.text != nil {
		req.Header.Set("Content-Type", protocol.MediaType)
	}
	if q.op != protocol.OpAppend {
		// Without a value this is not sent. It tells net/http that the request may go out again where a kept connection
		// turns out to be closed. A write does not: a ledger may say Conflict to a repeat while the first is under way,
		// which its caller would take for the answer.
		req.Header["Idempotency-Key"] = []string{}
	}
	return req, nil
}

func (c *client) head(req *http.Request) {
	req.Header.Set("Accept", protocol.MediaType+", "+protocol.ProblemType)
	req.Header.Set("Accept-Encoding", "identity") // what is packed has a size that is known only when it is too late
	req.Header.Set(protocol.VersionHeader, protocol.Version)
	hops := protocol.HopsOf(req.Context())
	if c.gateway != "" && !hops.Has(c.gateway) {
		hops = append(hops[:len(hops):len(hops)], c.gateway)
	}
	if len(hops) > 0 {
		req.Header.Set(protocol.HopsHeader, hops.String())
	}
}

func readBounded(resp *http.Response, most int64) ([]byte, error) {
	if resp.ContentLength > most {
		return nil, corrupt("%d bytes, at most %d are taken", resp.ContentLength, most)
	}
	buf := bytes.NewBuffer(make([]byte, 0, max(min(resp.ContentLength, 1<<20), 0)+bytes.MinRead))
	n, err := buf.ReadFrom(io.LimitReader(resp.Body, most+1))
	if n > most {
		return nil, corrupt("it does not end after %d bytes", most)
	}
	return buf.Bytes(), err
}

// isType reports whether an answer is of a media type, and not packed.
func isType(resp *http.Response, want string) bool {
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	packed := resp.Header.Get("Content-Encoding")
	return err == nil && kind == want && (packed == "" || packed == "identity")
}
