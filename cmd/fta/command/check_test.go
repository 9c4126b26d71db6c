package command_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// What a configuration would serve is said without a store being opened, a key being made or a ledger asked; addresses,
// in which credentials may stand, are not said.
func TestServeCheck(t *testing.T) {
	dir := t.TempDir()
	chain := askedNothing(t)
	mapping, err := filepath.Abs("../../../examples/ethereum/entry-log/mapping.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file := save(t, dir, "gateway.yaml", `ledgers:
  trade: {url: 'ethereum+http://user:secret@`+chain+`?contract=0x52908400098527886e0f7030069857d2e4169ee7', mapping: `+mapping+`, policy: permissioned}
  node: {url: 'webledger+http://`+chain+`'}
  vendor: {url: 'ledger+http://`+chain+`'}
  cbp: {url: 'memory:', customs: true}
`)
	r := run(t, "serve", "--config", file, "--check")
	r.want(t, command.ExitOK, "the configuration holds: listens on 127.0.0.1:8080", "ledger cbp: memory, public, builtin:record", "ledger node: webledger+http, ", "ledger trade: ethereum+http, ")
	if strings.Contains(r.out, "secret") {
		t.Error(r.out)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("%v, %v: want nothing made", files, err)
	}
}

// askedNothing is an address at which nobody may call until the test ends.
func askedNothing(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	called := make(chan bool)
	go func() {
		c, err := l.Accept()
		if err == nil {
			c.Close()
		}
		called <- err == nil
	}()
	t.Cleanup(func() {
		l.Close()
		if <-called {
			t.Error("a ledger was asked")
		}
	})
	return l.Addr().String()
}

// All that is wrong with the files that a configuration names is told at once.
func TestServeCheckFindsWrongFiles(t *testing.T) {
	dir := t.TempDir()
	ok(t, "keygen", dir+"/signer.pem")
	save(t, dir, "short.secret", "short")
	save(t, dir, "map.yaml", "no: mapping")
	file := save(t, dir, "gateway.yaml", `
participants: {folder: nosuch}
keys: {signing: nosuch.pem, capability: nosuch.pem, transport: nosuch.pem, lookup: signer.pem}
ledgers:
  a: {url: 'memory:', mapping: map.yaml, keySecret: short.secret, anchors: nosuch.json}
`)
	run(t, "serve", "--config", file, "--check").want(t, command.ExitUsage, "participants.folder: ", "keys.signing: ", "keys.capability: ",
		"keys.transport: ", "keys.lookup: ", "ledgers.a.mapping: ", "ledgers.a.keySecret: ", "ledgers.a.anchors: ", "gateway.yaml:2: participants.folder: open ")
}

// What only a driver knows of its URL is told by the line of the URL, by --check and at the start alike, and with all else
// that is wrong.
func TestServeCheckHasDriversReadTheirURLs(t *testing.T) {
	dir := t.TempDir()
	file := save(t, dir, "gateway.yaml", `listen: 127.0.0.1:0
keys: {transport: nosuch.pem}
ledgers:
  ethereum:
    url: ethereum+https://rpc.example?contrac=0x52908400098527886e0f7030069857d2e4169ee7
  fabric:
    url: fabric:nosuch.json?channel=trade&wallet=wallet&user=customs
  memory:
    url: memory://x?pages=1
  vendor:
    url: ledger+https://vendor.example?ury=urn:x
  webledger:
    url: webledger+https://node.example?test=1
`)
	want := []string{"gateway.yaml:2: keys.transport: ", `gateway.yaml:5: ledgers.ethereum.url: Ethereum URL: parameter "contrac" must be one of contract,`,
		"gateway.yaml:7: ledgers.fabric.url: ", "nosuch.json", "gateway.yaml:9: ledgers.memory.url: memory: parameter pages: not one of testing,",
		`gateway.yaml:11: ledgers.vendor.url: remote ledger URL: parameter "ury" is not one of uri,`,
		`gateway.yaml:13: ledgers.webledger.url: Web Ledger URL: option "test" is not known, only ledger`}
	run(t, "serve", "--config", file, "--check").want(t, command.ExitUsage, want...)
	run(t, "serve", "--config", file).want(t, command.ExitUsage, want...)
}

// Only 200 is ready; everything else ends with the code that says: try again.
func TestReady(t *testing.T) {
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	defer server.Close()
	run(t, "ready", server.URL+"/readyz").want(t, command.ExitOK, "ready")
	for _, status = range []int{http.StatusServiceUnavailable, http.StatusNotFound, http.StatusNoContent} {
		run(t, "ready", server.URL+"/readyz").want(t, command.ExitUndetermined, "not ready: ")
	}
	run(t, "ready", "http://"+freeAddress(t)).want(t, command.ExitUndetermined, "refused")
	run(t, "ready", "readyz").want(t, command.ExitUsage, "must be an http or https URL")
}
