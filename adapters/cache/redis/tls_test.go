package redis_test

import (
	"crypto/x509"
	"log/slog"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/cachetest"
	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
	"github.com/ftagateway/ftagateway/adapters/memory"
)

// may is all that a gateway needs to be allowed, as docs/operations.md has it.
var may = strings.Fields("--user fta on >hidden ~fta:1:* resetchannels -@all +evalsha +eval +time +get +mget +set +del " +
	"+hget +hmget +hset +hincrby +hexists +pexpire +cluster|slots")

// A Redis that wants a certificate, and of its users what they may not do without, is one like any other; so is a cluster.
func TestAStoreOverTLSKeepsTheRules(t *testing.T) {
	a := redistest.NewAuthority(t)
	pair := a.Issue(t, nil)
	with := func(o *redis.Options) { o.Roots, o.Certificate, o.Password = a.Roots(), pair.Load(t), "hidden" }
	t.Run("one", func(t *testing.T) {
		r := open(t, strings.Replace(a.StartSecure(t, pair, may...).SecureURL(), "://", "://fta@", 1), with)
		cachetest.Run(t, func(*testing.T) cache.Store { return r.For(another()) })
	})
	t.Run("a cluster", func(t *testing.T) {
		if testing.Short() {
			t.Skip("servers take seconds to find each other: left to a test that is not -short")
		}
		c := a.StartSecureCluster(t, pair, may...)
		r := open(t, strings.Replace(c.SecureURL(), "://", "://fta@", 1), with)
		cachetest.Run(t, func(*testing.T) cache.Store { return r.For(another()) })
	})
}

// unsafe is what keeps a gateway from a Redis with TLS, and what the log says of it.
type unsafe struct {
	change func(*x509.Certificate) // of what Redis shows
	with   func(o *redis.Options, a *redistest.Authority, mine redistest.Pair)
	why    string
}

var unsafes = map[string]unsafe{
	"an authority that is not known": {with: func(o *redis.Options, _ *redistest.Authority, _ redistest.Pair) { o.Roots = nil },
		why: "of an authority that is not known"},
	"a certificate that has expired": {change: func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) },
		why: "has expired"},
	"a certificate of another name": {change: func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(192, 0, 2, 1)} },
		why: "of another name"},
	"a certificate of a client": {change: func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} },
		why: "does not hold for a server"},
	"none of its own": {with: func(o *redis.Options, _ *redistest.Authority, _ redistest.Pair) { o.Certificate = nil },
		why: "may want another certificate|cannot be reached"}, // a reset may outrun what Redis says
	"a password that is wrong": {with: func(o *redis.Options, _ *redistest.Authority, _ redistest.Pair) { o.Password = "also-hidden" },
		why: "refuses this gateway"},
	// It waits for a line to end, and answers an error if there is one by chance in what a client begins TLS by.
	"a Redis without TLS": {with: func(o *redis.Options, _ *redistest.Authority, _ redistest.Pair) { o.Timeout = readerWaits },
		why: `why="does not`},
}

// Without the Redis that it may not trust a gateway answers from the ledger, and says once why.
func TestARedisThatTLSKeepsOut(t *testing.T) {
	a := redistest.NewAuthority(t)
	mine := a.Issue(t, nil)
	for what, u := range unsafes {
		t.Run(what, func(t *testing.T) {
			server := a.StartSecure(t, a.Issue(t, u.change), may...)
			var log noted
			url := strings.Replace(server.SecureURL(), "://", "://fta:hidden@", 1)
			if what == "a Redis without TLS" {
				url = strings.Replace(url, server.Secure, server.Addr, 1)
			}
			shared := open(t, url, func(o *redis.Options) {
				o.Log, o.Pause = slog.New(slog.NewTextHandler(&log, nil)), time.Millisecond
				o.Roots, o.Certificate = a.Roots(), mine.Load(t)
				if u.with != nil {
					u.with(o, a, mine)
				}
			})
			l := cache.New(memory.New(memory.Options{}), shared.For(another()), cache.Options{Bound: time.Second, Wait: patient})
			t.Cleanup(func() { _ = l.Close() })
			s := &sick{ledger: l}
			write(t, l, "k", 0)
			s.version = 1
			s.reads(t, 60)
			if said := log.String(); len(regexp.MustCompile(u.why).FindAllString(said, -1)) != 1 || strings.Count(said, "\n") != 1 {
				t.Errorf("the log does not say once that it %s: %s", u.why, said)
			}
			for _, secret := range []string{"hidden", "fta@", server.Secure, server.Addr, a.File} {
				if strings.Contains(log.String(), secret) {
					t.Errorf("the log says %q: %s", secret, log.String())
				}
			}
		})
	}
}
