package command_test

import (
	"bytes"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// settingsOf are those of a gateway that reads one ledger at a URL, and knows the people of the demonstration.
func (w *world) settingsOf(t *testing.T, listen, url string) (file string) {
	t.Helper()
	demo, err := config.Load(filepath.Join(w.Data, "gateway.yaml"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return save(t, t.TempDir(), "gateway.yaml", fmt.Sprintf("listen: %s\nparticipants: {folder: %s, issuers: ['%s']}\nledgers: {trade: {url: '%s', cache: {maxAge: 0s}}}\n",
		listen, demo.Participants.Folder, demo.Participants.Issuers[0], url))
}

// Two gateways in a row, each a process of its own: the second one judges what it reads through the first, says so while
// the first is away, and goes on when it is back.
func TestTwoGatewaysInARow(t *testing.T) {
	w := theWorld(t)
	id := w.entry(t, "usmca-entry").ID
	var first, second struct{ Gateway string }
	settings := w.settingsOf(t, "127.0.0.1:0", "webledger+http://"+w.Addresses["trade"])
	p := spawn(t, "serve", "--config", settings)
	p.ready(t, &first)
	spawn(t, "serve", "--config", w.settingsOf(t, "127.0.0.1:0", "ledger+"+first.Gateway+"/v1/ledgers/trade/native/")).ready(t, &second)

	at := second.Gateway + "/v1/ledgers/trade"
	state, direct := decode[gateway.LedgerState](t, body(t, at)), decode[gateway.LedgerState](t, body(t, w.Gateway+"/v1/ledgers/trade"))
	if state.URI != direct.URI || len(state.Via) != 1 || !strings.HasPrefix(state.Via[0], "did:key:z6Mk") || len(direct.Via) != 0 {
		t.Errorf("%s via %v, and %s via %v", state.URI, state.Via, direct.URI, direct.Via)
	}
	if a := decode[gateway.Answer](t, body(t, at+"/records/"+id)); a.Verdict.Outcome != trust.Valid || a.URI != direct.URI {
		t.Errorf("%s of %s: %+v", a.Verdict.Outcome, a.URI, a.Verdict.Checks)
	}
	p.kill()
	if status := statusOf(t, at+"/records/"+id); status != http.StatusServiceUnavailable {
		t.Errorf("status %d while the first is away", status)
	}
	p = spawn(t, "serve", "--config", settings, "--listen", strings.TrimPrefix(first.Gateway, "http://"))
	p.ready(t, &first)
	if a := decode[gateway.Answer](t, body(t, at+"/records/"+id)); a.Verdict.Outcome != trust.Valid {
		t.Errorf("%s after the first came back: %+v", a.Verdict.Outcome, a.Verdict.Checks)
	}
}

// SIGTERM answers who waits for changes with what there is, and the gateway ends in order.
func TestServeEndsTheWaits(t *testing.T) {
	file := save(t, t.TempDir(), "gateway.yaml", "listen: 127.0.0.1:0\nledgers: {trade: {url: 'memory:'}}\n")
	var g struct{ Gateway string }
	p := spawn(t, "serve", "--config", file)
	p.ready(t, &g)
	type answered struct {
		status int
		batch  protocol.Batch
		err    error
	}
	got := make(chan answered, 1)
	go func() {
		resp, err := http.Post(g.Gateway+"/v1/ledgers/trade/native/changes", protocol.MediaType, strings.NewReader(`{"waitMillis":3600000}`))
		if err != nil {
			got <- answered{err: err}
			return
		}
		defer resp.Body.Close()
		var text bytes.Buffer
		_, err = text.ReadFrom(resp.Body)
		a := answered{status: resp.StatusCode, err: err}
		if err == nil {
			a.err = protocol.ReadAnswer(text.Bytes(), &a.batch)
		}
		got <- a
	}()
	await(t, "somebody waits", 10*time.Second, func() bool {
		return strings.Contains(body(t, g.Gateway+"/metrics"), `fta_ledger_calls_in_flight{ledger="trade"} 1`)
	})
	p.signal(t, syscall.SIGTERM)
	if a := <-got; a.err != nil || a.status != http.StatusOK || a.batch.Next == "" {
		t.Errorf("%+v", a)
	}
	if code := p.ends(t, 20*time.Second); code != command.ExitOK {
		t.Errorf("exit code %d\n%s", code, p.log)
	}
}
