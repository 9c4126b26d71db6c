package server

import (
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/ftagateway/ftagateway/trust/did"
)

// Config says what a server keeps and for whom. Zero values mean the defaults.
type Config struct {
	Dir            string // everything that lasts; one process at a time
	BaseURL        string // scheme, host and port that clients use, for example https://evidence.example
	RootController string // did:key of the partner's own key, which delegates to all others

	MaxBytes int64 // of one upload; 10 MiB
	Memory   int64 // bytes of uploads and answers held at a time, for all clients together; 32 × MaxBytes
	// PerClient is how many requests may be under way from one address (of IPv6, from one /64); 8. Behind a proxy all
	// come from the proxy's.
	PerClient  int
	Timeout    time.Duration // for one request's body to arrive, and as long for its answer to be taken; 30 s
	MaxRevoked int           // revocations remembered until they expire; 100,000

	Now func() time.Time // time.Now
	Log *slog.Logger     // nothing is logged; never given content, keys or capabilities
}

const (
	defaultMaxBytes   = 10 << 20
	defaultPerClient  = 8
	defaultTimeout    = 30 * time.Second
	defaultMaxRevoked = 100_000
	uploadsInMemory   = 32
)

// complete fills in the defaults.
func (c Config) complete() Config {
	c.MaxBytes = orDefault(c.MaxBytes, defaultMaxBytes)
	c.Memory = max(orDefault(c.Memory, uploadsInMemory*c.MaxBytes), c.MaxBytes)
	c.PerClient = orDefault(c.PerClient, defaultPerClient)
	c.Timeout = orDefault(c.Timeout, defaultTimeout)
	c.MaxRevoked = orDefault(c.MaxRevoked, defaultMaxRevoked)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

func orDefault[N int | int64 | time.Duration](have, otherwise N) N {
	if have <= 0 {
		return otherwise
	}
	return have
}

// host checks the configuration and answers the host, with its port, that requests are signed for.
func (c Config) host() (string, error) {
	u, err := url.Parse(c.BaseURL)
	switch {
	case err != nil:
		return "", fmt.Errorf("base URL: %w", err)
	case u.Scheme != "https" && u.Scheme != "http", u.Host == "", u.String() != u.Scheme+"://"+u.Host:
		return "", fmt.Errorf("base URL %q is not http(s)://host[:port] alone", c.BaseURL)
	case u.Scheme == "https" && u.Port() == "443", u.Scheme == "http" && u.Port() == "80":
		return "", fmt.Errorf("base URL %q names its scheme's own port, which clients leave out of what they sign", c.BaseURL)
	}
	if _, err := did.Ed25519(c.RootController); err != nil {
		return "", fmt.Errorf("root controller: %w", err)
	}
	return u.Host, nil
}
