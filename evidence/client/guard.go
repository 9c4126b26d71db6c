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
)

// guard makes connections only where they may go. An address is judged after its name was resolved and before anything
// is sent, so that a name which changes its mind gains nothing.
type guard struct {
	secure, plain *http.Client
}

const (
	dialTimeout    = 3 * time.Second
	maxHeaderBytes = 16 << 10
	maxPerHost     = 16
)

// newGuard allows https to public addresses, and https and http to those in allowed. roots nil means the system's.
func newGuard(allowed []netip.Prefix, roots *x509.CertPool) *guard {
	v4, v6 := split(allowed)
	inside := []ssrf.Option{ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...)}
	outside := append(inside[:len(inside):len(inside)],
		ssrf.WithDeniedV4Prefixes(netip.MustParsePrefix("0.0.0.0/0")), ssrf.WithDeniedV6Prefixes(netip.MustParsePrefix("::/0")))
	return &guard{secure: newHTTP(ssrf.New(inside...), roots), plain: newHTTP(ssrf.New(outside...), roots)}
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

func newHTTP(g *ssrf.Guardian, roots *x509.CertPool) *http.Client {
	dial := &net.Dialer{Timeout: dialTimeout, Control: g.Safe}
	return &http.Client{
		Transport: &http.Transport{
			Proxy:                  nil, // a proxy would resolve names and choose addresses for us
			DialContext:            dial.DialContext,
			TLSClientConfig:        &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:    dialTimeout,
			MaxResponseHeaderBytes: maxHeaderBytes,
			MaxConnsPerHost:        maxPerHost,
			DisableCompression:     true,
			// What a stranger's server sends on an idle connection, net/http writes to the log, content and all.
			DisableKeepAlives: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// do sends a request by the client for its scheme.
func (g *guard) do(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme == "http" {
		return g.plain.Do(r)
	}
	return g.secure.Do(r)
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
