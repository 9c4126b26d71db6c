package command_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/cmd/fta/demo"
	"github.com/ftagateway/ftagateway/gateway"
)

// The tour shows, for a person, a command for each thing to see.
func TestTourForAPerson(t *testing.T) {
	long(t, "starts a demonstration")
	r := run(t, "demo", "--once", "--data", filepath.Join(t.TempDir(), "demo"), "--listen", "127.0.0.1:0")
	r.want(t, command.ExitOK, "FTA Gateway runs at http://127.0.0.1:", "ABC20261105  USMCA", "fta find --gateway", "fta get entry",
		"fta get record", "--ledger dishonest urn:uuid:", "fta witness export", "Ctrl-C ends it.", "  starting the Web Ledger nodes\n")
}

// A second run goes on with the same data: the ids stay, and nothing is filed twice. --fresh begins anew.
func TestDemoKeepsItsData(t *testing.T) {
	long(t, "starts three demonstrations")
	data := filepath.Join(t.TempDir(), "demo")
	once := []string{"demo", "--once", "--json", "--listen", "127.0.0.1:0", "--data", data}
	first, second := decode[demo.Tour](t, ok(t, once...)), decode[demo.Tour](t, ok(t, once...))
	if !slices.Equal(first.Entries, second.Entries) || len(first.Entries) != 5 || first.Records["usmca-certificate"] != second.Records["usmca-certificate"] {
		t.Errorf("%+v\nand then\n%+v", first, second)
	}
	third := decode[demo.Tour](t, ok(t, append(once, "--fresh")...))
	if third.Entries[0].ID == first.Entries[0].ID || third.Entries[0].Number != first.Entries[0].Number {
		t.Errorf("--fresh: %+v", third.Entries[0])
	}
}

// Where another program took a port meanwhile, what was there moves, and its documents are still to be had.
func TestDemoMovesFromTakenPorts(t *testing.T) {
	long(t, "starts two demonstrations")
	data := filepath.Join(t.TempDir(), "demo")
	first := decode[demo.Tour](t, ok(t, "demo", "--once", "--json", "--listen", "127.0.0.1:0", "--data", data))
	for _, name := range []string{"trade", "evidence-producer"} {
		occupy(t, first.Addresses[name])
	}
	var w world
	w.service = started(t, &w.Tour, "demo", "--listen", "127.0.0.1:0", "--data", data)
	for _, name := range []string{"trade", "evidence-producer"} {
		if w.Addresses[name] == first.Addresses[name] {
			t.Errorf("%s is still at %s", name, w.Addresses[name])
		}
	}
	run(t, w.at("get", "entry", w.entry(t, "usmca-entry").ID)...).want(t, command.ExitOK, "outcome  valid")
}

func occupy(t testing.TB, address string) {
	t.Helper()
	l, err := listenAt(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
}

// A folder that no demonstration made is left alone, whatever is asked for; so is one on which another runs.
func TestDemoTakesNoOthersFolder(t *testing.T) {
	w, dir := theWorld(t), t.TempDir()
	mine := save(t, dir, "accounts.txt", "mine")
	fresh := []string{"demo", "--fresh", "--listen", "127.0.0.1:0", "--data"}
	run(t, append(fresh, dir)...).want(t, command.ExitUsage, "--data "+dir+": holds something that no demonstration made")
	run(t, append(fresh, mine)...).want(t, command.ExitUsage, "--data "+mine)
	if names(t, dir) != "accounts.txt" {
		t.Errorf("the folder now holds %s", names(t, dir))
	}
	p := spawn(t, append(fresh, w.Data)...)
	if code := p.ends(t, time.Minute); code != command.ExitUsage || !strings.Contains(p.log.String(), "another demonstration runs on this folder") {
		t.Errorf("exit code %d: %s", code, p.log)
	}
	run(t, w.at("get", "entry", w.entry(t, "cafta-dr-entry").ID)...).want(t, command.ExitOK)
}

func names(t testing.TB, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

// A demonstration that is killed while it files goes on where it was: at whatever moment, nothing is filed twice and
// nothing is missing.
func TestDemoKilledWhileItFiles(t *testing.T) {
	long(t, "kills a demonstration again and again")
	data := filepath.Join(t.TempDir(), "demo")
	line := []string{"demo", "--listen", "127.0.0.1:0", "--data", data}
	for _, files := range []int{0, 1, 4, 9, 10, 15, 20, 27} {
		p := spawn(t, line...)
		p.reaches(t, "the demonstration files", func() bool { return signed(data) >= files })
		p.kill()
	}
	var w world
	w.service = started(t, &w.Tour, line...)
	if trade, cbp := w.count(t, "trade"), w.count(t, "cbp"); trade != 8 || cbp != 5 {
		t.Errorf("%d records on trade and %d on cbp, want 8 and 5", trade, cbp)
	}
	for _, e := range w.Entries {
		if found := decode[gateway.Found](t, ok(t, w.at("find", "--json", e.Number)...)); len(found.Entries) != 1 || found.Entries[0] != e.ID {
			t.Errorf("%s: found %v, filed as %s", e.Name, found.Entries, e.ID)
		}
	}
	run(t, w.at("get", "entry", w.entry(t, "usmca-entry").ID)...).want(t, command.ExitOK, "EntrySummary correct")
	run(t, w.at("get", "entry", w.entry(t, "nafta-entry").ID)...).want(t, command.ExitInvalid)
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

// A fresh demonstration is ready within the time that the plan gives it.
func TestDemoIsReadySoon(t *testing.T) {
	long(t, "starts a demonstration")
	begun := time.Now()
	ok(t, "demo", "--once", "--json", "--listen", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "demo"))
	took := time.Since(begun)
	t.Logf("started, filed and ended in %v", took.Round(time.Millisecond))
	if took > 15*time.Second {
		t.Errorf("took %v, and may take 15s", took)
	}
}
