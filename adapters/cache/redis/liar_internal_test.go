package redis

import (
	"bytes"
	"context"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// shortening takes the values out of the lists that a Redis answers, as one may that lies.
type shortening struct{ goredis.Hook }

func (shortening) DialHook(next goredis.DialHook) goredis.DialHook          { return next }
func (shortening) ProcessHook(next goredis.ProcessHook) goredis.ProcessHook { return next }
func (shortening) ProcessPipelineHook(next goredis.ProcessPipelineHook) goredis.ProcessPipelineHook {
	return func(ctx context.Context, all []goredis.Cmder) error {
		err := next(ctx, all)
		for _, c := range all {
			if list, ok := c.(*goredis.SliceCmd); ok {
				list.SetVal(nil)
			}
		}
		return err
	}
}

// A list that is shorter than what was asked for is an error, and no panic of whoever follows.
func TestAListThatIsTooShort(t *testing.T) {
	r, err := Open(Options{URL: redistest.Start(t).URL(), Secret: bytes.Repeat([]byte{7}, 32), Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	s := r.For("trade")
	lease, err := s.Lead(t.Context(), cache.Lease{}, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Begin(t.Context(), lease, "chain", cache.Progress{Cursor: "1", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	r.client.AddHook(shortening{})
	e := &driver.Entry{Key: "k", Version: 1, Position: driver.Position{Final: true}}
	if err := s.Apply(t.Context(), lease, "1", []*driver.Entry{e}, cache.Progress{Cursor: "2", At: time.Now()}); err == nil {
		t.Error("a batch was applied over what Redis did not answer")
	}
}
