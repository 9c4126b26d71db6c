package command_test

import (
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/gateway"
)

// A demonstration that is killed while it files goes on where it was: at whatever moment, nothing is filed twice and
// nothing is missing.
func TestDemoKilledWhileItFiles(t *testing.T) {
	long(t, "kills a demonstration again and again")
	data := filepath.Join(t.TempDir(), "demo")
	line := []string{"demo", "--listen", "127.0.0.1:0", "--data", data}
	for _, files := range []int{0, 1, 4, 9, 10, 15, 20, 27, 29, 30, 31} {
		p := spawn(t, line...)
		p.reaches(t, "the demonstration files", func() bool { return signed(data) >= files })
		p.kill()
	}
	var w world
	w.service = started(t, &w.Tour, line...)
	if trade, cbp := w.count(t, "trade"), w.count(t, "cbp"); trade != 9 || cbp != 6 || w.count(t, "exporter") != 1 {
		t.Errorf("%d records on trade and %d on cbp, want 9 and 6, and one of the exporter's", trade, cbp)
	}
	for _, e := range w.Entries {
		if found := decode[gateway.Found](t, ok(t, w.at("find", "--json", e.Number)...)); len(found.Entries) != 1 || found.Entries[0] != e.ID {
			t.Errorf("%s: found %v, filed as %s", e.Name, found.Entries, e.ID)
		}
	}
	run(t, w.at("get", "entry", w.entry(t, "usmca-entry").ID)...).want(t, command.ExitOK, "EntrySummary correct")
	run(t, w.at("get", "entry", w.entry(t, "nafta-entry").ID)...).want(t, command.ExitInvalid)
	run(t, w.at("get", "entry", w.entry(t, "ethereum-entry").ID)...).want(t, command.ExitOK, "on exporter at height")
	run(t, w.at("get", "record", "--ledger", "dishonest", w.entry(t, "usmca-entry-second").ID)...).want(t, command.ExitInvalid)
}

// signed is how many files there are of what a demonstration has signed.
func signed(data string) int {
	files, _ := filepath.Glob(filepath.Join(data, "filed", "*.json"))
	return len(files)
}

// count is how many records a ledger holds.
func (w *world) count(t *testing.T, ledger string) int {
	t.Helper()
	page := decode[gateway.Page](t, body(t, w.Gateway+"/v1/records?limit=100&ledger="+ledger))
	if page.Next != "" {
		t.Errorf("ledger %s has more than a page", ledger)
	}
	ids := map[string]bool{}
	for _, a := range page.Records {
		ids[a.ID] = true
	}
	return len(ids)
}

// What a gateway has acknowledged, and what it has seen, survive that it is killed.
func TestNothingAcknowledgedIsLost(t *testing.T) {
	long(t, "kills a demonstration and starts it again")
	data := filepath.Join(t.TempDir(), "demo")
	line := []string{"demo", "--listen", "127.0.0.1:0", "--data", data}
	var w world
	p := spawn(t, line...)
	p.ready(t, &w.Tour)
	receipt := w.resubmit(t)
	before, key := w.export(t)
	p.kill()

	p = spawn(t, line...)
	p.ready(t, &w.Tour)
	again := decode[gateway.SubmissionReceipt](t, body(t, w.Gateway+"/v1/submissions/"+receipt.ID))
	if again.State != receipt.State || again.Digest != receipt.Digest || !again.Received.Time().Equal(receipt.Received.Time()) {
		t.Errorf("%+v\nbefore\n%+v", again, receipt)
	}
	after, sameKey := w.export(t)
	if key != sameKey || len(after) < len(before) || !slices.Equal(before[:len(before)-1], after[:len(before)-1]) {
		t.Errorf("the witness log has %d lines by %s, and had %d by %s", len(after), sameKey, len(before), key)
	}
	run(t, w.at("get", "record", "--ledger", "dishonest", w.entry(t, "usmca-entry").ID)...).want(t, command.ExitInvalid, "version 2 was seen")
	p.signal(t, syscall.SIGTERM)
	if code := p.ends(t, 30*time.Second); code != command.ExitOK {
		t.Errorf("exit code %d\n%s", code, p.log)
	}
}

// resubmit asks for the receipt of what the demonstration filed, by submitting it again.
func (w *world) resubmit(t *testing.T) gateway.SubmissionReceipt {
	t.Helper()
	document, _ := w.filed(t, "usmca-certificate", "document")
	record, _ := w.filed(t, "usmca-certificate", "record")
	return decode[gateway.SubmissionReceipt](t, ok(t, w.at("submit", "--json", document, "--record", record, "--ledger", "trade")...))
}
