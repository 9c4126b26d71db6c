package serving

import (
	"log/slog"
	"os"
	"strings"

	"github.com/redis/go-redis/v9/logging"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// stores gives the stores of newest versions, in this process or in the Redis that gateways share, and how much of them
// is in memory here.
func (b *base) stores(c config.Config, bytes uint64, log *slog.Logger) (newest func(string) cache.Store, kept func() uint64, _ error) {
	if c.Cache.Redis == "" {
		m := cache.NewMemory(bytes)
		return m.For, m.Bytes, nil
	}
	o, err := redisOptions(c)
	if err != nil {
		return nil, nil, err
	}
	logging.Disable() // the client's own, which writes addresses to standard error past the log; what fails is told there
	o.Memory, o.Log, o.Metrics = bytes, log, b.metrics
	shared, err := redis.Open(o)
	if err != nil {
		return nil, nil, c.Wrong("cache.redis", err)
	}
	b.parts = append(b.parts, shared.Close)
	return shared.For, shared.Bytes, nil
}

// redisOptions reads the files that a shared Redis is used by. Errors name the key of the configuration.
func redisOptions(c config.Config) (redis.Options, error) {
	o := redis.Options{URL: c.Cache.Redis, Timeout: c.Cache.RedisTimeout}
	var err error
	if o.Secret, err = readSecret(c.Cache.RedisKey); err != nil {
		return o, c.Wrong("cache.redisKey", err)
	}
	if c.Cache.RedisPassword == "" {
		return o, nil
	}
	password, err := os.ReadFile(c.Cache.RedisPassword)
	if err != nil {
		return o, c.Wrong("cache.redisPassword", err)
	}
	o.Password = strings.TrimSpace(string(password))
	return o, nil
}
