package redis

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"

	"github.com/ftagateway/ftagateway/adapters/cache"
)

// Options say how a Redis is used.
type Options struct {
	// URL is where it is: redis://user@host:port/database, rediss:// with TLS, unix:///path, or with ?addr=host:port for each
	// further node of a cluster, which need not be all. A password in it is used, and is better given as Password.
	URL      string
	Password string
	// Roots are the authorities of the certificate that a rediss:// shows, which must be of the URL's host, with every node
	// of a cluster. Nil: the system's.
	Roots *x509.CertPool
	// Certificate, with its key, is shown to a rediss:// that asks for one. Nil: none.
	Certificate *tls.Certificate
	// Secret is shared by all gateways that share the Redis, and by nobody else. At least 32 bytes.
	Secret []byte
	// Timeout is how long a reader waits for Redis before it asks the chain. Zero: 50 ms. Who follows a chain, and whom
	// nobody waits for, has ten times as long.
	Timeout time.Duration
	// Pause is how long Redis is left alone once it failed three times in a row. Zero: a second.
	Pause time.Duration
	// Life is how long a value stays that nobody renews. Zero: a day.
	Life time.Duration
	// Memory is how many bytes of entries are kept in this process beside Redis, about. Zero: 16 MiB.
	Memory  uint64
	Now     func() time.Time      // nil: time.Now
	Log     *slog.Logger          // nil: nowhere
	Metrics prometheus.Registerer // nil: nowhere
}

// minSecret is the least length of a secret, in bytes.
const minSecret = 32

// Redis is a connection to a Redis, or to a cluster of them. It is safe for concurrent use.
type Redis struct {
	client  goredis.UniversalClient
	o       Options
	keys    secrets
	near    *near
	trouble *trouble
}

// Open makes a connection, which is used when something is asked for: a Redis that is down is no error. An error says
// what is wrong with the options, and holds neither URL nor password. The caller closes what it gives.
func Open(o Options) (*Redis, error) {
	if len(o.Secret) < minSecret {
		return nil, fmt.Errorf("the secret has %d bytes, and must have %d", len(o.Secret), minSecret)
	}
	o.defaults()
	logging.Disable() // it writes addresses, a line for each dial, past Log; what fails is counted and said here
	client, err := connect(o)
	if err != nil {
		return nil, err
	}
	r := &Redis{client: client, o: o, keys: secretsOf(o.Secret), near: newNear(o.Memory)}
	r.trouble = newTrouble(o.Log, o.Metrics)
	return r, nil
}

func (o *Options) defaults() {
	o.Timeout = cmp.Or(o.Timeout, 50*time.Millisecond)
	o.Pause = cmp.Or(o.Pause, time.Second)
	o.Life = cmp.Or(o.Life, 24*time.Hour)
	o.Memory = cmp.Or(o.Memory, 16<<20)
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	if o.Now == nil {
		o.Now = time.Now
	}
}

// For answers the Store of a ledger. Gateways that share a Redis share it by the name.
func (r *Redis) For(name string) cache.Store {
	return &store{Redis: r, names: r.keys.ledger(name), breaker: newBreaker(r.o, r.trouble)}
}

// Bytes answers about how much is kept in this process.
func (r *Redis) Bytes() uint64 { return r.near.cache.WeightedSize() }

// Close ends the connections. Stores answer errors from then on.
func (r *Redis) Close() error { return r.client.Close() }
