package command_test

import (
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
)

// A gateway starts while its ledger is down, says so, and is well as soon as the ledger is. Nobody restarts it.
func TestServeOverALedgerThatIsDown(t *testing.T) {
	p := &partner{dir: t.TempDir()}
	for _, name := range []string{"transport", "capability"} {
		ok(t, "keygen", p.file(name+".pem"))
	}
	ok(t, "keygen", "--lookup", p.file("cbp-lookup.pem"))
	p.issuer, p.filer = ok(t, "keygen", p.file("issuer.pem")), ok(t, "keygen", p.file("filer.pem"))
	p.lookups = ok(t, "keygen", "--lookup", p.file("filer-lookup.pem"))
	p.vouch(t)
	p.node.Address = freeAddress(t)
	started(t, &p.gateway, "serve", "--config", p.configure(t))

	find := p.at("find", sample.EntryCAFTADR)
	run(t, find...).want(t, command.ExitUndetermined, "could not be asked", "trade")
	run(t, p.at("get", "entry", model.NewID())...).want(t, command.ExitUndetermined, "trade")
	if status := statusOf(t, p.gateway.Gateway+"/healthz"); status != http.StatusOK {
		t.Errorf("healthz: %d", status)
	}
	if status := statusOf(t, p.gateway.Gateway+"/readyz"); status != http.StatusServiceUnavailable {
		t.Errorf("readyz: %d", status)
	}

	started(t, &p.node, "node", "--home", p.file("node"), "--listen", p.node.Address, "--approved", p.file("transport.pem"))
	await(t, "the gateway finds its ledger", 30*time.Second, func() bool { return run(t, find...).code == command.ExitNotFound })
	state := decode[gateway.LedgerState](t, body(t, p.gateway.Gateway+"/v1/ledgers/trade"))
	if state.URI != p.node.Ledger || state.Health != "ok" {
		t.Errorf("%+v", state)
	}
}

// freeAddress is one that nothing listens on.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// taken is an address that another program has.
func taken(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l.Addr().String()
}

func statusOf(t testing.TB, url string) int {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	return r.StatusCode
}

func body(t testing.TB, url string) string {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	return textOf(t, r)
}

// textOf reads the whole of an answer.
func textOf(t testing.TB, r *http.Response) string {
	t.Helper()
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// An address that another program has is told by every command that listens, and nothing stays half started.
func TestAddressTaken(t *testing.T) {
	dir, address := t.TempDir(), taken(t)
	key := dir + "/key.pem"
	ok(t, "keygen", key)
	for _, line := range [][]string{
		{"serve", "--data", dir + "/serve"}, {"node", "--home", dir + "/node"},
		{"evidence", "--data", dir + "/evidence", "--root", key}, {"demo", "--data", dir + "/demo"},
	} {
		t.Run(line[0], func(t *testing.T) {
			run(t, append(line, "--listen", address)...).want(t, command.ExitUsage, "address already in use")
		})
	}
}

// What the configuration names and is not there, or is something else, keeps the gateway from starting, by its key.
func TestServeRefusesWrongFiles(t *testing.T) {
	dir := t.TempDir()
	ok(t, "keygen", dir+"/signer.pem")
	ok(t, "keygen", "--lookup", dir+"/lookup.pem")
	save(t, dir, "anchors.json", "not JSON")
	for text, want := range map[string]string{
		"keys: {signing: nosuch.pem}":                                    "keys.signing: opening a key file",
		"keys: {signing: lookup.pem}":                                    "keys.signing: loading",
		"keys: {lookup: signer.pem}":                                     "keys.lookup: loading",
		"keys: {capability: lookup.pem}":                                 "keys.capability: loading",
		"keys: {transport: lookup.pem}\nledgers: {a: {url: 'memory:'}}":  "keys.transport: loading",
		"ledgers: {a: {url: 'memory:', anchors: nosuch.json}}":           "ledgers.a.anchors",
		"ledgers: {a: {url: 'memory:', anchors: anchors.json}}":          "is not JSON",
		"ledgers: {a: {url: 'memory:'}}\nlistn: 127.0.0.1:0":             `:2: listn "127.0.0.1:0": no such key, did you mean "listen"?`,
		"data: signer.pem":                                               "not a directory",
		"ledgers: {a: {url: 'webledger+http://', limits: {budget: 1}}}":  "with its unit",
		"ledgers: {a: {url: 'webledger+http://127.0.0.1:1/?testing=no'}": "did not find expected",
	} {
		t.Run(text, func(t *testing.T) {
			run(t, "serve", "--listen", "127.0.0.1:0", "--config", save(t, dir, "gateway.yaml", text)).want(t, command.ExitUsage, want)
		})
	}
}

func listenAt(address string) (net.Listener, error) { return net.Listen("tcp", address) }
