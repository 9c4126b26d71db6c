package redis_test

import (
	"bytes"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/cachetest"
	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var secret = bytes.Repeat([]byte{7}, 32)

// patient waits longer than a reader would: a machine that does much else at once is not what is tried.
const patient = time.Second

// open connects to a server, by options that a test may change.
func open(t testing.TB, url string, change ...func(*redis.Options)) *redis.Redis {
	t.Helper()
	o := redis.Options{URL: url, Secret: secret, Timeout: patient}
	for _, c := range change {
		c(&o)
	}
	r, err := redis.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

var ledgers atomic.Int64

// another gives a name that no ledger had before.
func another() string { return fmt.Sprintf("ledger %d", ledgers.Add(1)) }

func TestAStoreInRedisKeepsTheRules(t *testing.T) {
	r := open(t, redistest.Start(t).URL())
	cachetest.Run(t, func(*testing.T) cache.Store { return r.For(another()) })
}
