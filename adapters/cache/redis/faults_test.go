package redis_test

import (
	"bytes"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/conformance/wire"
)

// sick is a gateway's cache over a Redis that something happens to.
type sick struct {
	server  *redistest.Server
	wire    *wire.Wire
	ledger  *cache.Ledger
	version uint64
	log     noted
}

// noted is a log that may be read while it is written.
type noted struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (n *noted) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(b)
}

func (n *noted) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.String()
}

// The waits of the gateway under test: a reader's, and for how long Redis is left alone.
const (
	readerWaits = 50 * time.Millisecond
	leftAlone   = 500 * time.Millisecond
)

func overSick(t *testing.T, options ...string) *sick {
	t.Helper()
	s := &sick{server: redistest.Start(t, options...)}
	var err error
	if s.wire, err = wire.Open(s.server.Addr); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.wire.Close)
	log := slog.New(slog.NewTextHandler(&s.log, nil))
	shared := open(t, "redis://"+s.wire.Address()+"/0", func(o *redis.Options) {
		o.Timeout, o.Pause, o.Log = readerWaits, leftAlone, log
		if slices.Contains(options, "--requirepass") {
			o.Password = "not-to-be-logged"
		}
	})
	s.ledger = cache.New(memory.New(memory.Options{}), shared.For(another()),
		cache.Options{Bound: 2 * time.Second, Wait: readerWaits, Log: log})
	t.Cleanup(func() { _ = s.ledger.Close() })
	write(t, s.ledger, "k", 0)
	s.version = 1
	return s
}

// reads reads so often, and writes now and then: each answer must be what was written last. It answers how long each took.
func (s *sick) reads(t *testing.T, n int) []time.Duration {
	t.Helper()
	var took []time.Duration
	for i := range n {
		if i%50 == 49 {
			write(t, s.ledger, "k", s.version)
			s.version++
		}
		began := time.Now()
		e, err := s.ledger.Get(t.Context(), driver.Ref{Key: "k"})
		took = append(took, time.Since(began))
		if err != nil || e.Version != s.version {
			t.Fatalf("read %d: %+v, %v, want version %d", i, e, err, s.version)
		}
		if _, err := s.ledger.Get(t.Context(), driver.Ref{Key: "never written"}); driver.CodeOf(err) != driver.NotFound {
			t.Fatalf("an absent key: %v", err)
		}
	}
	slices.Sort(took)
	return took
}

// A Redis that fails costs a few first reads their wait, and the rest nothing.
func TestASickRedisCostsAFewFirstReads(t *testing.T) {
	const n = 400
	without := cache.New(memory.New(memory.Options{}), cache.NewMemory(1<<20).For("x"), cache.Options{Bound: 2 * time.Second})
	alone := &sick{ledger: without, version: 1}
	write(t, without, "k", 0)
	base := alone.reads(t, n)
	_ = without.Close()
	for what, harm := range harms() {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := overSick(t, harm.options...)
			if len(harm.options) == 0 {
				eventually(t, "it is live", live(s.ledger))
				s.reads(t, 20)
			}
			began := time.Now()
			harm.do(t, s)
			took := s.reads(t, n)
			slow := slices.IndexFunc(took, func(d time.Duration) bool { return d >= readerWaits/2 })
			if slow < 0 {
				slow = len(took)
			}
			t.Logf("median %s, p90 %s, slowest %s, %d slow of %d; without Redis: median %s, slowest %s", took[n/2], took[n*9/10],
				took[n-1], n-slow, n, base[n/2], base[n-1])
			// Each pause lets one read try; three open the breaker. A read may ask twice, and a write forgets.
			if most := 12 + 4*int(time.Since(began)/leftAlone); n-slow > most {
				t.Errorf("%d reads were slow, want %d at most", n-slow, most)
			}
			if took[n-1] > 6*readerWaits {
				t.Errorf("a read took %s", took[n-1])
			}
			harm.undo(t, s)
			if len(harm.options) == 0 {
				eventually(t, "it is live again", live(s.ledger))
				s.reads(t, 60)
			}
			if logged := s.log.String(); strings.Contains(logged, "not-to-be-logged") || strings.Contains(logged, s.wire.Address()) {
				t.Errorf("the log holds the password or the address: %s", logged)
			}
		})
	}
}

// harm is what happens to a Redis.
type harm struct {
	options  []string // of a server that is so from the beginning
	do, undo func(t *testing.T, s *sick)
}

func harms() map[string]harm {
	nothing := func(*testing.T, *sick) {}
	all := map[string]harm{
		"gone": {do: func(t *testing.T, s *sick) { s.server.Stop(t) }, undo: func(t *testing.T, s *sick) { s.server.Again(t) }},
		"restarted with loss": {do: func(t *testing.T, s *sick) {
			s.server.Stop(t)
			s.server.Again(t)
		}, undo: nothing},
		"flushed": {do: func(t *testing.T, s *sick) {
			client := s.server.Client()
			defer func() { _ = client.Close() }()
			if err := client.FlushAll(t.Context()).Err(); err != nil {
				t.Fatal(err)
			}
		}, undo: nothing},
		"full":                {options: []string{"--maxmemory", "100kb", "--maxmemory-policy", "noeviction"}, do: nothing, undo: nothing},
		"full and evicting":   {options: []string{"--maxmemory", "1200kb", "--maxmemory-policy", "allkeys-lru"}, do: nothing, undo: nothing},
		"of another password": {options: []string{"--requirepass", "another"}, do: nothing, undo: nothing},
	}
	for _, f := range wire.Faults() {
		all[string(f)] = harm{do: func(t *testing.T, s *sick) {
			if err := s.wire.Break(f); err != nil {
				t.Fatal(err)
			}
		}, undo: func(t *testing.T, s *sick) {
			if err := s.wire.Mend(); err != nil {
				t.Fatal(err)
			}
		}}
	}
	return all
}

func TestOptionsThatCannotWorkAreRefused(t *testing.T) {
	for what, o := range map[string]redis.Options{
		"a short secret": {URL: "redis://127.0.0.1:1/0", Secret: secret[:31]},
		"no URL":         {Secret: secret},
		"another scheme": {URL: "http://:hidden@127.0.0.1", Secret: secret},
		"no URL at all":  {URL: "redis://:hidden@%zz", Secret: secret},
	} {
		if _, err := redis.Open(o); err == nil || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := redis.CheckURL("rediss://redis.example:6379/0"); err != nil {
		t.Error(err)
	}
}
