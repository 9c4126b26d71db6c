package config

import (
	"net/url"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache/redis"
)

// check never shows the URL of a Redis, in which there may be a password.
func (c Cache) check(faults *Faults) {
	if c.Memory < MiB {
		faults.add("cache.memory", c.Memory, "must be 1MiB or more")
	}
	if c.RedisTimeout < time.Millisecond || c.RedisTimeout > time.Second {
		faults.add("cache.redisTimeout", c.RedisTimeout, "must be from 1ms to 1s")
	}
	if c.Redis == "" {
		return
	}
	u, err := url.Parse(c.Redis)
	if err == nil {
		err = redis.CheckURL(c.Redis)
	}
	switch {
	case err != nil:
		faults.add("cache.redis", "(not shown)", "must be a URL such as redis://127.0.0.1:6379/0 or rediss://redis.example:6379/0, with no options but addr=host:port for further nodes of a cluster")
	case withPassword(u):
		faults.add("cache.redis", "(not shown)", "must hold no password: put it into a file that redisPassword names")
	}
	if c.RedisKey == "" {
		faults.add("cache.redisKey", "", "must name a file of 32 bytes or more: what stands in Redis is sealed by it")
	}
	c.checkTLS(faults, err == nil && u.Scheme == "rediss")
}

func (c Cache) checkTLS(faults *Faults, secure bool) {
	for key, file := range map[string]string{
		"cache.redisAuthorities": c.RedisAuthorities, "cache.redisCertificate": c.RedisCertificate, "cache.redisCertificateKey": c.RedisCertificateKey,
	} {
		if file != "" && !secure {
			faults.add(key, file, "must not be there where cache.redis does not begin with rediss://")
		}
	}
	switch {
	case c.RedisCertificate == "" && c.RedisCertificateKey != "":
		faults.add("cache.redisCertificate", "", "must name the certificate of the key in cache.redisCertificateKey")
	case c.RedisCertificate != "" && c.RedisCertificateKey == "":
		faults.add("cache.redisCertificateKey", "", "must name the key of the certificate in cache.redisCertificate")
	}
}

func withPassword(u *url.URL) bool {
	_, there := u.User.Password()
	return there
}
