package server_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/evidence/accesslog"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/internal/archive"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// runChild makes this test binary the server that a test kills, when its environment says so.
func runChild() {
	dir, host := os.Getenv("FTA_TEST_EVIDENCE_DIR"), os.Getenv("FTA_TEST_EVIDENCE_HOST")
	if dir == "" {
		return
	}
	s, err := server.Open(server.Config{Dir: dir, BaseURL: "http://" + host, RootController: os.Getenv("FTA_TEST_EVIDENCE_OWNER")})
	if err == nil {
		var at net.Listener
		if at, err = net.Listen("tcp", host); err == nil {
			fmt.Println("ready")
			err = s.HTTP().Serve(at)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// victim is a server in a process of its own, and what it has acknowledged.
type victim struct {
	evidencetest.Partner
	t         *testing.T
	dir, host string
	client    *client.Client
	process   *exec.Cmd

	mu      sync.Mutex
	kept    map[string]string // content by evidence id
	taken   map[string]int    // how often what was kept was given out
	revoked []*capability.Capability
}

func newVictim(t *testing.T) *victim {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	evidencetest.Must(t, err)
	v := &victim{t: t, dir: t.TempDir(), host: free.Addr().String(), kept: map[string]string{}, taken: map[string]int{}}
	evidencetest.Must(t, free.Close())
	v.Partner = evidencetest.NewPartner(t, "http://"+v.host, evidencetest.NewParty(t))
	holdings, err := client.OpenHoldings(client.HoldingsConfig{Store: &evidencetest.KV{}, Controller: v.Customs.DID})
	evidencetest.Must(t, err)
	_, err = holdings.Add(v.Reading)
	evidencetest.Must(t, err)
	v.client, err = client.New(client.Config{
		Holdings: holdings, Signer: v.Customs.Signer, AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	})
	evidencetest.Must(t, err)
	return v
}

// start runs the server and waits until it listens.
func (v *victim) start() {
	v.t.Helper()
	v.process = exec.Command(os.Args[0])
	v.process.Env = append(os.Environ(),
		"FTA_TEST_EVIDENCE_DIR="+v.dir, "FTA_TEST_EVIDENCE_HOST="+v.host, "FTA_TEST_EVIDENCE_OWNER="+v.Owner.DID)
	v.process.Stderr = os.Stderr
	out, err := v.process.StdoutPipe()
	evidencetest.Must(v.t, err)
	evidencetest.Must(v.t, v.process.Start())
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		v.t.Fatalf("the server did not start: %q, %v", line, err)
	}
}

// kill is kill -9, in the middle of whatever goes on.
func (v *victim) kill() {
	v.t.Helper()
	evidencetest.Must(v.t, v.process.Process.Kill())
	_ = v.process.Wait() // killed, as it says
}

// load uploads, takes what it has uploaded, and revokes from several sides until the server has acknowledged n more uploads, and kills it.
func (v *victim) load(n int) {
	v.t.Helper()
	ctx, stop := context.WithTimeout(v.t.Context(), time.Minute)
	defer stop()
	acknowledged := make(chan struct{})
	var workers sync.WaitGroup
	for worker := range 6 {
		workers.Go(func() { v.keepUploading(ctx, fmt.Sprintf("document of %d after %d", worker, n), acknowledged) })
	}
	workers.Go(func() {
		for ctx.Err() == nil && v.revokeOne(ctx) {
		}
	})
	for range n {
		select {
		case <-acknowledged:
		case <-ctx.Done():
			v.t.Fatal("the server acknowledges nothing")
		}
	}
	v.kill()
	stop()
	workers.Wait()
}

// keepUploading uploads one document after another, until the server does not answer or the load ends.
func (v *victim) keepUploading(ctx context.Context, name string, acknowledged chan<- struct{}) {
	for i := 0; v.upload(ctx, fmt.Sprintf("%s: %d", name, i)); i++ {
		select {
		case acknowledged <- struct{}{}:
		case <-ctx.Done():
			return
		}
	}
}

func (v *victim) upload(ctx context.Context, content string) bool {
	kept, err := v.client.Put(ctx, v.Filing, v.Filer.Signer, []byte(content), "text/plain")
	if err != nil {
		return false
	}
	v.mu.Lock()
	v.kept[kept.ID] = content
	v.mu.Unlock()
	return v.fetch(ctx, kept.ID, content) == nil
}

// fetch takes what is kept, on whatever connection is open.
func (v *victim) fetch(ctx context.Context, id, content string) error {
	got, err := v.client.Fetch(ctx, v.Filer.DID, refOf(id, content))
	if err != nil {
		return err
	}
	if string(got.Content) != content {
		return fmt.Errorf("got %q", got.Content)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.taken[id]++
	return nil
}

func (v *victim) revokeOne(ctx context.Context) bool {
	c, err := capability.Delegate(v.Filing, v.Filer.Signer, capability.Grant{Controller: v.Customs.DID})
	if err != nil || v.client.Revoke(ctx, c, v.Filer.Signer) != nil {
		return false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.revoked = append(v.revoked, c)
	return true
}

// check asks the running server for everything it ever acknowledged.
func (v *victim) check() {
	v.t.Helper()
	for id, content := range v.kept {
		if err := v.fetch(v.t.Context(), id, content); err != nil {
			v.t.Errorf("acknowledged evidence %s: %v", id, err)
		}
	}
	for _, c := range v.revoked {
		_, err := v.client.Put(v.t.Context(), c, v.Customs.Signer, []byte("x"), "text/plain")
		var f *client.Failure
		if !errors.As(err, &f) || f.Reason != client.Refused {
			v.t.Errorf("a capability whose revocation was acknowledged: %v, want %s", err, client.Refused)
		}
	}
}

// checkFolder opens the folder after the last kill: nothing in it is there by halves.
func (v *victim) checkFolder() {
	v.t.Helper()
	a, err := archive.Open(filepath.Join(v.dir, "evidence"))
	evidencetest.Must(v.t, err)
	defer func() { evidencetest.Must(v.t, a.Close()) }()
	if left, _ := os.ReadDir(filepath.Join(v.dir, "evidence", "incoming")); len(left) > 0 {
		v.t.Errorf("%d files stayed in incoming", len(left))
	}
	files, err := filepath.Glob(filepath.Join(v.dir, "evidence", "collections", "*", "*.json"))
	evidencetest.Must(v.t, err)
	for _, f := range files {
		name := filepath.Base(f)
		it, ok, err := a.Find(v.Collection, name[:len(name)-len(".json")])
		if !ok || err != nil {
			v.t.Errorf("description %s: %v, %v", name, ok, err)
			continue
		}
		if _, intact, err := a.Content(it, 1<<20); !intact || err != nil {
			v.t.Errorf("content of %s: intact %v, %v", name, intact, err)
		}
	}
}

// checkLog wants every acknowledged upload in the access log, and every time that something was given out.
func (v *victim) checkLog() {
	v.t.Helper()
	f, err := os.Open(server.AccessLog(v.dir))
	evidencetest.Must(v.t, err)
	defer func() { evidencetest.Must(v.t, f.Close()) }()
	logged := map[accesslog.Outcome]map[string]int{accesslog.Kept: {}, accesslog.Given: {}}
	evidencetest.Must(v.t, accesslog.Read(f, func(e accesslog.Entry) bool {
		if of := logged[e.Outcome]; of != nil {
			of[e.Evidence]++
		}
		return true
	}))
	for id := range v.kept {
		if logged[accesslog.Kept][id] == 0 || logged[accesslog.Given][id] < v.taken[id] {
			v.t.Errorf("acknowledged evidence %s: kept %d times and given out %d times by the access log, and it was taken %d times",
				id, logged[accesslog.Kept][id], logged[accesslog.Given][id], v.taken[id])
		}
	}
}

func TestKillingTheServerLosesNothingAcknowledged(t *testing.T) {
	kills := 5
	if testing.Short() {
		kills = 2
	}
	v := newVictim(t)
	for n := range kills {
		v.start()
		v.check()
		v.load(7 + 5*n)
	}
	v.start()
	v.check()
	v.kill()
	v.checkFolder()
	v.checkLog()
	taken := 0
	for _, n := range v.taken {
		taken += n
	}
	t.Logf("%d uploads and %d revocations were acknowledged, and %d documents taken, over %d kills", len(v.kept), len(v.revoked), taken, kills)
}
