package redis

import (
	"crypto/tls"
	"errors"
	"net"
	"net/url"
	"slices"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// The errors do not say the URL, in which there may be a password.
var (
	errURL = errors.New("the URL must begin with redis://, rediss:// or unix://, name one Redis, or several by ?addr=host:port, and hold no further options")
	errTLS = errors.New("certificates are of no use to a Redis without TLS: the URL must begin with rediss://")
)

// CheckURL says what is wrong with the URL of a Redis, without saying the URL.
func CheckURL(rawURL string) error {
	_, err := parse(rawURL)
	return err
}

// patient is how much longer than a reader somebody waits whom nobody waits for.
const patient = 10

// connect does no I/O. Retries are left to the breaker: a second try would only double the time that a reader loses.
func connect(o Options) (goredis.UniversalClient, error) {
	to, err := parse(o.URL)
	if err != nil {
		return nil, err
	}
	if err := secure(to.TLSConfig, o); err != nil {
		return nil, err
	}
	if o.Password != "" {
		to.Password = o.Password
	}
	wait := patient * o.Timeout
	to.MaxRetries, to.DialerRetries, to.ContextTimeoutEnabled, to.DisableIdentity = -1, 1, true, true
	to.DialTimeout, to.ReadTimeout, to.WriteTimeout, to.PoolTimeout = wait, wait, wait, wait
	to.ConnMaxIdleTime = time.Minute
	to.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	if !to.IsClusterMode {
		return goredis.NewClient(to.Simple()), nil
	}
	nodes := to.Cluster()
	nodes.DisableRoutingPolicies = true // each call is of one slot; the client would ask every node what COMMANDs there are
	return goredis.NewClusterClient(nodes), nil
}

// secure adds what certificates are held against, and the one that is shown. Every node of a cluster is known by the host
// that the URL begins with.
func secure(c *tls.Config, o Options) error {
	if c == nil {
		if o.Roots != nil || o.Certificate != nil {
			return errTLS
		}
		return nil
	}
	c.RootCAs, c.MinVersion = o.Roots, tls.VersionTLS12
	if o.Certificate != nil {
		c.Certificates = []tls.Certificate{*o.Certificate}
	}
	return nil
}

// parse takes a URL apart. What it may say beside the place is how certificates are looked at, and much else that is
// settled here: none of it is taken.
func parse(rawURL string) (*goredis.UniversalOptions, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, errURL
	}
	query := u.Query()
	others := query["addr"]
	query.Del("addr")
	u.RawQuery = query.Encode()
	query.Del("db")
	one, err := goredis.ParseURL(u.String())
	if err != nil || len(query) > 0 || !mayStandBeside(one, others) {
		return nil, errURL
	}
	return &goredis.UniversalOptions{
		Addrs: append([]string{one.Addr}, others...), IsClusterMode: len(others) > 0,
		DB: one.DB, Username: one.Username, Password: one.Password, TLSConfig: one.TLSConfig,
	}, nil
}

// mayStandBeside reports whether others are places of a cluster that the first one is a node of.
func mayStandBeside(one *goredis.Options, others []string) bool {
	return len(others) == 0 || one.Network != "unix" && one.DB == 0 && !slices.ContainsFunc(others, notAPlace)
}

func notAPlace(address string) bool {
	host, port, err := net.SplitHostPort(address)
	return err != nil || host == "" || port == ""
}
