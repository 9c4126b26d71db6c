package webledger

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// client speaks HTTP with one node. It bounds the bytes of every answer, goes nowhere that it was not sent, and keeps
// connections open between calls.
type client struct {
	http *http.Client
	own  *http.Transport // nil where the HTTP client was given
}

// exchangeTimeout bounds one request whatever the caller's context allows, so that a node which accepts a connection
// and says nothing cannot hold a caller without deadline for ever.
const exchangeTimeout = 30 * time.Second

func newClient(given *http.Client) *client {
	c := &client{http: &http.Client{}}
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
		DialContext:            (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           128,
		MaxIdleConnsPerHost:    128,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    5 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

func (c *client) close() {
	if c.own != nil {
		c.own.CloseIdleConnections()
	}
}

// get answers the body of a 200.
func (c *client) get(ctx context.Context, url string, most int64) ([]byte, error) {
	a, _, err := c.exchange(ctx, http.MethodGet, url, nil, most)
	if err != nil {
		return nil, err
	}
	if a.status != http.StatusOK {
		return nil, a.fault(readFaults)
	}
	return a.body, nil
}

// exchange sends one request and reads its whole answer, of at most most bytes. sent reports, also beside an error,
// whether a connection was there to send on: if not, the node cannot have seen the request.
func (c *client) exchange(ctx context.Context, method, url string, body []byte, most int64) (a *answer, sent bool, err error) {
	bounded, cancel := context.WithTimeout(ctx, exchangeTimeout)
	defer cancel()
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { sent = true }}
	req, err := newRequest(httptrace.WithClientTrace(bounded, trace), method, url, body)
	if err != nil {
		return nil, false, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, sent, unreachable(ctx, err)
	}
	defer resp.Body.Close()
	a = &answer{status: resp.StatusCode, header: resp.Header}
	a.body, err = readBounded(resp, most)
	return a, true, unreachable(ctx, err)
}

func newRequest(ctx context.Context, method, url string, body []byte) (*http.Request, error) {
	var content io.Reader
	if body != nil {
		content = bytes.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, method, url, content)
	if err != nil {
		return nil, driver.Errorf(driver.Corrupt, "address of a service: %w", err)
	}
	req.Header.Set("Accept", "application/ld+json, application/json")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
		// Without a value this is not sent. It tells net/http that the request may go out again where a kept
		// connection turns out to be closed: a query changes nothing, and a second copy of an operation has no effect.
		req.Header["Idempotency-Key"] = []string{}
	}
	return req, nil
}

func readBounded(resp *http.Response, most int64) ([]byte, error) {
	if resp.ContentLength > most {
		return nil, driver.Errorf(driver.Corrupt, "an answer of %d bytes, at most %d are taken", resp.ContentLength, most)
	}
	buf := bytes.NewBuffer(make([]byte, 0, max(resp.ContentLength, 0)+bytes.MinRead))
	n, err := buf.ReadFrom(io.LimitReader(resp.Body, most+1))
	if n > most {
		return nil, driver.Errorf(driver.Corrupt, "an answer that does not end after %d bytes", most)
	}
	return buf.Bytes(), err
}
