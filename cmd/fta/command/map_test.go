package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/translate"
)

const status = `mapping: acme-status
version: 1
type: EntrySummary
unmapped: ignore
shape:
  - {model: /event, native: /status, table: {file: FILED, accept: OK}, required: true}
  - {model: /issued, native: /changed, format: {epoch: seconds}}
lacks: [/subject]
examples:
  - {name: accepted, native: {status: OK, changed: 1795132800}, model: {event: accept}}
`

// A mapping that keeps its laws says so, each example with its line; several are tested at once.
func TestMapTest(t *testing.T) {
	file := save(t, t.TempDir(), "acme.yaml", status)
	run(t, "map", "test", file, "published:usmca").want(t, command.ExitInvalid, // issued is not stated
		file+":10: example \"accepted\"", "/issued", "must be what the example states", "traceability-usmca", "1 of 2 mappings")
	whole := save(t, t.TempDir(), "acme.yaml", strings.Replace(status, "{event: accept}", `{event: accept, issued: "2026-11-20T00:00:00Z"}`, 1))
	run(t, "map", "test", whole).want(t, command.ExitOK, "gives EntrySummary", "ok      "+whole+":10")
	reports := decode[[]translate.Report](t, ok(t, "map", "test", "--json", whole))
	if len(reports) != 1 || !reports[0].OK() || reports[0].File != whole {
		t.Errorf("%+v", reports)
	}
}

// What an example becomes is shown also where it is not what is stated, and can be pinned as it is printed.
func TestMapTestShows(t *testing.T) {
	file := save(t, t.TempDir(), "acme.yaml", status)
	run(t, "map", "test", "--show", file).want(t, command.ExitInvalid, "must be what the example states", "{\n            \"event\": \"accept\",\n            \"issued\": \"2026-")
	shown := ok(t, "map", "test", "--show", save(t, t.TempDir(), "acme.yaml", strings.Replace(status, ", model: {event: accept}", "", 1)))
	_, becomes, _ := strings.Cut(shown, "accepted\"\n")
	pinned := strings.Replace(status, "{event: accept}", strings.TrimSpace(becomes), 1)
	ok(t, "map", "test", save(t, t.TempDir(), "acme.yaml", pinned))
	run(t, "map", "test", save(t, t.TempDir(), "acme.yaml", strings.Replace(pinned, "2026-11-20", "2026-11-21", 1))).want(t, command.ExitInvalid, "/issued")
	if strings.Contains(ok(t, "map", "test", "--json", "published:usmca"), `"model"`) || !strings.Contains(ok(t, "map", "test", "--json", "--show", "published:usmca"), `"model"`) {
		t.Error("the model is shown where nobody asked, or not where somebody did")
	}
}

// Every failure names what a vendor needs to mend it.
func TestMapTestExplains(t *testing.T) {
	for name, c := range map[string]struct {
		from, to string
		code     int
		want     []string
	}{
		"a code without a row": {"accept: OK}", "accept: GOOD}", command.ExitInvalid,
			[]string{":6: model /event, native /status: must be a code that has a row", `"OK"`}},
		"a required value that is missing": {"{status: OK, changed", "{state: OK, changed", command.ExitInvalid,
			[]string{":6: model /event, native /status"}},
		"an unknown key":           {"epoch:", "epoc:", command.ExitUsage, []string{":7: shape/1/format", `did you mean "epoch"?`}},
		"a path that cannot exist": {"/issued,", "/isued,", command.ExitUsage, []string{":7: ", `did you mean "issued"?`}},
		"a table with two ways back": {"accept: OK}", "accept: FILED}", command.ExitUsage,
			[]string{":6: ", "FILED"}},
	} {
		t.Run(name, func(t *testing.T) {
			file := save(t, t.TempDir(), "acme.yaml", strings.Replace(status, c.from, c.to, 1))
			run(t, "map", "test", file).want(t, c.code, append(c.want, file)...)
		})
	}
	twice := strings.NewReplacer("/issued,", "/isued,", "/event,", "/evnt,").Replace(status)
	run(t, "map", "test", save(t, t.TempDir(), "acme.yaml", twice)).want(t, command.ExitUsage, "acme.yaml:6: ", "acme.yaml:7: ")
	run(t, "map", "test", "none.yaml").want(t, command.ExitUsage, "none.yaml")
	run(t, "map", "test", "published:usmc").want(t, command.ExitUsage, `did you mean "usmca"?`)
	run(t, "map", "test", "--policy", "secret", "published:usmca").want(t, command.ExitUsage, "--policy secret")
}

// What may not be written to a ledger is told before there is any data.
func TestMapTestHoldsToAPolicy(t *testing.T) {
	run(t, "map", "test", "--policy", "public", "published:usmca").want(t, command.ExitUsage, "published:usmca:35", "policy (public) forbids")
	file := save(t, t.TempDir(), "acme.yaml", `mapping: acme
version: 1
type: CertificateOfOrigin
unmapped: ignore
shape:
  - {model: /event, native: /state}
  - {model: /subject/remarks, native: /memo}
lacks: [/subject]
examples:
  - native: {state: certify}
`)
	run(t, "map", "test", "--policy", "permissioned", file).want(t, command.ExitUsage, file+":7: ", "/subject/remarks")
	run(t, "map", "test", "--policy", "permissioned", "--allow", "/subject/remarks", file).want(t, command.ExitOK)
}

// A mapping is begun beside its samples, written over by nobody, and told by test what it still lacks.
func TestMapInit(t *testing.T) {
	folder := t.TempDir()
	sample := save(t, folder, "sample.json", `{"state": "ISSUED", "goods": [{"text": "pads"}], "remarks": "none"}`)
	file := filepath.Join(folder, "acme.yaml")
	run(t, "map", "init", "--type", "CertificateOfOrigin", "-o", file, sample).want(t, command.ExitOK, "fta map test "+file)
	begun, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(begun), "perhaps model: /subject/remarks") || !strings.Contains(string(begun), "native /text") {
		t.Errorf("%v, %s", err, begun)
	}
	run(t, "map", "init", "--type", "CertificateOfOrigin", "-o", file, sample).want(t, command.ExitUsage, "--force")
	run(t, "map", "init", "--type", "CertificateOfOrigin", "--force", "-o", file, sample).want(t, command.ExitOK)
	run(t, "map", "test", file).want(t, command.ExitInvalid, "sample.json", "no pair has a model path", "/subject/agreement")

	run(t, "map", "init", "--type", "Certificate", sample).want(t, command.ExitUsage, "must lie in the mapping's folder")
	run(t, "map", "init", "--type", "CertificateOfOrigins", "-o", filepath.Join(folder, "x.yaml"), sample).
		want(t, command.ExitUsage, `did you mean "CertificateOfOrigin"?`)
	run(t, "map", "init", sample).want(t, command.ExitUsage, "type")
}

// What is dropped is told from what is declared and from what is kept.
func TestMapDiff(t *testing.T) {
	run(t, "map", "diff", "published:usmca").want(t, command.ExitOK,
		"lacks    model /subject/remarks", "dropped  model /links/*/id", "beside   native /credentialStatus (line ")
	run(t, "map", "diff", "builtin:record").want(t, command.ExitOK, "nothing is dropped")
	d := decode[translate.Difference](t, ok(t, "map", "diff", "--json", "published:usmca"))
	if len(d.Dropped) == 0 || len(d.Beside) == 0 {
		t.Errorf("%+v", d)
	}
	run(t, "map", "diff", "none.yaml").want(t, command.ExitUsage, "none.yaml")
}
