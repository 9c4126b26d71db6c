package redis

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/sony/gobreaker/v2"
)

// lifeOfSubmissions is how long a submission, or a caller's name for one, stays that nobody asks to have renewed. Whoever
// asks again later is answered by the gateway that took it, or by the ledger.
const lifeOfSubmissions = 7 * 24 * time.Hour

// Submissions are what gateways tell each other of submissions: the gateway's Shared. Nothing there is kept there alone.
// Where Redis is away, full or lies, every method answers an error.
type Submissions struct {
	*Redis
	names   names
	breaker *gobreaker.CircuitBreaker[any]
}

// Submissions answers them. All gateways that share a Redis and a secret share them.
func (r *Redis) Submissions() *Submissions {
	return &Submissions{Redis: r, names: r.keys.submissions(), breaker: newBreaker(r.o, r.trouble)}
}

// submissions name and seal what is of no ledger. They need no tag: every call is about one thing.
func (s secrets) submissions() names { return names{s, "submissions", form} }

func (n names) submission(id string) string {
	return n.prefix + "u:" + hex.EncodeToString(n.mac(n.ledger, "submission", id)[:16])
}

func (n names) callers(key string) string {
	return n.prefix + "i:" + hex.EncodeToString(n.mac(n.ledger, "caller", key)[:16])
}

// Told answers what was told last of a submission, nil where nothing was.
func (s *Submissions) Told(ctx context.Context, id string) ([]byte, error) {
	return s.get(ctx, s.names.submission(id), "submission", id)
}

// Tell tells of a submission. What is too large is not told.
func (s *Submissions) Tell(ctx context.Context, id string, what []byte) error {
	if len(what) > maxValue {
		return nil
	}
	name, sealed := s.names.submission(id), s.names.lock(what, "submission", id)
	_, err := s.soon(ctx, func(ctx context.Context) (any, error) {
		return nil, s.client.Set(ctx, name, sealed, lifeOfSubmissions).Err()
	})
	return err
}

// Claim has a caller's own name stand for a submission, unless it stands for one already. It answers for which.
func (s *Submissions) Claim(ctx context.Context, callers, id string) (stands string, err error) {
	name, sealed := s.names.callers(callers), s.names.lock([]byte(id), "caller", callers)
	set, err := s.soon(ctx, func(ctx context.Context) (any, error) {
		err := s.client.SetArgs(ctx, name, sealed, goredis.SetArgs{Mode: "NX", TTL: lifeOfSubmissions}).Err()
		if errors.Is(err, goredis.Nil) {
			return false, nil
		}
		return true, err
	})
	if err != nil || set == true {
		return id, err
	}
	before, err := s.get(ctx, name, "caller", callers)
	if err == nil && before == nil { // it has ended meanwhile
		before = []byte(id)
	}
	return string(before), err
}

// Forget takes back what was told of a submission, and the caller's name unless that is empty.
func (s *Submissions) Forget(ctx context.Context, id, callers string) error {
	err := s.del(ctx, s.names.submission(id))
	if callers != "" {
		err = errors.Join(err, s.del(ctx, s.names.callers(callers)))
	}
	return err
}

func (s *Submissions) del(ctx context.Context, name string) error {
	_, err := s.soon(ctx, func(ctx context.Context) (any, error) { return nil, s.client.Del(ctx, name).Err() })
	return err
}

// get reads a value; nil where there is none. One that no gateway put there is an error.
func (s *Submissions) get(ctx context.Context, name string, what ...string) ([]byte, error) {
	sealed, found, err := s.value(ctx, s.breaker, name)
	if err != nil || !found {
		return nil, err
	}
	value, ok := s.names.unlock(sealed, what...)
	if !ok {
		s.trouble.lie("a submission")
		return nil, fmt.Errorf("%w: a submission", wrongAnswer)
	}
	return value, nil
}

// soon makes a call that a caller waits for.
func (s *Submissions) soon(ctx context.Context, call func(context.Context) (any, error)) (any, error) {
	return s.Redis.soon(ctx, s.breaker, call)
}
