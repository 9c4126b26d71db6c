package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/trust"
)

// filed is a file that the demonstration kept of what it filed.
func (w *world) filed(t *testing.T, name, kind string) (path, text string) {
	t.Helper()
	path = filepath.Join(w.Data, "filed", name+"."+kind+".json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, string(data)
}

// Whoever has a document, its record and the versions before checks them all without any ledger.
func TestVerify(t *testing.T) {
	w := theWorld(t)
	document, _ := w.filed(t, "usmca-entry-corrected", "document")
	record, _ := w.filed(t, "usmca-entry-corrected", "record")
	before, _ := w.filed(t, "usmca-entry", "record")
	r := run(t, w.at("verify", "--document", document, "--record", record, "--previous", before)...)
	r.want(t, command.ExitOK, "document   valid", "record     valid", "versions   valid")

	r = run(t, w.at("verify", "--json", "--document", document, "--record", record)...)
	r.want(t, command.ExitOK)
	if v := decode[gateway.Verified](t, r.out); v.Document == nil || v.Record == nil || v.Record.Outcome != trust.Valid || len(v.Faults) > 0 {
		t.Errorf("%+v", v)
	}
}

// What was altered, what does not belong together, and what a stranger signed is told from what is right.
func TestVerifyWhatIsWrong(t *testing.T) {
	w, dir := theWorld(t), t.TempDir()
	document, text := w.filed(t, "usmca-entry", "document")
	record, _ := w.filed(t, "usmca-entry", "record")
	other, _ := w.filed(t, "usmca-entry-second", "record")
	altered := save(t, dir, "altered.json", strings.Replace(text, `"67200"`, `"672"`, 1))
	stranger := filepath.Join(dir, "stranger.pem")
	ok(t, "keygen", stranger)
	strangers := runWith(t, ok(t, "sign", "--sample", "--type", "EntrySummary"), "sign", "--key", stranger, "--type", "EntrySummary", "-").out
	for _, c := range []struct {
		name  string
		files []string
		code  int
		want  string
	}{
		{"altered", []string{"--document", altered}, command.ExitInvalid, "proof      invalid"},
		{"another's record", []string{"--document", document, "--record", other}, command.ExitInvalid, "/record/digest"},
		{"a version that does not follow", []string{"--record", record, "--previous", other}, command.ExitInvalid, "versions   invalid"},
		{"an empty object", []string{"--record", save(t, dir, "empty.json", "{}")}, command.ExitInvalid, "/record/issuer: must be present"},
		{"a stranger's", []string{"--document", save(t, dir, "strange.json", strangers)}, command.ExitUndetermined, "fta: the verdict is undetermined"},
	} {
		t.Run(c.name, func(t *testing.T) {
			run(t, w.at(append([]string{"verify"}, c.files...)...)...).want(t, c.code, c.want)
		})
	}
}
