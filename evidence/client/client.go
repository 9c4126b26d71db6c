package client

import (
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/ftagateway/ftagateway/trust/key"
)

// Config says whom a client may ask, as whom, and how much it takes. Zero values mean the defaults.
type Config struct {
	Holdings *Holdings     // for Fetch; nil where only Put and Revoke are used
	Signer   crypto.Signer // the capability key, whose capabilities Holdings has

	// AllowPrivate are addresses that may be asked beside public ones, and by plain http too.
	AllowPrivate []netip.Prefix
	Roots        *x509.CertPool // certificate authorities of the servers; nil: the system's

	MaxBytes int64            // of one answer; 10 MiB
	Timeout  time.Duration    // of one request, with its whole answer; 10 s
	Now      func() time.Time // time.Now
}

const (
	defaultMaxBytes = 10 << 20
	defaultTimeout  = 10 * time.Second
)

// Client asks evidence servers. It is safe for concurrent use.
type Client struct {
	cfg   Config
	guard *guard
}

// New makes a client. Connections by which something was fetched are kept for half a minute; it needs no Close.
func New(cfg Config) (*Client, error) {
	if cfg.MaxBytes <= 0 {
		cfg.MaxBytes = defaultMaxBytes
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = defaultTimeout
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if err := cfg.checkKey(); err != nil {
		return nil, fmt.Errorf("evidence client: %w", err)
	}
	return &Client{cfg: cfg, guard: newGuard(cfg.AllowPrivate, cfg.Roots)}, nil
}

// checkKey refuses a key that could invoke nothing of what is held.
func (c Config) checkKey() error {
	if c.Holdings == nil {
		return nil
	}
	if c.Signer == nil {
		return errors.New("capabilities are held, and there is no key to invoke them with")
	}
	holder, err := key.DID(c.Signer)
	if err != nil {
		return err
	}
	if holder != c.Holdings.controller {
		return fmt.Errorf("the key is %s, and the capabilities are for %s", holder, c.Holdings.controller)
	}
	return nil
}
