package redis_test

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	goredis "github.com/redis/go-redis/v9"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// lied is a ledger that one gateway has followed, and the Redis that then lies to another about it.
type lied struct {
	*goredis.Client
	writer  cache.Store
	reader  cache.Store
	lease   cache.Lease
	refused *prometheus.Registry
}

func lying(t *testing.T) *lied {
	t.Helper()
	server := redistest.Start(t)
	name, reg := another(), prometheus.NewRegistry()
	l := &lied{Client: server.Client(), writer: open(t, server.URL()).For(name), refused: reg}
	t.Cleanup(func() { _ = l.Client.Close() })
	l.reader = open(t, server.URL(), func(o *redis.Options) { o.Metrics = reg }).For(name)
	var err error
	if l.lease, err = l.writer.Lead(t.Context(), cache.Lease{}, time.Minute); err != nil {
		t.Fatal(err)
	}
	if err := l.writer.Begin(t.Context(), l.lease, "chain", to(1)); err != nil {
		t.Fatal(err)
	}
	return l
}

func to(n uint64) cache.Progress {
	return cache.Progress{Cursor: driver.Cursor("at " + string(rune('0'+n))), Block: driver.Block{Height: n, Hash: "h"}, At: time.Now()}
}

func version(key string, n uint64) *driver.Entry {
	return &driver.Entry{Key: key, Version: n, Body: []byte(key + " says so"), Position: driver.Position{Height: n, Final: true}}
}

func (l *lied) apply(t *testing.T, from uint64, entries ...*driver.Entry) {
	t.Helper()
	if err := l.writer.Apply(t.Context(), l.lease, to(from).Cursor, entries, to(from+1)); err != nil {
		t.Fatal(err)
	}
}

// answered is the version that the reader is told, 0 where nothing is known.
func (l *lied) answered(t *testing.T, key string) uint64 {
	t.Helper()
	p, _, err := l.reader.Newest(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	if p.Known && !p.Absent && p.Entry.Key != key {
		t.Fatalf("an entry of another key")
	}
	if p.Entry == nil {
		return 0
	}
	return p.Entry.Version
}

func (l *lied) counted(t *testing.T) float64 {
	t.Helper()
	return lies(t, l.refused)
}

// lies is how many values of Redis were refused.
func lies(t *testing.T, reg *prometheus.Registry) float64 {
	t.Helper()
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == "fta_cache_redis_refused_total" {
			return f.GetMetric()[0].GetCounter().GetValue()
		}
	}
	return 0
}

// names lists what stands in Redis of a kind: s, p or e.
func (l *lied) names(t *testing.T, kind string) []string {
	t.Helper()
	names, err := l.Keys(t.Context(), "fta:1:*:"+kind+"*").Result()
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// only gives the one name that is in after and not in before.
func only(t *testing.T, before, after []string) string {
	t.Helper()
	for _, name := range after {
		if !strings.Contains(strings.Join(before, " "), name) {
			return name
		}
	}
	t.Fatal("no new name")
	return ""
}

func (l *lied) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestALieIsNeverAnAnswer(t *testing.T) {
	for name, lie := range map[string]func(t *testing.T, l *lied, state, pointer, entry string){
		"a garbled pointer": func(t *testing.T, l *lied, _, p, _ string) { l.bend(t, p, "b", flipped) },
		"a pointer cut off": func(t *testing.T, l *lied, _, p, _ string) { l.bend(t, p, "b", halved) },
		"an empty pointer":  func(t *testing.T, l *lied, _, p, _ string) { l.bend(t, p, "b", func(string) string { return "x" }) },
		"a garbled place":   func(t *testing.T, l *lied, s, _, _ string) { l.bend(t, s, "f", flipped) },
		"a place cut off":   func(t *testing.T, l *lied, s, _, _ string) { l.bend(t, s, "f", halved) },
		"a garbled table":   func(t *testing.T, l *lied, s, _, _ string) { l.bend(t, s, "t", flipped) },
		"a garbled entry": func(t *testing.T, l *lied, _, _, e string) {
			l.must(t, l.Set(t.Context(), e, flipped(l.Get(t.Context(), e).Val()), 0).Err())
		},
		"an entry cut off": func(t *testing.T, l *lied, _, _, e string) {
			l.must(t, l.Set(t.Context(), e, halved(l.Get(t.Context(), e).Val()), 0).Err())
		},
		"a place as a pointer": func(t *testing.T, l *lied, s, p, _ string) {
			l.must(t, l.HSet(t.Context(), p, "b", l.HGet(t.Context(), s, "f").Val()).Err())
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := lying(t)
			l.apply(t, 1, version("a", 1))
			lie(t, l, l.names(t, "s")[0], l.names(t, "p")[0], l.names(t, "e")[0])
			if got := l.answered(t, "a"); got != 0 {
				t.Errorf("version %d was answered", got)
			}
			if l.counted(t) == 0 {
				t.Error("the lie was not counted")
			}
		})
	}
}

func flipped(s string) string { return s[:len(s)-1] + string([]byte{s[len(s)-1] ^ 1}) }
func halved(s string) string  { return s[:len(s)/2] }

func (l *lied) bend(t *testing.T, name, field string, how func(string) string) {
	t.Helper()
	l.must(t, l.HSet(t.Context(), name, field, how(l.HGet(t.Context(), name, field).Val())).Err())
}

// The pairs of two keys change places: all of them are sealed by the right secret.
func TestWhatIsSwappedIsNotKnown(t *testing.T) {
	for kind, what := range map[string]string{"p": "pointers", "e": "entries"} {
		t.Run(what, func(t *testing.T) {
			l := lying(t)
			l.apply(t, 1, version("a", 1))
			first := l.names(t, kind)
			l.apply(t, 2, version("b", 1))
			a, b := first[0], only(t, first, l.names(t, kind))
			l.must(t, l.Rename(t.Context(), a, a+"x").Err())
			l.must(t, l.Rename(t.Context(), b, a).Err())
			l.must(t, l.Rename(t.Context(), a+"x", b).Err())
			if x, y := l.answered(t, "a"), l.answered(t, "b"); x != 0 || y != 0 || l.counted(t) < 2 {
				t.Errorf("versions %d and %d were answered, %v counted", x, y, l.counted(t))
			}
		})
	}
}

// An old pointer is whole, of its key, and of this era. The table says that it is old.
func TestAnOldPointerThatIsPutBackIsNotKnown(t *testing.T) {
	l := lying(t)
	l.apply(t, 1, version("a", 1))
	p := l.names(t, "p")[0]
	old := l.HGetAll(t.Context(), p).Val()
	if got := l.answered(t, "a"); got != 1 {
		t.Fatalf("version %d before the lie", got)
	}
	l.apply(t, 2, version("a", 2))
	if got := l.answered(t, "a"); got != 2 {
		t.Fatalf("version %d before the lie", got)
	}
	l.must(t, l.HSet(t.Context(), p, old).Err())
	if got := l.answered(t, "a"); got != 0 {
		t.Errorf("version %d was answered, and version 2 is the newest", got)
	}
	table := l.HGet(t.Context(), l.names(t, "s")[0], "t").Val()
	l.apply(t, 3, version("a", 3))
	l.must(t, l.HSet(t.Context(), p, old).Err())
	l.must(t, l.HSet(t.Context(), l.names(t, "s")[0], "t", table, "i", "0").Err())
	if got := l.answered(t, "a"); got != 0 {
		t.Errorf("version %d was answered by an old table", got)
	}
}

// What Redis lost it may also give back: the pointer of an era that ended is none of the next.
func TestAPointerOfAnotherEraIsNotKnown(t *testing.T) {
	l := lying(t)
	l.apply(t, 1, version("a", 1))
	p := l.names(t, "p")[0]
	old := l.HGetAll(t.Context(), p).Val()
	l.must(t, l.FlushAll(t.Context()).Err())
	lease, err := l.writer.Lead(t.Context(), cache.Lease{}, time.Minute)
	if err != nil || lease.Token <= l.lease.Token {
		t.Fatalf("%+v after %+v, %v: a token must grow where Redis lost the one before", lease, l.lease, err)
	}
	l.must(t, l.writer.Begin(t.Context(), lease, "chain", to(1)))
	l.must(t, l.HSet(t.Context(), p, old).Err())
	if got := l.answered(t, "a"); got != 0 {
		t.Errorf("version %d was answered", got)
	}
}

// All of an old state, given back to a gateway whose clock has gone on, is as old as it is.
func TestAnOldStateGivenBackWholeIsNotServed(t *testing.T) {
	server := redistest.Start(t)
	name, now := another(), time.Now
	writer := open(t, server.URL()).For(name)
	later := open(t, server.URL(), func(o *redis.Options) { o.Now = func() time.Time { return now().Add(2 * time.Minute) } }).For(name)
	lease, err := writer.Lead(t.Context(), cache.Lease{}, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Begin(t.Context(), lease, "chain", to(1)); err != nil {
		t.Fatal(err)
	}
	if s, err := later.State(t.Context()); err != nil || !s.At.IsZero() || s.Epoch != 1 {
		t.Errorf("%+v, %v: by the reader's clock the ledger's last word is two minutes old, and Redis says that it is new", s, err)
	}
}

// Redis holds nothing that says what it is of, and nothing for ever.
func TestRedisLearnsNothing(t *testing.T) {
	l := lying(t)
	l.apply(t, 1, version("the-entry-number", 1))
	l.must(t, l.writer.Fill(t.Context(), state(t, l.writer), "the-absent-one", nil))
	for _, name := range l.names(t, "") {
		held := name + l.Dump(t.Context(), name).Val()
		for k, v := range l.HGetAll(t.Context(), name).Val() {
			held += k + v
		}
		for _, clear := range []string{"entry-number", "absent-one", "says so", "chain", "at 2", "ledger "} {
			if strings.Contains(held, clear) {
				t.Errorf("%q stands in Redis", clear)
			}
		}
		if ttl := l.PTTL(t.Context(), name).Val(); ttl <= 0 || ttl > 24*time.Hour {
			t.Errorf("%s lives for %s", name, ttl)
		}
	}
	if n := len(l.names(t, "")); n != 4 {
		t.Errorf("%d values, want the place, two pointers and an entry", n)
	}
}

func state(t *testing.T, s cache.Store) cache.State {
	t.Helper()
	st, err := s.State(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return st
}
