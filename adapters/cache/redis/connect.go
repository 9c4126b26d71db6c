package redis

import (
	"errors"
	"net/url"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// errURL does not say the URL, in which there may be a password.
var errURL = errors.New("the URL must begin with redis://, rediss:// or unix:// and name one Redis, or several by ?addr=")

// CheckURL says what is wrong with the URL of a Redis, without saying the URL.
func CheckURL(rawURL string) error {
	client, err := connect(Options{URL: rawURL})
	if err != nil {
		return err
	}
	return client.Close()
}

// patient is how much longer than a reader somebody waits whom nobody waits for.
const patient = 10

// connect does no I/O. Retries are left to the breaker: a second try would only double the time that a reader loses.
func connect(o Options) (goredis.UniversalClient, error) {
	u, err := url.Parse(o.URL)
	if err != nil {
		return nil, errURL
	}
	if u.Query().Has("addr") {
		return cluster(o)
	}
	to, err := goredis.ParseURL(o.URL)
	if err != nil {
		return nil, errURL
	}
	if o.Password != "" {
		to.Password = o.Password
	}
	wait := patient * o.Timeout
	to.MaxRetries, to.DialerRetries, to.ContextTimeoutEnabled, to.DisableIdentity = -1, 1, true, true
	to.DialTimeout, to.ReadTimeout, to.WriteTimeout, to.PoolTimeout = wait, wait, wait, wait
	to.ConnMaxIdleTime = time.Minute
	to.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return goredis.NewClient(to), nil
}

func cluster(o Options) (goredis.UniversalClient, error) {
	to, err := goredis.ParseClusterURL(o.URL)
	if err != nil {
		return nil, errURL
	}
	if o.Password != "" {
		to.Password = o.Password
	}
	wait := patient * o.Timeout
	to.MaxRetries, to.DialerRetries, to.ContextTimeoutEnabled, to.DisableIdentity = -1, 1, true, true
	to.DialTimeout, to.ReadTimeout, to.WriteTimeout, to.PoolTimeout = wait, wait, wait, wait
	to.ConnMaxIdleTime = time.Minute
	to.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return goredis.NewClusterClient(to), nil
}
