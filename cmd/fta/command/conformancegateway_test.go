package command_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/gatewaysuite"
)

// This program's own gateway is judged in this process, and its report is signed and checked like any other.
func TestConformanceOfOurGateway(t *testing.T) {
	dir := t.TempDir()
	vendor, html := filepath.Join(dir, "vendor.pem"), filepath.Join(dir, "report.html")
	ok(t, "keygen", vendor)
	r := run(t, "conformance", "gateway", "--level", "problem,privacy", "--json", "--sign", vendor, "--html", html)
	r.want(t, command.ExitOK)
	report := decode[conformance.Report](t, r.out)
	if !report.OK() || report.Suite != gatewaysuite.Suite().SuiteID || report.Gateway != "fta serve" {
		t.Errorf("%+v of %v, %q", report.Summary, report.Suite, report.Gateway)
	}
	file := filepath.Join(dir, "report.json")
	if err := os.WriteFile(file, []byte(r.out), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "verify", file).want(t, command.ExitOK, "valid        conformance report", "the gateway fta serve", "suite gateway "+gatewaysuite.SuiteVersion)
	if page := read(t, html); len(page) < 1000 {
		t.Errorf("a page of %d bytes", len(page))
	}
}

// A gateway of another kind is started by its command, with the configuration that the suite wrote, again after a restart,
// and two at a time.
func TestConformanceOfAGatewaysCommand(t *testing.T) {
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(asCommand, "1")
	args := []string{"conformance", "gateway", "--case", "verdict/rollback-is-found-after-a-restart", "--case", "paging/foreign-cursor-is-refused",
		"--case", "privacy/nothing-private-in-the-log", "--", binary, "serve", "--config", "{config}"}
	run(t, args...).want(t, command.ExitOK, "pass         verdict/rollback-is-found-after-a-restart", "3 passed, 0 failed")
	r := run(t, "conformance", "gateway", "--case", "problem/no-such-path", "--", binary, "serve", "--config", "{listen}")
	r.want(t, command.ExitInvalid, "FAIL         problem/no-such-path", "the gateway opens", "it ended before it answered")
}

func TestConformanceOfAGatewayIsAskedRightly(t *testing.T) {
	run(t, "conformance", "gateway", "--level", "read").want(t, command.ExitUsage, "--level read: must be one of [verdict")
	run(t, "conformance", "gateway", "--case", "verdict/misspelt").want(t, command.ExitUsage, "--case verdict/misspelt: no such case")
	run(t, "conformance", "gateway", "--list").want(t, command.ExitOK, "verdict/honest-is-valid ")
}
