package serving

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/redis/go-redis/v9/logging"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
)

// stores gives the stores of newest versions, in this process or in the Redis that gateways share, and how much of them
// is in memory here. What gateways tell each other of submissions stands in the same Redis.
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
	b.shared = shared.Submissions()
	return shared.For, shared.Bytes, nil
}

// redisOptions reads the files that a shared Redis is used by. An error says where the file is named that is wrong.
func redisOptions(c config.Config) (redis.Options, error) {
	o := redis.Options{URL: c.Cache.Redis, Timeout: c.Cache.RedisTimeout}
	var err error
	if o.Secret, err = readSecret(c.Cache.RedisKey); err != nil {
		return o, c.Wrong("cache.redisKey", err)
	}
	if o.Password, err = readPassword(c.Cache.RedisPassword); err != nil {
		return o, c.Wrong("cache.redisPassword", err)
	}
	if o.Roots, err = readAuthorities(c.Cache.RedisAuthorities); err != nil {
		return o, c.Wrong("cache.redisAuthorities", err)
	}
	if o.Certificate, err = readPair(c.Cache.RedisCertificate, c.Cache.RedisCertificateKey); err != nil {
		return o, c.Wrong("cache.redisCertificate", err)
	}
	return o, nil
}

// readPassword answers none where no file is named.
func readPassword(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	password := strings.TrimSpace(string(text))
	if password == "" {
		return "", fmt.Errorf("%s: must hold a password, and is empty", file)
	}
	return password, nil
}

// readAuthorities answers nil, for those of the system, where no file is named.
func readAuthorities(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	authorities := x509.NewCertPool()
	if !authorities.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s: must hold certificates in PEM", file)
	}
	return authorities, nil
}

// readPair answers nil where no files are named.
func readPair(certificate, key string) (*tls.Certificate, error) {
	if certificate == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return nil, fmt.Errorf("%s, with its key in %s: %w", certificate, key, err)
	}
	return &pair, nil
}
