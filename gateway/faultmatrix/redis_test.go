package faultmatrix_test

import (
	"bytes"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
)

// withoutRedis says why no cell is played whose fault is that of a Redis; empty: it is.
var withoutRedis = sync.OnceValue(func() string {
	if _, err := exec.LookPath("redis-server"); err != nil {
		return "redis-server is not installed, which deploy/redis/install.sh does"
	}
	return ""
})

// shares begins a Redis, and a wire to it, for the gateways of a cell whose fault is that it is gone.
func (c *cell) shares() {
	if c.fault.gone != "" {
		c.shared = lay(c.t, redistest.Start(c.t).Addr)
	}
}

// opens serves a gateway of the cell, whose ledgers' caches stand on the Redis where the cell has one. The caller closes it.
func (c *cell) opens(config adapters.Config) *site {
	e := c.reach.env
	if c.shared == nil {
		return open(c.t, c.people, config, e, c.well, c.fault.skew)
	}
	r := must(redis.Open(redis.Options{URL: "redis://" + c.shared.Address() + "/0", Secret: bytes.Repeat([]byte{7}, 32)}))(c.t)
	config.MaxAge, e.Newest = fromCache, r.For
	s := open(c.t, c.people, config, e, c.well, c.fault.skew)
	s.ends = slices.Insert(s.ends, 0, func() { _ = r.Close() }) // after the ledgers, which are closed first
	return s
}

// begin puts the fault in.
func (c *cell) begin() {
	if c.shared != nil {
		c.isLive("the Redis is answered from")
	}
	c.unmarked(func() {
		c.reach.begin(c.t, c.fault)
		if c.shared != nil {
			c.succeeds(c.shared.Break(c.fault.gone))
		}
	})
}

// end takes it away.
func (c *cell) end() {
	c.unmarked(func() {
		c.reach.end(c.t, c.fault)
		if c.shared != nil {
			c.succeeds(c.shared.Mend())
		}
	})
}

func (c *cell) succeeds(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// isLive waits until both gateways answer the sick ledger's record from what they share, and both ledgers are followed.
func (c *cell) isLive(what string) time.Duration {
	c.t.Helper()
	return eventually(c.t, what, func() bool { return c.fromRedis(c.site) && c.fromRedis(c.cached) })
}

// fromRedis asks for a record, and reports whether it came from the cache and every ledger's is live.
func (c *cell) fromRedis(s *site) bool {
	_, before := s.live(c.t)
	shown := isValid(c, s.onLedger(sick, c.known.id), c.known)
	live, hits := s.live(c.t)
	return shown && live && hits > before
}

// live reports whether each ledger may be answered from its cache, and how often one was.
func (s *site) live(t *testing.T) (live bool, hits uint64) {
	live = true
	for _, m := range s.gateway.Members {
		h, on := m.Cached(t.Context())
		live, hits = live && on && h.Live, hits+h.Hits
	}
	return live, hits
}

// The rounds that are read while Redis is gone, and the most by which a read may be slower than without any cache.
const (
	rounds = 15
	slower = 30 * time.Millisecond
)

// goesOn has the record replaced while Redis is gone, and reads: each gateway shows what was written last, about as fast as
// one without a cache, and the healthy ledger's as ever.
func (c *cell) goesOn() {
	without := open(c.t, c.people, c.reach.config, c.reach.env, c.well, 0)
	defer without.close()
	c.shows(without)
	var all, plain []time.Duration
	for i := range rounds {
		if i%5 == 0 {
			c.known = c.stands(c.known)
			c.spreads(without)
		}
		all = append(all, c.readsNewest(c.site), c.readsNewest(c.cached))
		plain = append(plain, c.readsNewest(without))
		healthy := c.onLedger(healthy, c.other.id)
		c.holdHealthy(healthy, c.everywhere(c.other.id))
		c.inTime(healthy, forHealthy)
	}
	c.result.tired = median(all)
	c.t.Logf("Redis gone: a read takes %v, at most %v; without a cache %v", median(all), slices.Max(all), median(plain))
	if median(all) > 2*median(plain)+slower {
		c.t.Errorf("a read takes %v where a gateway without a cache takes %v", median(all), median(plain))
	}
}

// shows waits until a gateway has followed the ledger to the record's newest version.
func (c *cell) shows(s *site) {
	c.t.Helper()
	eventually(c.t, "the newest version is shown", func() bool { return isValid(c, s.onLedger(sick, c.known.id), c.known) })
}

// spreads waits until every node of the chain has what was written last, where gateways may ask different ones.
func (c *cell) spreads(others ...*site) {
	if !c.reach.several {
		return
	}
	for _, s := range append(others, c.site, c.cached) {
		c.shows(s)
	}
}

func (c *cell) readsNewest(s *site) time.Duration {
	c.t.Helper()
	a := s.onLedger(sick, c.known.id)
	if !isValid(c, a, c.known) {
		c.t.Errorf("%s: %d: want version %d, valid: %s", a.what, a.status, c.known.version, a.body)
	}
	c.inTime(a, forAnswer) // the ledger's own time; how it compares without a cache is held by goesOn
	return a.took
}

func median(d []time.Duration) time.Duration { return slices.Sorted(slices.Values(d))[len(d)/2] }
