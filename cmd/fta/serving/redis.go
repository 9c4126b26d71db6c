package serving

import (
	"fmt"
	"os"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// newest gives the stores of newest versions, in this process or in the Redis that gateways share, and how much of them
// is in memory here.
func (g *Gateway) newest(bytes uint64) (newest func(string) cache.Store, kept func() uint64, _ error) {
	if g.config.Cache.Redis == "" {
		m := cache.NewMemory(bytes)
		return m.For, m.Bytes, nil
	}
	o, err := redisOptions(g.config.Cache)
	if err != nil {
		return nil, nil, err
	}
	o.Memory, o.Log, o.Metrics = bytes, g.log, g.Metrics
	shared, err := redis.Open(o)
	if err != nil {
		return nil, nil, fmt.Errorf("cache.redis: %w", err)
	}
	g.parts = append(g.parts, shared.Close)
	return shared.For, shared.Bytes, nil
}

// redisOptions reads the files that a shared Redis is used by. Errors name the key of the configuration.
func redisOptions(c config.Cache) (redis.Options, error) {
	o := redis.Options{URL: c.Redis, Timeout: c.RedisTimeout}
	var err error
	if o.Secret, err = readSecret(c.RedisKey); err != nil {
		return o, fmt.Errorf("cache.redisKey: %w", err)
	}
	if c.RedisPassword == "" {
		return o, nil
	}
	password, err := os.ReadFile(c.RedisPassword)
	if err != nil {
		return o, fmt.Errorf("cache.redisPassword: %w", err)
	}
	o.Password = strings.TrimSpace(string(password))
	return o, nil
}
