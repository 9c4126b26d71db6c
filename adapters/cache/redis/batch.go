package redis

import (
	"context"
	"slices"

	goredis "github.com/redis/go-redis/v9"

	"github.com/ftagateway/ftagateway/adapters/cache"
	"github.com/ftagateway/ftagateway/adapters/driver"
)

// The most that one message to Redis holds, so that none keeps it busy for long: entries by number and bytes, and pointers.
const (
	stepEntries = 64
	stepBytes   = 256 << 10
	stepKeys    = 128
)

// batch writes the entries of a batch and the pointers to them, and counts the changes in next.
func (s *store) batch(ctx context.Context, f, next *following, entries []*driver.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	keys := keysOf(entries)
	noted, err := s.noted(ctx, f, keys)
	if err != nil {
		return err
	}
	var puts []put
	for _, e := range entries {
		_, bucket := s.names.pointer(e.Key)
		next.place.count++
		next.table[bucket] = uint32(next.place.count)
		if !cache.Keepable(e) {
			delete(noted, e.Key)
			continue
		}
		p := s.put(f.place.chainID, e)
		puts = append(puts, p)
		if noted[e.Key].version <= e.Version {
			noted[e.Key] = pointer{version: e.Version, entry: p.digest}
		}
	}
	if err := s.puts(ctx, puts); err != nil {
		return err
	}
	return s.points(ctx, next, keys, noted)
}

// keysOf gives each key of a batch once.
func keysOf(entries []*driver.Entry) []string {
	var keys []string
	seen := map[string]bool{}
	for _, e := range entries {
		if !seen[e.Key] {
			seen[e.Key] = true
			keys = append(keys, e.Key)
		}
	}
	return keys
}

// noted reads what is noted of keys as the newest: a version never goes down.
func (s *store) noted(ctx context.Context, f *following, keys []string) (map[string]pointer, error) {
	noted := map[string]pointer{}
	err := chunks(len(keys), stepKeys, func(from, to int) error {
		sealed, err := s.sealed(ctx, keys[from:to])
		if err != nil {
			return err
		}
		v := &view{&f.place, &f.table, ""}
		for i, key := range keys[from:to] {
			_, bucket := s.names.pointer(key)
			if p, ok := s.pointer(sight{view: v, pointer: sealed[i]}, key, bucket); ok {
				noted[key] = p
			}
		}
		return nil
	})
	return noted, err
}

// sealed reads the pointers of keys as they stand in Redis, empty where there is none.
func (s *store) sealed(ctx context.Context, keys []string) ([]string, error) {
	answer, err := s.later(ctx, func(ctx context.Context) (any, error) {
		return s.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
			for _, key := range keys {
				name, _ := s.names.pointer(key)
				p.HMGet(ctx, name, "b")
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	sealed := make([]string, len(keys))
	for i, c := range answer.([]goredis.Cmder) {
		parts, err := list(c.(*goredis.SliceCmd).Val(), 1)
		if err != nil {
			return nil, err
		}
		sealed[i] = text(parts[0])
	}
	return sealed, nil
}

// puts writes entries. Each is true by itself, so that it does not matter who writes it, or when.
func (s *store) puts(ctx context.Context, puts []put) error {
	puts = slices.DeleteFunc(puts, func(p put) bool { return p.sealed == "" })
	for len(puts) > 0 {
		n := oneStep(puts)
		_, err := s.later(ctx, func(ctx context.Context) (any, error) {
			return s.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
				for _, e := range puts[:n] {
					p.Set(ctx, e.name, e.sealed, s.o.Life)
				}
				return nil
			})
		})
		if err != nil {
			return err
		}
		puts = puts[n:]
	}
	return nil
}

// oneStep says how many entries go together, one at least.
func oneStep(puts []put) int {
	bytes := len(puts[0].sealed)
	for n := 1; n < min(len(puts), stepEntries); n++ {
		if bytes += len(puts[n].sealed); bytes > stepBytes {
			return n
		}
	}
	return min(len(puts), stepEntries)
}

// points writes the pointers of keys, of the count to which the place is moved on.
func (s *store) points(ctx context.Context, next *following, keys []string, noted map[string]pointer) error {
	return chunks(len(keys), stepKeys, func(from, to int) error {
		names := []string{s.names.state()}
		args := []any{next.lease, next.place.era.text(), next.place.count, s.life()}
		for _, key := range keys[from:to] {
			name, _ := s.names.pointer(key)
			p, known := noted[key]
			p.era, p.count = next.place.era, next.place.count
			sealed := ""
			if known {
				sealed = s.names.lock(p.bytes(), "pointer", key)
			}
			names, args = append(names, name), append(args, p.version, sealed)
		}
		answer, err := s.later(ctx, func(ctx context.Context) (any, error) {
			return pointScript.Run(ctx, s.client, names, args...).Result()
		})
		if err == nil && answer != int64(0) {
			return cache.ErrFenced
		}
		return err
	})
}

// chunks calls do for runs of at most size out of n.
func chunks(n, size int, do func(from, to int) error) error {
	for from := 0; from < n; from += size {
		if err := do(from, min(from+size, n)); err != nil {
			return err
		}
	}
	return nil
}
