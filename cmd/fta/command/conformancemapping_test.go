package command_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
	"github.com/ftagateway/ftagateway/trust/key"
)

const acmeMapping = "../../../examples/vendor-node/acme.yaml"

// put writes to a ledger of this process.
func put(t *testing.T, url, at, body string) {
	t.Helper()
	s, err := key.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	l, err := driver.Open(t.Context(), url, driver.Env{Signer: s})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Append(t.Context(), &driver.Write{Key: at, Body: []byte(body)}); err != nil {
		t.Fatal(err)
	}
}

// The report names the mapping that the entries were held against, wherever it is read.
func TestConformanceNamesItsMapping(t *testing.T) {
	dir, url := t.TempDir(), "memory://mapped"
	put(t, url, "ACME-0017", read(t, "../../../examples/vendor-node/acme-0017.json"))
	vendor, junit, html := filepath.Join(dir, "vendor.pem"), filepath.Join(dir, "report.xml"), filepath.Join(dir, "report.html")
	ok(t, "keygen", vendor)
	r := run(t, "conformance", url, "--mapping", acmeMapping, "--at", "ACME-0017", "--level", "read", "--json", "--sign", vendor,
		"--junit", junit, "--html", html)
	r.want(t, command.ExitOK)
	report := decode[conformance.Report](t, r.out)
	digest := report.Mapping.Digest.String()
	if report.Mapping.Name != "acme-certificates" || report.Mapping.Digest.IsZero() || outcomeOf(report, "read/entries-translate") != conformance.Pass {
		t.Errorf("%+v, %+v", report.Mapping, report.Failed())
	}
	for file, want := range map[string]string{junit: `<property name="mapping.digest" value="` + digest + `">`, html: digest} {
		if !strings.Contains(read(t, file), want) {
			t.Errorf("%s does not name the mapping by %s", file, want)
		}
	}
	signed := filepath.Join(dir, "report.json")
	if err := os.WriteFile(signed, []byte(r.out), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "verify", signed).want(t, command.ExitOK, "mapping      acme-certificates, digest "+digest)
	run(t, "conformance", url, "--mapping", acmeMapping, "--at", "ACME-0017", "--case", "read/entries-translate").
		want(t, command.ExitOK, "mapping acme-certificates, digest "+digest, "1 passed, 0 failed")
	run(t, "map", "test", acmeMapping).want(t, command.ExitOK, digest)
}

func outcomeOf(r conformance.Report, id string) conformance.Outcome {
	for _, c := range r.Cases {
		if c.ID == id {
			return c.Outcome
		}
	}
	return "not played"
}

// An entry that means nothing by the mapping fails the case about it, which says where and why and tells no value.
func TestConformanceHoldsEntriesAgainstTheMapping(t *testing.T) {
	url := "memory://unmapped"
	put(t, url, "ACME-0018", `{"doc":"ACME-COO","no":"ACME-0018","state":"SHREDDED"}`)
	r := run(t, "conformance", url, "--mapping", acmeMapping, "--at", "ACME-0018", "--case", "read/entries-translate")
	r.want(t, command.ExitInvalid, "FAIL         read/entries-translate", "ACME-0018 version 1 translates by the mapping acme-certificates",
		`request:  get {"key":"ACME-0018"`)
	if strings.Contains(r.out, "SHREDDED") {
		t.Errorf("a value of the entry is told:\n%s", r.out)
	}
}

// A key under which nothing stands is told once, before any case is played.
func TestConformanceLooksForItsKeysFirst(t *testing.T) {
	url := "memory://standing"
	put(t, url, "there", "1")
	r := run(t, "conformance", url, "--at", "there,elsewhere,nowhere")
	r.want(t, command.ExitUsage, `fta: --at: nothing final stands on the ledger under "elsewhere", "nowhere"`)
	if strings.Contains(r.out, "FAIL") || strings.Count(r.err, "\n") > 1 {
		t.Errorf("more than one clear error:\n%s%s", r.out, r.err)
	}
	run(t, "conformance", url, "--at", "there", "--level", "read").want(t, command.ExitOK, "pass         read/newest-by-default")
}

// A server that breaks the protocol in its first answers is told what to do, once, in words of the protocol.
func TestConformanceTellsASlipOfAServerOnce(t *testing.T) {
	const described = `{"protocol":"1","uri":"urn:acme:trade","kind":"acme","abilities":["read"],"maxBody":9,"pageSize":9,"finality":"at once","writeMode":"none"}`
	block := `{"height":1,"hash":"h","time":"2026-11-23T08:00:00+01:00"}`
	for name, c := range map[string]struct{ header, want string }{
		"no header":    {"", "describe was answered without the header Fta-Ledger: every answer that is not a problem must have it"},
		"another zone": {"urn:acme:trade", "the time of a block, 2026-11-23T08:00:00+01:00, is not in UTC: it must end in Z"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				if c.header != "" {
					w.Header().Set("Fta-Ledger", c.header)
				}
				text := described
				if r.URL.Path == "/head" {
					text = `{"chainId":"c","newest":` + block + `,"final":` + block + `}`
				}
				_, _ = w.Write([]byte(text))
			}))
			defer server.Close()
			r := run(t, "conformance", server.URL)
			r.want(t, command.ExitInvalid, c.want)
			if strings.Contains(r.out, "FAIL") {
				t.Errorf("cases were played:\n%s", r.out)
			}
			conformancetest.Plain(t, r.err)
		})
	}
}
