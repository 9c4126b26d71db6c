package fabric_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// kill ends a process of the network at once, as a machine that fails does.
func (n *running) kill(t *testing.T, name string) { n.signal(t, name, syscall.SIGKILL) }

func (n *running) signal(t *testing.T, name string, what syscall.Signal) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(n.data, "pids", name))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err == nil {
		err = syscall.Kill(pid, what)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// restart starts what of the network is not alive.
func (n *running) restart(t *testing.T) {
	t.Helper()
	if out, err := exec.Command("../../deploy/fabric/start.sh", "--data", n.data).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func newWrite() *driver.Write {
	return &driver.Write{Key: fmt.Sprintf("fault-%x", rand.Uint64()), Body: []byte("body")}
}

// eventually calls until there is an answer, for as long as a process takes to come back to a client.
func eventually[T any](t *testing.T, call func(ctx context.Context) (T, error)) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		answer, err := call(ctx)
		if err == nil {
			return answer
		}
		if ctx.Err() != nil || !driver.IsOutage(err) {
			t.Fatal(err)
		}
	}
}

// TestNetworkFaults kills each process of a network in turn: what was acknowledged is still read, or an outage is told;
// what was written meanwhile is an outage or stays pending; and the same write comes through, once, when the process is
// back, without opening the ledger anew.
func TestNetworkFaults(t *testing.T) {
	n, kv := theNetwork(t, "FTA_FABRIC_OTHER"), newStore(t)
	l, err := n.open(t.Context(), kv.Sub("x"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	before := newWrite()
	eventually(t, func(ctx context.Context) (*driver.Receipt, error) { return l.Append(ctx, before) })
	for _, name := range []string{"peer1", "peer2", "orderer", "chaincode-fta"} {
		t.Run(name, func(t *testing.T) {
			n.kill(t, name)
			t.Cleanup(func() { n.restart(t) })
			e := eventually(t, func(ctx context.Context) (*driver.Entry, error) { return l.Get(ctx, driver.Ref{Key: before.Key}) })
			if string(e.Body) != "body" {
				t.Errorf("%+v: one process is down, and what was acknowledged is gone", e)
			}
			meanwhile := newWrite()
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			r, err := l.Append(ctx, meanwhile)
			if err != nil && !driver.IsOutage(err) || err == nil && r.State != driver.Pending {
				t.Errorf("%+v, %v: neither an outage nor pending", r, err)
			}
			n.restart(t)
			r = eventually(t, func(ctx context.Context) (*driver.Receipt, error) { return l.Append(ctx, meanwhile) })
			if r.State != driver.Finally || r.Version != 1 {
				t.Errorf("%+v", r)
			}
			if all, err := l.Versions(t.Context(), meanwhile.Key, 0, 0); len(all) != 1 || err != nil {
				t.Errorf("%d versions, %v: the write has come through more than once", len(all), err)
			}
		})
	}
}

// TestNetworkSilentPeer has the peer that is asked first say nothing any more, with its connections open: the other one
// is asked, and from then on first; and the ledger can be closed.
func TestNetworkSilentPeer(t *testing.T) {
	n := theNetwork(t, "FTA_FABRIC_OTHER")
	l, err := n.open(t.Context(), newStore(t).Sub("x"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	w := newWrite()
	eventually(t, func(ctx context.Context) (*driver.Receipt, error) { return l.Append(ctx, w) })
	n.signal(t, "peer1", syscall.SIGSTOP)
	t.Cleanup(func() { n.signal(t, "peer1", syscall.SIGCONT) })
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second)
	defer cancel()
	for _, most := range []time.Duration{6 * time.Second, 2 * time.Second} {
		began := time.Now()
		if _, err := l.Get(ctx, driver.Ref{Key: w.Key}); err != nil || time.Since(began) > most {
			t.Errorf("%v after %v, want an answer within %v", err, time.Since(began), most)
		}
	}
	began := time.Now()
	if err := l.Close(); err != nil || time.Since(began) > 10*time.Second {
		t.Errorf("%v, closed after %v", err, time.Since(began))
	}
	t.Logf("closed after %v", time.Since(began))
}

// TestNetworkRefusals opens what can never be read as it is asked for.
func TestNetworkRefusals(t *testing.T) {
	n, other := theNetwork(t, "FTA_FABRIC"), theNetwork(t, "FTA_FABRIC_OTHER")
	for name, tc := range map[string]struct {
		url  string
		want driver.Code
	}{
		"a chaincode that is not committed": {n.url("fat", "User1"), driver.NotReady},
		"a channel that is none":            {strings.Replace(n.url("fta", "User1"), "channel=trade", "channel=trace", 1), driver.Unavailable},
		"a member of another network":       {(&running{profile: n.profile, wallet: other.wallet}).url("fta", "User1"), driver.PermissionDenied},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := driver.Open(t.Context(), tc.url, driver.Env{Store: newStore(t).Sub("x")})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			_, err = l.Get(ctx, driver.Ref{Key: "k"})
			if driver.CodeOf(err) != tc.want {
				t.Errorf("%v, want %s", err, tc.want)
			}
			t.Log(err)
		})
	}
}
