package command_test

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// SIGHUP takes another configuration over. One that is wrong is told by file, line and nearest key, and nothing changes.
func TestServeReloads(t *testing.T) {
	dir := t.TempDir()
	settings := "listen: 127.0.0.1:0\nlog: info\nledgers:\n  trade: {url: 'memory:'}\n"
	file := save(t, dir, "gateway.yaml", settings)
	var g struct{ Gateway string }
	p := spawn(t, "serve", "--config", file)
	p.ready(t, &g)
	uri := body(t, g.Gateway+"/v1/ledgers/trade")

	save(t, dir, "gateway.yaml", settings+"  cbp: {url: 'memory:', custom: true}\n")
	p.signal(t, syscall.SIGHUP)
	p.reaches(t, "the log tells what is wrong", func() bool {
		return strings.Contains(p.log.String(), "gateway.yaml:5: ledgers.cbp.custom") && strings.Contains(p.log.String(), `did you mean \"ledgers.cbp.customs\"?`)
	})
	if all := body(t, g.Gateway+"/v1/ledgers"); strings.Contains(all, `"cbp"`) {
		t.Error(all)
	}

	save(t, dir, "gateway.yaml", strings.Replace(settings, "info", "debug", 1)+"  cbp: {url: 'memory:', customs: true}\n")
	p.signal(t, syscall.SIGHUP)
	await(t, "the ledger is there", 20*time.Second, func() bool { return strings.Contains(body(t, g.Gateway+"/v1/ledgers"), `"cbp"`) })
	if after := body(t, g.Gateway+"/v1/ledgers/trade"); ledgerURI(after) != ledgerURI(uri) || ledgerURI(after) == "" {
		t.Errorf("a ledger that stays was opened anew:\n%s\n%s", uri, after)
	}
	p.signal(t, syscall.SIGTERM)
	if code := p.ends(t, 20*time.Second); code != 0 {
		t.Errorf("exit code %d\n%s", code, p.log)
	}
}

func ledgerURI(state string) string {
	_, rest, _ := strings.Cut(state, `"ledgerUri":"`)
	uri, _, _ := strings.Cut(rest, `"`)
	return uri
}
