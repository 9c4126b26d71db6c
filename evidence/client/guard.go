package client

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"code.dny.dev/ssrf"

	"github.com/ftagateway/ftagateway/evidence/internal/connection"
)

// guard makes connections only where they may go. An address is judged after its name was resolved and before anything
// is sent, so that a name which changes its mind gains nothing.
type guard struct {
	secure, plain senders
}

// senders are the two ways to send under one guard. A GET may go out again where a kept connection turns out to have
// ended, and so is sent on one; whatever changes something has a connection to itself.
type senders struct {
	get, change *http.Client
}

const (
	dialTimeout    = 3 * time.Second
	maxHeaderBytes = 16 << 10
	maxPerHost     = 16
	idleTime       = 30 * time.Second // less than servers keep a connection
)

// newGuard allows https to public addresses, and https and http to those in allowed. roots nil means the system's.
func newGuard(allowed []netip.Prefix, roots *x509.CertPool) *guard {
	v4, v6 := split(allowed)
	inside := []ssrf.Option{ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...)}
	outside := append(inside[:len(inside):len(inside)],
		ssrf.WithDeniedV4Prefixes(netip.MustParsePrefix("0.0.0.0/0")), ssrf.WithDeniedV6Prefixes(netip.MustParsePrefix("::/0")))
	return &guard{secure: newSenders(ssrf.New(inside...), roots), plain: newSenders(ssrf.New(outside...), roots)}
}

func split(all []netip.Prefix) (v4, v6 []netip.Prefix) {
	for _, p := range all {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	return v4, v6
}

func newSenders(g *ssrf.Guardian, roots *x509.CertPool) senders {
	dial := (&net.Dialer{Timeout: dialTimeout, Control: g.Safe}).DialContext
	secured := &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	return senders{
		get: refusing(connection.New(connection.Config{
			Dial: dial, TLS: secured, Handshake: dialTimeout, MaxHeader: maxHeaderBytes, PerServer: maxPerHost, Idle: idleTime,
		})),
		change: refusing(&http.Transport{
			Proxy:                  nil, // a proxy would resolve names and choose addresses for us
			DialContext:            dial,
			TLSClientConfig:        secured,
			TLSHandshakeTimeout:    dialTimeout,
			MaxResponseHeaderBytes: maxHeaderBytes,
			MaxConnsPerHost:        maxPerHost,
			DisableCompression:     true,
			// What a stranger's server sends on an idle connection, net/http writes to the log, content and all.
			DisableKeepAlives: true,
		}),
	}
}

// refusing is an HTTP client that follows no redirect.
func refusing(t http.RoundTripper) *http.Client {
	return &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// do sends a request by the client for its scheme and method.
func (g *guard) do(r *http.Request) (*http.Response, error) {
	by := g.secure
	if r.URL.Scheme == "http" {
		by = g.plain
	}
	if r.Method == http.MethodGet {
		return by.get.Do(r)
	}
	return by.change.Do(r)
}

// maxTarget bounds a capability's target, in bytes.
const maxTarget = 2048

var errTarget = errors.New("the capability's target is not an absolute http(s) URL without user, query and fragment, of at most 2048 bytes")

// checkTarget refuses targets that no evidence server has, before anything is asked. Where the target leads is judged
// when it is dialled.
func checkTarget(target string) error {
	u, err := url.Parse(target)
	switch {
	case err != nil, len(target) > maxTarget, u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "", u.Opaque != "":
		return errTarget
	case u.User != nil, u.RawQuery != "", u.ForceQuery, u.Fragment != "":
		return errTarget
	}
	return nil
}
