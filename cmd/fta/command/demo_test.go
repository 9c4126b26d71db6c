package command_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/cmd/fta/demo"
)

// The tour shows, for a person, a command for each thing to see.
func TestTourForAPerson(t *testing.T) {
	long(t, "starts a demonstration")
	r := run(t, "demo", "--once", "--data", filepath.Join(t.TempDir(), "demo"), "--listen", "127.0.0.1:0")
	r.want(t, command.ExitOK, "  starting the Web Ledger nodes\n", "FTA Gateway runs at http://127.0.0.1:", "ABC20261105  USMCA",
		"fta find --gateway", "fta get entry", "fta get record", "--ledger dishonest urn:uuid:", "fta witness export", "Ctrl-C ends it.")
}

// A second run goes on with the same data: the ids stay, and nothing is filed twice. --fresh begins anew.
func TestDemoKeepsItsData(t *testing.T) {
	long(t, "starts three demonstrations")
	data := filepath.Join(t.TempDir(), "demo")
	once := []string{"demo", "--once", "--json", "--listen", "127.0.0.1:0", "--data", data}
	first, second := decode[demo.Tour](t, ok(t, once...)), decode[demo.Tour](t, ok(t, once...))
	if !slices.Equal(first.Entries, second.Entries) || len(first.Entries) != 6 || first.Records["usmca-certificate"] != second.Records["usmca-certificate"] {
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
