// Package nodes asks one chain's JSON-RPC endpoints, and says what they agree on. It bounds what is taken of each answer,
// classifies what goes wrong once, and knows nothing of contracts' meaning.
//
// Nothing is subscribed to: a subscription that has died says nothing, and filters expire. Who waits asks for the head
// again and again, which works over every transport, behind every balancer, and for several endpoints alike.
package nodes

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Node is one endpoint. It connects when it is first asked, and again when the connection was lost.
type Node struct {
	url  string
	name string // for the log: addresses often hold a key
	http *http.Client
	own  *http.Transport // nil where the HTTP client was given

	mu     sync.Mutex
	client *rpc.Client
	span   uint64 // blocks that a question for logs may span here, as far as is known; 0: nothing is
}

// The bounds of one answer. A block's receipts and a page of logs are the largest.
const maxAnswer = 32 << 20

// askTimeout bounds one question whatever the caller's context allows, so that an endpoint which accepts a connection and
// says nothing cannot hold a caller without deadline for ever.
const askTimeout = 20 * time.Second

// New makes a node of an address: http, https, ws, wss, or a path (ipc). Nothing is connected yet.
func New(address string, given *http.Client) *Node {
	n := &Node{url: address, name: hostOf(address), http: &http.Client{}}
	var base http.RoundTripper
	if given != nil {
		*n.http = *given
		base = given.Transport
	} else {
		n.own = newTransport()
		base = n.own
	}
	if base == nil {
		base = http.DefaultTransport
	}
	n.http.Transport = bounded{base}
	n.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return n
}

func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return "ipc"
}

// newTransport keeps as many idle connections as a busy gateway has calls under way.
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

// ask puts one question.
func (n *Node) ask(ctx context.Context, into any, method string, args ...any) error {
	bounded, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	c, err := n.connect(bounded)
	if err != nil {
		return classify(ctx, method, err)
	}
	var raw json.RawMessage
	err = c.CallContext(bounded, &raw, method, args...)
	n.judge(c, err)
	if err != nil {
		return classify(ctx, method, err)
	}
	return decode(method, raw, into)
}

// decode reads a result. It is decoded here and not by the client, so that what is wrong with it is no outage.
func decode(method string, raw json.RawMessage, into any) error {
	if err := json.Unmarshal(raw, into); err != nil {
		return driver.Errorf(driver.Corrupt, "%s: decode the result: %w", method, err)
	}
	return nil
}

// askAll puts several questions at once. An error of one is in its element.
func (n *Node) askAll(ctx context.Context, all []rpc.BatchElem) error {
	bounded, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	c, err := n.connect(bounded)
	if err != nil {
		return classify(ctx, "connect", err)
	}
	raw, into := make([]json.RawMessage, len(all)), make([]any, len(all))
	for i := range all {
		into[i], all[i].Result = all[i].Result, &raw[i]
	}
	err = c.BatchCallContext(bounded, all)
	n.judge(c, err)
	if err != nil {
		return classify(ctx, all[0].Method, err)
	}
	for i := range all {
		if all[i].Error = classify(ctx, all[i].Method, all[i].Error); all[i].Error == nil {
			all[i].Error = decode(all[i].Method, raw[i], into[i])
		}
	}
	return nil
}

// connect gives the client, which for HTTP is no connection yet.
func (n *Node) connect(ctx context.Context) (*rpc.Client, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.client != nil {
		return n.client, nil
	}
	c, err := rpc.DialOptions(ctx, n.url, rpc.WithHTTPClient(n.http), rpc.WithWebsocketMessageSizeLimit(maxAnswer))
	if err != nil {
		return nil, err
	}
	n.client = c
	return c, nil
}

// judge gives up a connection that an error may come from; the next question makes a new one. What the node itself
// answered is no such error, nor is that a caller went away: others use the connection too.
func (n *Node) judge(c *rpc.Client, err error) {
	var said rpc.Error
	var status rpc.HTTPError
	answered := errors.As(err, &said) || errors.As(err, &status)
	if err == nil || answered || errors.Is(err, context.Canceled) || n.isHTTP() {
		return
	}
	n.mu.Lock()
	lost := n.client == c
	if lost {
		n.client = nil
	}
	n.mu.Unlock()
	if lost {
		c.Close()
	}
}

func (n *Node) isHTTP() bool { return len(n.url) > 4 && n.url[:4] == "http" }

// Close closes the connections.
func (n *Node) Close() {
	n.mu.Lock()
	c := n.client
	n.client = nil
	n.mu.Unlock()
	if c != nil {
		c.Close()
	}
	if n.own != nil {
		n.own.CloseIdleConnections()
	}
}
