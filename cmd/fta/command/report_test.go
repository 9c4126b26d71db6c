package command_test

import (
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/attestation"
)

// vendorServer serves a fresh ledger, always of one name, by the ledger protocol.
func vendorServer(t *testing.T, forTesting bool) (url string) {
	t.Helper()
	l := memory.New(memory.Options{ForTesting: forTesting, URI: "urn:uuid:8f0c1c1e-6c3f-4a62-9d0e-3f2d5f1b7a10", MaxBody: 64 << 10})
	server := httptest.NewServer(ledgerhttp.New(l, ledgerhttp.Options{}))
	t.Cleanup(server.Close)
	return server.URL
}

// A vendor plays the suite against its server, at the address that it knows, and hands over what is signed; whoever gets
// it checks it.
func TestASignedReportOfAServer(t *testing.T) {
	dir := t.TempDir()
	vendor, html := filepath.Join(dir, "vendor.pem"), filepath.Join(dir, "report.html")
	did := ok(t, "keygen", vendor)
	json := ok(t, "conformance", vendorServer(t, true), "--another", vendorServer(t, true), "--json", "--sign", vendor, "--html", html)
	report := decode[attestation.Document](t, json)
	if !report.OK() || report.Summary.Pass < 60 || report.Issuer != did || report.Ledger.Kind != "memory" {
		t.Errorf("%+v", report.Summary)
	}
	signed := save(t, dir, "report.json", json+"\n")
	run(t, "verify", signed).want(t, command.ExitOK, "valid        conformance report", "signed by    "+did, "suite driver "+conformance.SuiteVersion, " 0 failed")
	f := decode[attestation.Finding](t, ok(t, "verify", signed, "--signer", did, "--json"))
	for _, want := range []string{f.Digest, did, report.Ledger.URI} {
		if !strings.Contains(read(t, html), want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	runWith(t, strings.Replace(json, `"fail": 0`, `"fail": 1`, 1), "verify", "-").want(t, command.ExitInvalid, "/summary", "/proof/proofValue", "the report is invalid")
	runWith(t, ok(t, "conformance", "memory:", "--json"), "verify", "-").want(t, command.ExitInvalid, "nobody vouches for this report")
	runWith(t, `{"type":"Certificate"}`, "verify", "-").want(t, command.ExitUsage, "not a conformance report")
}

// What is not marked for testing is not written to, whoever asks.
func TestAServerThatIsNotForTestingIsNotWrittenTo(t *testing.T) {
	url := vendorServer(t, false)
	run(t, "conformance", url, "--level", "write").want(t, command.ExitOK, "The ledger is not marked for testing", "Nothing was written to the ledger.")
	report := decode[conformance.Report](t, ok(t, "conformance", "ledger+"+url, "--json"))
	if len(report.Left) > 0 || report.Refused == "" || report.Ledger.ForTesting {
		t.Errorf("%+v", report)
	}
}

// The same seed gives the same report, to the byte, on fresh ledgers; another seed leaves other keys.
func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	played := func(seed string) string { return ok(t, "conformance", vendorServer(t, true), "--json", "--seed", seed) }
	one, again, other := played("7"), played("7"), played("8")
	if one != again {
		t.Errorf("two runs differ:\n%s\n%s", one, again)
	}
	if left := func(text string) string { return text[strings.Index(text, `"left"`):] }; left(one) == left(other) {
		t.Error("the seed changes nothing")
	}
}
