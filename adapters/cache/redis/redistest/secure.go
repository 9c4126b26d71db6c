package redistest

import (
	"net"
	"testing"
)

// StartSecure begins a server as Start does, which speaks TLS too, at Secure: it shows a certificate, and wants one of the
// authority.
func (a *Authority) StartSecure(t testing.TB, shows Pair, options ...string) *Server {
	t.Helper()
	address := freeAddress(t)
	_, port, _ := net.SplitHostPort(address)
	s := Start(t, append(options, "--tls-port", port, "--tls-cert-file", shows.Certificate, "--tls-key-file", shows.Key,
		"--tls-ca-cert-file", a.File)...)
	s.Secure = address
	return s
}

// StartSecureCluster begins a cluster of three masters without replicas, whose nodes speak TLS as StartSecure's server
// does, to each other as well.
func (a *Authority) StartSecureCluster(t testing.TB, shows Pair, options ...string) *Cluster {
	t.Helper()
	return form(t, 3, false, func(needed ...string) *Server {
		return a.StartSecure(t, shows, append(append(needed, "--tls-cluster", "yes", "--tls-replication", "yes"), options...)...)
	})
}
