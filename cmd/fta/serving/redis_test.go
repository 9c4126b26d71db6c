package serving_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/cmd/fta/serving"
)

// sharing are settings of a gateway that shares a Redis.
func sharing(t *testing.T, url string) config.Config {
	t.Helper()
	c := settings(t)
	key := filepath.Join(t.TempDir(), "redis.secret")
	if err := os.WriteFile(key, bytes.Repeat([]byte{7}, 32), 0o600); err != nil {
		t.Fatal(err)
	}
	c.Cache.Redis, c.Cache.RedisKey = url, key
	for slug, l := range c.Ledgers {
		l.Cache.MaxAge = config.DefaultMaxAge
		c.Ledgers[slug] = l
	}
	return c
}

func TestAGatewayFollowsItsLedgersInRedis(t *testing.T) {
	server := redistest.Start(t)
	g, _ := open(t, sharing(t, server.URL()))
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		health, cached := g.Members[0].Cached(t.Context())
		if cached && health.Live {
			break
		}
		if time.Now().After(until) {
			t.Fatalf("%+v", health)
		}
	}
	client := server.Client()
	defer func() { _ = client.Close() }()
	if n, err := client.DBSize(t.Context()).Result(); err != nil || n == 0 {
		t.Errorf("%d values in Redis, %v", n, err)
	}
}

// A Redis that is down keeps no gateway from starting; a key that cannot seal does.
func TestWhatARedisNeeds(t *testing.T) {
	c := sharing(t, "redis://127.0.0.1:1/0")
	open(t, c)
	if err := os.WriteFile(c.Cache.RedisKey, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.Data = t.TempDir()
	if _, err := serving.Open(t.Context(), c, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "cache.redisKey") {
		t.Errorf("opened by a short key: %v", err)
	}
	if err := serving.Check(c, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "cache.redisKey") {
		t.Errorf("checked with a short key: %v", err)
	}
}
