//go:build linux

package compose_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
)

// checkShared: what one gateway has read, the other one answers without asking the ledger, though it never read it: it
// has that from Redis, where there are keys then. A gateway that remembers for itself misses at every new id.
func checkShared(t *testing.T, first, second string) {
	t.Helper()
	for _, gateway := range []string{first, second} {
		await(t, gateway+" answers from what is kept", 30*time.Second, func() bool { return cacheOf(t, gateway).Live })
	}
	await(t, "one gateway knows what the other one read", 30*time.Second, func() bool {
		id := "/v1/records/urn:uuid:" + uuid.NewString()
		read(t, first+id)
		before := cacheOf(t, second)
		status, _ := read(t, second+id)
		after := cacheOf(t, second)
		return status == http.StatusNotFound && after.Hits > before.Hits && after.Misses == before.Misses
	})
	if n := keys(t); n == 0 {
		t.Error("nothing stands in Redis")
	}
}

// cached is what /v1/ledgers says of a ledger's cache.
type cached struct {
	Live         bool
	Hits, Misses int
}

func cacheOf(t *testing.T, gateway string) cached {
	t.Helper()
	status, text := read(t, gateway+"/v1/ledgers")
	var all struct{ Ledgers []struct{ Cache *cached } }
	if err := json.Unmarshal(text, &all); status != http.StatusOK || err != nil || len(all.Ledgers) != 1 || all.Ledgers[0].Cache == nil {
		t.Fatalf("%d, %v: want one ledger with a cache\n%s", status, err, text)
	}
	return *all.Ledgers[0].Cache
}

func read(t *testing.T, url string) (status int, text []byte) {
	t.Helper()
	client := http.Client{Timeout: 10 * time.Second}
	answer, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err = io.ReadAll(answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, text
}

// keys is how many there are in Redis.
func keys(t *testing.T) (n int) {
	t.Helper()
	c, err := net.DialTimeout("tcp", "127.0.0.1:6379", 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.WriteString(c, "DBSIZE\r\n"); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(c).ReadString('\n'); err != nil {
		t.Fatal(err)
	} else if _, err := fmt.Sscanf(line, ":%d", &n); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return n
}

// TestSealIsAKey: what the gateways seal by is as long as they want it, and as closed as their other keys.
func TestSealIsAKey(t *testing.T) {
	secrets := filepath.Join(placed(t, fta), "state/secrets")
	seal, key := stat(t, filepath.Join(secrets, "redis.secret")), stat(t, filepath.Join(secrets, "signing.pem"))
	if seal.Size() != 32 || seal.Mode() != key.Mode() || seal.Mode().Perm()&0o077 != 0 {
		t.Errorf("%d bytes, %v; a signing key has %v", seal.Size(), seal.Mode(), key.Mode())
	}
}

func stat(t *testing.T, path string) os.FileInfo {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info
}
