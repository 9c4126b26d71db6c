package redis_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/ftagateway/ftagateway/adapters/cache/redis"
	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
)

func TestGatewaysTellEachOtherOfSubmissions(t *testing.T) {
	servers := map[string]string{"one server": redistest.Start(t).URL()}
	if !testing.Short() {
		servers["a cluster"] = redistest.StartCluster(t, 3, false).URL()
	}
	for name, url := range servers {
		t.Run(name, func(t *testing.T) {
			one, other := open(t, url).Submissions(), open(t, url).Submissions()
			holdTold(t, other, "a", "")
			if err := one.Tell(t.Context(), "a", []byte("taken")); err != nil {
				t.Fatal(err)
			}
			if err := other.Tell(t.Context(), "a", []byte("final")); err != nil {
				t.Fatal(err)
			}
			holdTold(t, one, "a", "final")
			holdTold(t, one, "b", "")
			holdClaim(t, one, "my filing", "a", "a")
			holdClaim(t, other, "my filing", "b", "a")
			holdClaim(t, one, "my filing", "a", "a")
			if err := other.Forget(t.Context(), "a", "my filing"); err != nil {
				t.Fatal(err)
			}
			holdTold(t, one, "a", "")
			holdClaim(t, other, "my filing", "b", "b")
		})
	}
}

func holdTold(t *testing.T, s *redis.Submissions, id, want string) {
	t.Helper()
	if got, err := s.Told(t.Context(), id); err != nil || string(got) != want || (got == nil) != (want == "") {
		t.Errorf("of %q it is told %q, %v; want %q", id, got, err, want)
	}
}

func holdClaim(t *testing.T, s *redis.Submissions, callers, id, want string) {
	t.Helper()
	if got, err := s.Claim(t.Context(), callers, id); err != nil || got != want {
		t.Errorf("%q, claimed for %q, stands for %q, %v; want %q", callers, id, got, err, want)
	}
}

// Redis sees neither an id nor a caller's name, and what it puts in another one's place is not believed.
func TestWhatIsToldOfSubmissionsIsSealed(t *testing.T) {
	server, reg := redistest.Start(t), prometheus.NewRegistry()
	s := open(t, server.URL(), func(o *redis.Options) { o.Metrics = reg }).Submissions()
	if err := s.Tell(t.Context(), "urn:uuid:1", []byte("a receipt")); err != nil {
		t.Fatal(err)
	}
	if err := s.Tell(t.Context(), "urn:uuid:2", []byte("another")); err != nil {
		t.Fatal(err)
	}
	holdClaim(t, s, "filing 4711", "urn:uuid:1", "urn:uuid:1")
	client := server.Client()
	t.Cleanup(func() { _ = client.Close() })
	names, err := client.Keys(t.Context(), "*").Result()
	if err != nil || len(names) != 3 {
		t.Fatalf("%v, %v; want three names", names, err)
	}
	values := map[string]string{}
	for _, n := range names {
		values[n] = client.Get(t.Context(), n).Val()
		for _, secret := range []string{"urn:uuid", "4711", "receipt"} {
			if strings.Contains(n+values[n], secret) {
				t.Errorf("%q tells %q", n, secret)
			}
		}
		if life := client.TTL(t.Context(), n).Val(); life <= 0 {
			t.Errorf("%q stays for %v: want that it ends", n, life)
		}
	}
	for i, n := range names { // each in the place of the next one
		if err := client.Set(t.Context(), n, values[names[(i+1)%len(names)]], 0).Err(); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{"urn:uuid:1", "urn:uuid:2"} {
		if got, err := s.Told(t.Context(), id); err == nil {
			t.Errorf("of %s it is told %q, as a lie says", id, got)
		}
	}
	if got, err := s.Claim(t.Context(), "filing 4711", "urn:uuid:2"); err == nil {
		t.Errorf("a caller's name stands for %q, as a lie says", got)
	}
	if n := lies(t, reg); n != 3 {
		t.Errorf("%v lies are counted, want 3", n)
	}
}

// Who has another secret shares nothing, and a Redis that is gone is an error at once.
func TestWhoSharesNoSubmissions(t *testing.T) {
	server := redistest.Start(t)
	s := open(t, server.URL()).Submissions()
	if err := s.Tell(t.Context(), "a", []byte("taken")); err != nil {
		t.Fatal(err)
	}
	stranger := open(t, server.URL(), func(o *redis.Options) { o.Secret = bytes.Repeat([]byte{9}, 32) }).Submissions()
	holdTold(t, stranger, "a", "")
	if err := s.Tell(t.Context(), "large", make([]byte, 2<<20)); err != nil {
		t.Errorf("what is too large to be told: %v", err)
	}
	holdTold(t, s, "large", "")
	server.Stop(t)
	_, told := s.Told(t.Context(), "a")
	_, claimed := s.Claim(t.Context(), "key", "a")
	for what, err := range map[string]error{"told": told, "claimed": claimed, "tell": s.Tell(t.Context(), "a", nil), "forget": s.Forget(t.Context(), "a", "key")} {
		if err == nil || strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("%s: %v; want an error, without an address", what, err)
		}
	}
}
