package remote_test

import (
	"bytes"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
)

// bending is a right server with one thing wrong in what it sends.
type bending struct {
	right http.Handler
	only  protocol.Operation // "": all
	text  func(string) string
	head  func(http.Header)
}

func (b bending) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if b.only != "" && r.URL.Path != "/"+string(b.only) {
		b.right.ServeHTTP(w, r)
		return
	}
	b.right.ServeHTTP(&bentAnswer{w, b}, r)
}

type bentAnswer struct {
	http.ResponseWriter
	b bending
}

func (a *bentAnswer) WriteHeader(status int) {
	if a.Header().Del("Content-Length"); a.b.head != nil && status == http.StatusOK {
		a.b.head(a.Header())
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *bentAnswer) Write(p []byte) (int, error) {
	text := string(p)
	if a.b.text != nil {
		text = a.b.text(text)
	}
	if _, err := a.ResponseWriter.Write([]byte(text)); err != nil {
		return 0, err
	}
	return len(p), nil
}

func replaced(pattern, by string) func(string) string {
	compiled := regexp.MustCompile(pattern)
	return func(text string) string { return compiled.ReplaceAllString(text, by) }
}

// inNewYork tells every time of a text in another zone: the same instants.
func inNewYork(text string) string {
	return regexp.MustCompile(`"\d{4}-\d\d-\d\dT[^"]*Z"`).ReplaceAllStringFunc(text, func(quoted string) string {
		at, err := time.Parse(time.RFC3339Nano, strings.Trim(quoted, `"`))
		if err != nil {
			return quoted
		}
		return `"` + at.In(time.FixedZone("", -5*60*60)).Format(time.RFC3339Nano) + `"`
	})
}

// Servers that are wrong in one thing that a driver in Go cannot be wrong in, or that looks otherwise from there. Each is
// caught by a case, which tells its vendor what to do.
var faultyServers = map[string]struct {
	bending
	caught string // the id of the case
	told   string // part of what the failure says
}{
	"names a host": {bending{text: replaced(`"uri":"[^"]*"`, `"uri":"https://ledger.acme.example/trade"`),
		head: func(h http.Header) { h.Set(protocol.LedgerHeader, "https://ledger.acme.example/trade") }},
		"read/description-is-complete", "the host"},
	"has two names": {bending{only: protocol.OpDescribe, text: replaced(`"uri":"[^"]*"`, `"uri":"urn:acme:trade"`)},
		"read/description-is-complete", "they must be the same"},
	"names a host within": {bending{text: replaced(`"uri":"[^"]*"`, `"uri":"urn:acme:ledger.acme.example"`),
		head: func(h http.Header) { h.Set(protocol.LedgerHeader, "urn:acme:ledger.acme.example") }}, "read/description-is-complete",
		`the host "ledger.acme.example"`},
	"offers what there is not": {bending{only: protocol.OpDescribe, text: replaced(`"abilities":\[`, `"abilities":["history",`)},
		"read/description-is-complete", "history"},
	"tells blocks in a zone of its own":   {bending{only: protocol.OpHead, text: inNewYork}, "read/head-is-where-the-chain-stands", "must end in Z"},
	"tells entries in a zone of its own":  {bending{only: protocol.OpGet, text: inNewYork}, "read/position-is-complete", "must end in Z"},
	"tells versions in a zone of its own": {bending{only: protocol.OpVersions, text: inNewYork}, "read/versions-agree-with-get", "must end in Z"},
	"tells changes in a zone of its own":  {bending{only: protocol.OpChanges, text: inNewYork}, "stream/agrees-with-get", "must end in Z"},
	"tells receipts in a zone of its own": {bending{only: protocol.OpReceipt, text: inNewYork}, "write/receipt-by-transaction", "must end in Z"},
	"does not say which ledger answers": {bending{head: func(h http.Header) { h.Del(protocol.LedgerHeader) }},
		"read/description-is-complete", "without the header Fta-Ledger: every answer that is not a problem must have it"},
	"forgets at times which ledger answers": {bending{only: protocol.OpGet, head: func(h http.Header) { h.Del(protocol.LedgerHeader) }},
		"read/newest-by-default", "without the header Fta-Ledger"},
	"says text": {bending{head: func(h http.Header) { h.Set("Content-Type", "text/plain") }},
		"read/description-is-complete", "it must be application/json"},
	"numbers in quotes": {bending{only: protocol.OpGet, text: replaced(`"version":(\d+)`, `"version":"$1"`)},
		"read/newest-by-default", "/version must be a whole number"},
	"problems without a code": {bending{text: replaced(`"code":"[^"]*",?`, "")}, "read/absent-is-not-found", "no problem of the protocol"},
}

func TestAFaultyServerIsCaughtAndItsVendorToldWhatToDo(t *testing.T) {
	for name, c := range faultyServers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report := conformance.Run(t.Context(), bentServer(t, c.bending), conformance.Options{Seed: 1, Cases: []string{c.caught}})
			result := report.Cases[0]
			if result.Outcome != conformance.Fail {
				t.Fatalf("%s: %s", c.caught, result.Outcome)
			}
			var text bytes.Buffer
			if err := report.WriteText(&text); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(text.String(), c.told) {
				t.Errorf("%q is not said in %s", c.told, &text)
			}
			conformancetest.PlainWords(t, result)
		})
	}
}

func bentServer(t *testing.T, b bending) conformance.Harness {
	t.Helper()
	inner := memory.New(memory.Options{ForTesting: true, PageSize: 5, MaxBody: 64 << 10})
	b.right = ledgerhttp.New(inner, ledgerhttp.Options{})
	n := serve(t, b)
	return conformance.Harness{Open: n.open, Reopen: n.open, Author: inner.Author()}
}

// A server with nothing wrong stands behind the same proxy, and passes.
func TestARightServerBehindTheSameProxyPasses(t *testing.T) {
	for _, seed := range conformancetest.Seeds(t) {
		conformance.Test(t, bentServer(t, bending{}), conformance.Options{Seed: seed})
	}
}

// Each error about a slip names a heading of the protocol's page, which must be there.
func TestSlipsNameHeadingsThatThereAre(t *testing.T) {
	page, err := os.ReadFile("../../docs/ledger-protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\(docs/ledger-protocol\.md, "([^"]+)"\)`)
	for name, v := range map[string]http.Handler{
		"no header":     answering(func(w http.ResponseWriter, _ *http.Request) { w.Header().Del(protocol.LedgerHeader) }),
		"no kind":       vendor{protocol.OpDescribe: strings.Replace(description, `"acme","abil`, `"","abil`, 1)},
		"another key":   vendor{protocol.OpGet: entry("other", 2, 7, "c2")},
		"no JSON":       vendor{protocol.OpGet: "<html>"},
		"no problem":    answering(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }),
		"a redirect":    answering(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }),
		"what it is":    answering(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/html") }),
		"unknown words": answering(func(w http.ResponseWriter, _ *http.Request) { refuse(w, `"valid"`) }),
	} {
		err := get(t.Context(), opened(t, v))
		match := named.FindStringSubmatch(errorText(err))
		if match == nil || !strings.Contains(string(page), "\n## "+match[1]+"\n") {
			t.Errorf("%s: %v", name, err)
		}
		conformancetest.Plain(t, errorText(err))
	}
}

func refuse(w http.ResponseWriter, code string) {
	w.Header().Set("Content-Type", protocol.ProblemType)
	w.WriteHeader(http.StatusInternalServerError)
	_, _ = w.Write([]byte(`{"type":"","title":"","status":500,"code":` + code + `}`))
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// A ledger that was never reached says so: what it offers is assumed, so that it is asked, and shown to nobody.
func TestWhatIsAssumedOfALedgerIsTold(t *testing.T) {
	n := serve(t, vendor{})
	restore := n.cut()
	l, err := driver.Open(t.Context(), n.url()+"?uri="+aURI, driver.Env{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if d := l.Describe(); !d.Unreached || d.URI != aURI || !d.Can(driver.AbilityFind) {
		t.Errorf("%+v before it was reached", d)
	}
	restore()
	_ = head(t.Context(), l)
	if d := l.Describe(); d.Unreached || d.Kind != "acme" {
		t.Errorf("%+v", d)
	}
}
