package command_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// What a configuration would serve is said without a store being opened, a key being made or a ledger asked; addresses,
// in which credentials may stand, are not said.
func TestServeCheck(t *testing.T) {
	dir := t.TempDir()
	file := save(t, dir, "gateway.yaml", "ledgers:\n  trade: {url: 'webledger+http://user:secret@127.0.0.1:1'}\n  cbp: {url: 'memory:', customs: true}\n")
	r := run(t, "serve", "--config", file, "--check")
	r.want(t, command.ExitOK, "the configuration holds: listens on 127.0.0.1:8080", "ledger cbp: memory, public, builtin:record", "ledger trade: webledger+http, ")
	if strings.Contains(r.out, "secret") {
		t.Error(r.out)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("%v, %v: want nothing made", files, err)
	}
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
		"keys.transport: ", "keys.lookup: ", "ledgers.a.mapping: ", "ledgers.a.keySecret: ", "ledgers.a.anchors ")
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
