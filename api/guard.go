package api

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"

	"github.com/ftagateway/ftagateway/gateway"
)

// maxBody bounds a request: a record with the largest document, and room to spare.
const maxBody = 6 << 20

// recovered turns a panic into a problem, so that one request never ends the process or shows a stack.
func (s *server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if cause := recover(); cause != nil && cause != http.ErrAbortHandler {
				s.refuse(w, r, &gateway.Problem{Code: codeInternal, Err: fmt.Errorf("panic: %v", cause)})
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// sameHost refuses names other than loopback's: a name that an attacker lets point here (DNS rebinding) is one of theirs.
func (s *server) sameHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) {
			s.refuse(w, r, problemOf(codeForeignHost))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// sameOrigin refuses what a page of another origin makes a browser send.
func (s *server) sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, problemOf(codeOrigin))
	}))
	return protection.Handler(next)
}

// bounded bounds the requests at once, and the size of each.
func (s *server) bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case s.slots <- struct{}{}:
			defer func() { <-s.slots }()
		default:
			s.refuse(w, r, problemOf(codeBusy))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}
