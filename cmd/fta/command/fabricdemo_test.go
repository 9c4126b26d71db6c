package command_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/cmd/fta/demo"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

// TestFabricInTheDemonstration: an entry stands on Fabric, what it claims under on another chain, what CBP decided on a
// third, and the entry file joins them. The network ends with the demonstration, and a second run goes on with it.
func TestFabricInTheDemonstration(t *testing.T) {
	if os.Getenv("FTA_FABRIC") == "" {
		t.Skip("starts a Fabric network, which takes minutes to build: make fabric does")
	}
	data := filepath.Join(t.TempDir(), "demo")
	line := []string{"demo", "--fabric", "--listen", "127.0.0.1:0", "--data", data}
	var w world
	w.service = started(t, &w.Tour, line...)
	e := w.entry(t, "fabric-entry")
	if id := ok(t, w.at("find", e.Number)...); id != e.ID {
		t.Fatalf("found %s, filed as %s", id, e.ID)
	}
	file := w.open(t, e.Name)
	if file.Outcome != trust.Valid || file.Status != "accepted" || file.Summary.Ledger != "fabric" {
		t.Errorf("%s, %s, on %s: %v", file.Outcome, file.Status, file.Summary.Ledger, file.Reasons)
	}
	for _, c := range file.Summary.Verdict.Checks {
		if c.Name == trust.Inclusion && c.Outcome != trust.Valid {
			t.Errorf("the entry is proven by its block: %+v", c)
		}
	}
	on := map[string]string{}
	for _, linked := range file.Linked {
		on[linked.Type] = linked.Ledger
	}
	if on[model.TypeCertificateOfOrigin] != "exporter" || on[model.TypeEntryDisposition] != "cbp" {
		t.Errorf("linked are %v", on)
	}
	w.stop(t)
	hasEnded(t, data)
	again := decode[demo.Tour](t, ok(t, append(line, "--once", "--json")...))
	if len(again.Entries) != len(w.Entries) || again.Records["fabric-entry"] != e.ID {
		t.Errorf("%+v\nand then\n%+v", w.Entries, again.Entries)
	}
	hasEnded(t, data)
	run(t, "demo", "--fabric", "--listen", "0.0.0.0:0", "--data", data).want(t, command.ExitUsage, "--listen")
}

// hasEnded expects that no process of the network is left.
func hasEnded(t *testing.T, data string) {
	t.Helper()
	if left := names(t, filepath.Join(data, "fabric", "pids")); left != "" {
		t.Errorf("still there: %s", left)
	}
}

// TestFabricNeedsAClone: the program alone cannot build a network, and says what is missing.
func TestFabricNeedsAClone(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	run(t, "demo", "--fabric", "--once", "--listen", "127.0.0.1:0", "--data", filepath.Join(dir, "demo")).
		want(t, command.ExitUsage, "--fabric: a Fabric network is built from source by deploy/fabric of a clone")
	if left := names(t, dir); left != "" {
		t.Errorf("%s was made", left)
	}
}
