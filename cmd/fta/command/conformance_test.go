package command_test

import (
	"encoding/xml"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/conformance"
)

// A driver that is right is shown to be so, for a person, a program and a build server.
func TestConformance(t *testing.T) {
	dir := t.TempDir()
	key, junit := filepath.Join(dir, "transport.pem"), filepath.Join(dir, "report.xml")
	ok(t, "keygen", key)
	r := run(t, "conformance", "memory://mine?testing=1", "--key", key, "--level", "read,write", "--junit", junit)
	r.want(t, command.ExitOK, "pass         read/absent-is-not-found", " 0 failed")
	var suite struct {
		XMLName xml.Name
	}
	if err := xml.Unmarshal([]byte(read(t, junit)), &suite); err != nil || !strings.HasPrefix(suite.XMLName.Local, "testsuite") {
		t.Errorf("%v, %v", suite.XMLName, err)
	}
	r = run(t, "conformance", "memory:", "--json", "--case", "read/absent-is-not-found", "--case", "read/description-stays")
	r.want(t, command.ExitOK)
	if report := decode[conformance.Report](t, r.out); !report.OK() || len(report.Cases) != 2 {
		t.Errorf("%+v", report.Summary)
	}
}

// A node is played against as it runs. Only one that is marked for testing is written to.
func TestConformanceOfANode(t *testing.T) {
	w := theWorld(t)
	r := run(t, "conformance", "webledger+http://"+w.Addresses["trade"], "--level", "read", "--key", w.key("cbp-transport"))
	r.want(t, command.ExitOK, "Nothing was written to the ledger.")
	run(t, "conformance", "webledger+http://"+w.Addresses["trade"]).want(t, command.ExitOK, "pass         read/undescribed-is-unsupported")
}

// A gateway is played against as any server of the protocol is: it offers its readers no writing.
func TestConformanceOfAGateway(t *testing.T) {
	r := run(t, "conformance", "ledger+"+theWorld(t).Gateway+"/v1/ledgers/trade/native/", "--form", "record")
	r.want(t, command.ExitOK, "pass         read/undescribed-is-unsupported", "Nothing was written to the ledger.")
}

// A driver that is wrong, here for being too slow, fails by name; one that cannot be asked fails nothing.
func TestConformanceFails(t *testing.T) {
	slow := []string{"conformance", "memory:", "--case", "read/absent-is-not-found", "--timeout", "1ns"}
	run(t, slow...).want(t, command.ExitInvalid, "FAIL         read/absent-is-not-found", "fta: 1 cases failed")
	r := run(t, append(slow, "--json")...)
	r.want(t, command.ExitInvalid)
	if report := decode[conformance.Report](t, r.out); report.OK() || report.Summary.Fail != 1 {
		t.Errorf("%+v", report.Summary)
	}
	run(t, "conformance", "webledger+http://127.0.0.1:1").want(t, command.ExitUndetermined, "the ledger cannot be asked")
	run(t, "conformance", "memory:", "--level", "read", "--junit", t.TempDir()).want(t, command.ExitUsage, "is a directory")
}

// Every case is listed with why it matters.
func TestConformanceList(t *testing.T) {
	if cases := decode[[]conformance.Case](t, ok(t, "conformance", "--list", "--json")); len(cases) < 20 {
		t.Errorf("%d cases", len(cases))
	}
	run(t, "conformance", "--list").want(t, command.ExitOK, "read/absent-is-not-found ", "Absence is an answer of its own")
}
