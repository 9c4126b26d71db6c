package redis

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/sony/gobreaker/v2"
)

// failure is why Redis could not be asked. Its text is one of ours: what the client says may hold an address.
type failure string

func (f failure) Error() string { return "redis: " + string(f) }

// The failures.
const (
	late        failure = "does not answer in time"
	full        failure = "has no room left"
	refuses     failure = "refuses this gateway"
	starting    failure = "is not ready to answer"
	alone       failure = "is left alone for a while, as it failed before"
	away        failure = "cannot be reached"
	left        failure = "was not waited for"
	ofMany      failure = "is one node of a cluster, and the URL does not say so by ?addr="
	wrongAnswer failure = "answers in another form than the scripts give"
)

// said are the failures that Redis tells by the first word of an error.
var said = map[string]failure{
	"OOM": full, "NOAUTH": refuses, "WRONGPASS": refuses, "NOPERM": refuses, "LOADING": starting, "MASTERDOWN": starting,
	"READONLY": starting, "BUSY": late, "TRYAGAIN": starting, "CLUSTERDOWN": starting, "MISCONF": full, "MOVED": ofMany,
}

func failed(err error) error {
	var known failure
	var network net.Error
	var told goredis.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests):
		return alone
	case errors.Is(err, context.Canceled):
		return left
	case ofTLS(err) != "":
		return ofTLS(err)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return late
	case errors.As(err, &told):
		word, _, _ := strings.Cut(told.Error(), " ")
		return cmp.Or(said[word], wrongAnswer)
	}
	return away
}

// tripsAt is how many failures in a row make Redis be left alone.
const tripsAt = 3

func newBreaker(o Options, t *trouble) *gobreaker.CircuitBreaker[any] {
	return gobreaker.NewCircuitBreaker[any](gobreaker.Settings{
		Name: "redis", MaxRequests: 1, Timeout: o.Pause,
		ReadyToTrip:   func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= tripsAt },
		IsExcluded:    func(err error) bool { return errors.Is(err, left) },
		OnStateChange: func(_ string, from, to gobreaker.State) { t.broken(from, to) },
	})
}

// soon makes a call that somebody waits for: not for long, and not at all while a breaker leaves Redis alone.
func (r *Redis) soon(ctx context.Context, b *gobreaker.CircuitBreaker[any], call func(context.Context) (any, error)) (any, error) {
	answer, err := b.Execute(func() (any, error) { return r.within(ctx, r.o.Timeout, call) })
	return answer, failed(err)
}

func (s *store) soon(ctx context.Context, call func(context.Context) (any, error)) (any, error) {
	return s.Redis.soon(ctx, s.breaker, call)
}

// value reads what stands under a name, for somebody who waits; false where nothing does.
func (r *Redis) value(ctx context.Context, b *gobreaker.CircuitBreaker[any], name string) (sealed string, found bool, err error) {
	answer, err := r.soon(ctx, b, func(ctx context.Context) (any, error) { return r.client.MGet(ctx, name).Result() })
	if err != nil {
		return "", false, err
	}
	parts, err := list(answer, 1)
	if err != nil || parts[0] == nil {
		return "", false, err
	}
	return text(parts[0]), true, nil
}

// later makes a call that no reader waits for.
func (r *Redis) later(ctx context.Context, call func(context.Context) (any, error)) (any, error) {
	return r.within(ctx, patient*r.o.Timeout, call)
}

func (r *Redis) within(ctx context.Context, wait time.Duration, call func(context.Context) (any, error)) (any, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	answer, err := call(ctx)
	if err = failed(err); err != nil && !errors.Is(err, left) {
		r.lookAround(ctx)
	}
	return answer, r.trouble.seen(err)
}

// lookAround has a cluster asked who is the master of what, beside what is done here: another may have taken the place of
// one that does not answer, and the client by itself asks once a minute.
func (r *Redis) lookAround(ctx context.Context) {
	if c, ok := r.client.(*goredis.ClusterClient); ok {
		c.ReloadState(ctx)
	}
}

// list takes a script's answer apart, of which it knows the length.
func list(answer any, length int) ([]any, error) {
	parts, ok := answer.([]any)
	if !ok || len(parts) != length {
		return nil, fmt.Errorf("%w: %T of %d parts", wrongAnswer, answer, len(parts))
	}
	return parts, nil
}

// text answers a part that is a text, and none where it is not.
func text(part any) string {
	s, _ := part.(string)
	return s
}
