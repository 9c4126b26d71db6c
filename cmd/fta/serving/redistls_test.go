package serving_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/cache/redis/redistest"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/cmd/fta/serving"
)

// secured writes a configuration by which a Redis with TLS is shared, with the files that it names.
func secured(t *testing.T, url, authorities string, pair redistest.Pair) string {
	t.Helper()
	dir := t.TempDir()
	save(t, dir, "redis.secret", string(bytes.Repeat([]byte{7}, 32)))
	save(t, dir, "redis.password", "hidden\n")
	return save(t, dir, "gateway.yaml", fmt.Sprintf(`cache:
  redis: %s
  redisKey: redis.secret
  redisPassword: redis.password
  redisTimeout: 1s
  redisAuthorities: %s
  redisCertificate: %s
  redisCertificateKey: %s
ledgers:
  trade: {url: 'memory:'}
`, strings.Replace(url, "://", "://fta@", 1), authorities, pair.Certificate, pair.Key))
}

func save(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func load(t *testing.T, file string) config.Config {
	t.Helper()
	c, err := config.Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAGatewayFollowsItsLedgersInARedisWithTLS(t *testing.T) {
	a := redistest.NewAuthority(t)
	pair := a.Issue(t, nil)
	server := a.StartSecure(t, pair, strings.Fields("--user fta on >hidden ~fta:* +@all")...)
	g, _ := open(t, load(t, secured(t, server.SecureURL(), a.File, pair)))
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if health, cached := g.Members[0].Cached(t.Context()); cached && health.Live {
			return
		}
		if time.Now().After(until) {
			t.Fatal("it is not answered from Redis")
		}
	}
}

// said is a log that is read while it is written.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// A gateway starts without the Redis whose certificate it does not trust, answers, and says why.
func TestAGatewayWithoutTheRedisThatItDoesNotTrust(t *testing.T) {
	a, other := redistest.NewAuthority(t), redistest.NewAuthority(t)
	server := a.StartSecure(t, a.Issue(t, nil))
	var log said
	c := load(t, secured(t, server.SecureURL(), other.File, a.Issue(t, nil)))
	g, err := serving.Open(t.Context(), c, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = g.Close() }()
	const why = "shows a certificate of an authority that is not known here"
	for until := time.Now().Add(20 * time.Second); !strings.Contains(log.String(), why); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("the log does not say why: %s", log.String())
		}
	}
	for _, secret := range []string{"hidden", "fta@", server.Secure, other.File} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log says %q: %s", secret, log.String())
		}
	}
	c.Data = t.TempDir() // the other gateway's is its own
	_, base := live(t, c)
	r, err := http.Get(base + "/v1/ledgers/trade")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	if text, _ := io.ReadAll(r.Body); r.StatusCode != http.StatusOK {
		t.Errorf("%d: %s", r.StatusCode, text)
	}
}

// Files that are of no use keep a gateway from starting, and it is said where they are named.
func TestFilesOfARedisThatAreWrong(t *testing.T) {
	a := redistest.NewAuthority(t)
	pair, another := a.Issue(t, nil), a.Issue(t, nil)
	for what, c := range map[string]struct {
		authorities string
		pair        redistest.Pair
		want        string
	}{
		"no authorities there":         {"nosuch.pem", pair, ":6: cache.redisAuthorities"},
		"a key in place of them":       {pair.Key, pair, ":6: cache.redisAuthorities"},
		"no certificate there":         {a.File, redistest.Pair{Certificate: "nosuch.pem", Key: pair.Key}, ":7: cache.redisCertificate"},
		"the key of another":           {a.File, redistest.Pair{Certificate: pair.Certificate, Key: another.Key}, ":7: cache.redisCertificate"},
		"a certificate in place of it": {a.File, redistest.Pair{Certificate: pair.Certificate, Key: pair.Certificate}, ":7: cache.redisCertificate"},
	} {
		t.Run(what, func(t *testing.T) {
			file := secured(t, "rediss://127.0.0.1:1/0", c.authorities, c.pair)
			refused(t, load(t, file), file+c.want)
		})
	}
	file := secured(t, "rediss://127.0.0.1:1/0", a.File, pair)
	save(t, filepath.Dir(file), "redis.password", "\n")
	refused(t, load(t, file), file+":4: cache.redisPassword")
	save(t, filepath.Dir(file), "redis.secret", "short")
	refused(t, load(t, file), file+":3: cache.redisKey")
}

func refused(t *testing.T, c config.Config, want string) {
	t.Helper()
	if _, err := serving.Open(t.Context(), c, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("opened: %v, want %s", err, want)
	}
	if err := serving.Check(c, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("checked: %v, want %s", err, want)
	}
}
