package config_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

const shared = `cache:
  redis: redis://127.0.0.1:6379/0
  redisKey: ./redis.secret
`

func TestARedisIsNamedWithItsKey(t *testing.T) {
	if _, err := config.Load(write(t, shared), nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, want string }{
		{"  redisKey: ./redis.secret\n", "", "cache.redisKey"},
		{"redis://127", "http://127", ":2: cache.redis"},
		{"redis://127", "redis://:hidden@127", ":2: cache.redis"},
		{"redis://127.0.0.1:6379/0", "'redis://:hidden@%zz'", ":2: cache.redis"},
		{"redis://127.0.0.1:6379/0", "rediss://127.0.0.1:6379/0?skip_verify=true", ":2: cache.redis"},
		{"  redisKey", "  redisTimeout: 2s\n  redisKey", ":3: cache.redisTimeout"},
		{"  redisKey", "  redisAuthorities: ca.pem\n  redisKey", ":3: cache.redisAuthorities"},
		{"redis://127.0.0.1:6379/0", "rediss://127.0.0.1:6379/0\n  redisCertificate: c.pem", "cache.redisCertificateKey"},
		{"redis://127.0.0.1:6379/0", "rediss://127.0.0.1:6379/0\n  redisCertificateKey: k.pem", "cache.redisCertificate "},
	} {
		text := strings.Replace(shared, c.from, c.to, 1)
		_, err := config.Load(write(t, text), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: %v, want %s", text, err, c.want)
		}
	}
}
