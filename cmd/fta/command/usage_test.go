package command_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/model"
)

// A wrong command line is told by what is wrong with it, and ends with 2; nothing is asked for it.
func TestWrongCommandLines(t *testing.T) {
	dir, id := t.TempDir(), model.NewID()
	pem := filepath.Join(dir, "signer.pem")
	ok(t, "keygen", pem)
	for line, want := range map[string]string{
		"nosuch":                            `unknown command "nosuch"`,
		"find":                              "accepts 1 arg",
		"find ABC20261105 more":             "accepts 1 arg",
		"find --nosuch":                     "unknown flag: --nosuch",
		"find ABC20261105 --gateway x":      `gateway "x": must be an http or https URL`,
		"get":                               "give one of entry, record",
		"get nosuch":                        `no such command "nosuch", give one of entry, record`,
		"get entry":                         "accepts 1 arg",
		"get entry ABC20261105":             "must be urn:uuid:",
		"get entry ../../metrics":           "must be urn:uuid:",
		"get entry " + id + "?include=x":    "must be urn:uuid:",
		"get record " + strings.ToUpper(id): "must be urn:uuid:",
		"verify":                            "give --document, --record or both",
		"verify " + pem:                     "must be a JSON object",
		"verify nosuch.json":                "no such file",
		"verify x.json --record r.json":     "must not be given with",
		"verify x.json --signer z6Mk":       "--signer: did",
		"verify --previous x.json":          "give --document, --record or both",
		"verify --document nosuch.json":     "no such file",
		"verify --document " + pem:          "is not JSON",
		"keygen":                            "accepts 1 arg",
		"keygen " + pem:                     "file exists",
		"keygen nosuch/x.pem":               "no such file",
		"keygen --show nosuch.pem":          "no such file",
		"sign x.json":                       `required flag(s) "type" not set`,
		"sign --type EntrySummary":          "give FILE and --key, or --sample",
		"sign --type Invoice --sample":      "--type Invoice: must be one of EntrySummary",
		"sign x --type EntrySummary --key nosuch.pem --suite mine": "--suite mine: must be",
		"sign nosuch.json --type EntrySummary --key " + pem:        "no such file",
		"sign " + pem + " --type EntrySummary --key nosuch.pem":    "no such file",
		"submit x.json":                `required flag(s) "ledger" not set`,
		"submit x.json --ledger trade": "give --",
		"submit x.json --ledger trade --record r.json --update nosuch": "must be urn:uuid:",
		"submit nosuch.json --ledger trade --record r.json":            "no such file",
		"evidence":                      `required flag(s) "root" not set`,
		"evidence nosuch":               `unknown command "nosuch"`,
		"evidence --root nosuch.pem":    "no such file",
		"evidence --root did:key:z6LSb": "must be an Ed25519 key",
		"evidence --listen 127.0.0.1:0 --base-url ftp://x --root " + pem + " --data " + dir:             "base URL",
		"evidence --listen nowhere --root " + pem:                                                       "missing port",
		"evidence collection --base-url x --issuer y":                                                   `required flag(s) "root" not set`,
		"evidence collection --base-url x --issuer " + pem + " --root " + pem:                           "base URL",
		"evidence collection --base-url http://x --issuer nosuch.pem --root " + pem:                     "no such file",
		"evidence collection --base-url http://x --issuer " + pem + " --until soon --root " + pem:       `--until "soon": must be a date`,
		"evidence collection --base-url http://x --issuer " + pem + " --until 2001-01-01 --root " + pem: "/expires",
		"evidence collection --base-url http://x --issuer " + pem + " --collection mine --root " + pem:  "collection",
		"evidence admit": `required flag(s) "collection", "key", "reader" not set`,
		"evidence admit --collection " + pem + " --key x --reader y":       "is no capability",
		"evidence revoke --capability nosuch.json --key " + pem:            "no such file",
		"node --home " + dir + "/n --listen 127.0.0.1:0 --approved nosuch": "no such file",
		"node --home " + dir + "/n --listen 127.0.0.1:0 --ledger trade":    "node ledger",
		"node --home " + dir + "/n --listen 127.0.0.1:0 --tls-cert " + pem: "TLS certificate",
		"serve --config nosuch.yaml":                                       "no such file",
		"serve --listen 0.0.0.0:8080":                                      "--listen: listen \"0.0.0.0:8080\": must be a loopback address",
		"serve --listen 127.0.0.1:0 --data " + pem:                         "not a directory",
		"serve more": "unknown command",
		"demo --listen everywhere --data " + dir + "/d":  "--listen everywhere: must be host:port",
		"demo --listen 0.0.0.0:0 --data " + dir + "/d":   "must be a loopback address",
		"demo --listen 127.0.0.1:0 --data " + dir:        "holds something that no demonstration made",
		"demo --listen 127.0.0.1:0 --data " + pem + "/d": "--data",
		"conformance":                                        "give the URL of a ledger, or --list",
		"conformance memory: --level all":                    "--level all: must be one of",
		"conformance memory: --case nosuch":                  "--case nosuch: no such case",
		"conformance memory: --form x":                       "--form x: must be one of",
		"conformance memory: --form record --mapping m.yaml": "must not be given with --mapping",
		"conformance memory: --mapping nosuch.yaml":          "--mapping: ",
		"conformance memory: --key-form BR-##":               "key form \"BR-##\": draws 2 characters; must draw at least 6",
		"conformance memory: --form record --key-form #":     "key form \"#\": must not be given where records are drawn",
		"conformance memory: --anchors nosuch.json":          "--anchors nosuch.json: ",
		"conformance memory: --other-anchors " + pem:         "is not JSON",
		"conformance memory: --seed 9007199254740992":        "must be at most 9007199254740991",
		"conformance memory: --date 26.11.2026":              "must be a day as 2026-11-26",
		"conformance memory: --sign " + pem:                  "needs --json",
		"conformance memory: --json --sign nosuch.pem":       "no such file",
		"conformance memory: --another %zz":                  "ledger URL",
		"conformance memory: --key nosuch.pem":               "no such file",
		"conformance carrier-pigeon://x":                     "no driver for URL scheme",
		"conformance %zz":                                    "ledger URL",
		"witness":                                            "give one of export, verify",
		"witness verify":                                     "accepts 1 arg",
		"witness verify x.ndjson":                            `required flag(s) "key" not set`,
		"witness verify nosuch.ndjson --key did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK": "no such file",
		"witness verify x.ndjson --key z6Mk": "--key: did",
	} {
		t.Run(line, func(t *testing.T) {
			r := run(t, strings.Fields(line)...)
			r.want(t, command.ExitUsage, "fta: ")
			if !strings.Contains(r.err, want) || strings.Contains(r.out, "Usage:") {
				t.Errorf("%s%s\nwant %q", r.out, r.err, want)
			}
		})
	}
}

// A gateway that is down is not an error in the command line, nor a verdict.
func TestGatewayDown(t *testing.T) {
	dir := t.TempDir()
	document := save(t, dir, "document.json", "{}")
	for _, line := range []string{
		"find ABC20261105", "get entry " + model.NewID(), "get record " + model.NewID(),
		"get record --ledger trade " + model.NewID(), "verify --document " + document, "witness export",
	} {
		t.Run(line, func(t *testing.T) {
			run(t, append(strings.Fields(line), "--gateway", "http://127.0.0.1:1")...).want(t, command.ExitUndetermined, "the gateway does not answer")
		})
	}
}

// What answers at the address need not be a gateway.
func TestNoGateway(t *testing.T) {
	status := http.StatusNotFound
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	defer other.Close()
	find := []string{"find", "ABC20261105", "--gateway", other.URL}
	run(t, find...).want(t, command.ExitUsage, "no gateway: Not Found")
	status = http.StatusBadGateway
	run(t, find...).want(t, command.ExitFailed, "Bad Gateway")
	status = http.StatusOK
	run(t, find...).want(t, command.ExitFailed, "reading the gateway's answer")
}

// An id that no ledger holds, and a ledger that does not exist, are different mistakes.
func TestNotFound(t *testing.T) {
	w := theWorld(t)
	run(t, w.at("get", "entry", model.NewID())...).want(t, command.ExitNotFound)
	run(t, w.at("get", "record", model.NewID())...).want(t, command.ExitNotFound)
	run(t, w.at("get", "record", "--ledger", "trade", model.NewID())...).want(t, command.ExitNotFound)
	run(t, w.at("get", "record", "--ledger", "nosuch", model.NewID())...).want(t, command.ExitUsage, "No such ledger")
	run(t, w.at("get", "record", "--ledger", "../ledgers", model.NewID())...).want(t, command.ExitUsage)
}

// Every command says what it does, shows an example of itself, and names the exit codes.
func TestHelp(t *testing.T) {
	visit(t, nil, func(t *testing.T, path []string, help string) {
		if !strings.Contains(help, "Exit codes:") {
			t.Error("the exit codes are not named")
		}
		if len(path) > 0 && !strings.Contains(help, "  fta "+strings.Join(path, " ")) {
			t.Errorf("no example:\n%s", help)
		}
	})
}

// visit reads the help of a command and of those below it.
func visit(t *testing.T, path []string, look func(*testing.T, []string, string)) {
	r := run(t, append(path, "--help")...)
	r.want(t, command.ExitOK)
	t.Run("fta "+strings.Join(path, " "), func(t *testing.T) { look(t, path, r.out) })
	_, list, _ := strings.Cut(r.out, "Available Commands:\n")
	for line := range strings.Lines(list) {
		name, _, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			return
		}
		if name != "help" && name != "completion" {
			visit(t, append(path[:len(path):len(path)], name), look)
		}
	}
}

// One process may run many command lines, at once.
func TestRunMoreThanOnceAndAtOnce(t *testing.T) {
	done := make(chan int)
	for range 4 {
		go func() {
			done <- command.Run(context.Background(), []string{"conformance", "--list"}, command.Streams{
				In: strings.NewReader(""), Out: &log{}, Err: &log{},
			})
		}()
	}
	for range 4 {
		if code := <-done; code != command.ExitOK {
			t.Errorf("exit code %d", code)
		}
	}
}
