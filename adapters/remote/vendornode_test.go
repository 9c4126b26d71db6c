package remote_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"net/http/httputil"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/vendornodetest"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
)

// TestTheLedgerInNodeJSConforms plays every level that the example describes: all but proof.
func TestTheLedgerInNodeJSConforms(t *testing.T) {
	s, other := vendornodetest.Start(t, filepath.Join(t.TempDir(), "ledger")), vendornodetest.Start(t, filepath.Join(t.TempDir(), "other"))
	proxy := httputil.NewSingleHostReverseProxy(s.URL)
	proxy.Transport, proxy.ErrorLog = &http.Transport{}, log.New(io.Discard, "", 0) // callers go away, as cases have it
	// Without it the answer is cut off where it comes before the proxy has seen that the request is at its end.
	n := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).EnableFullDuplex()
		proxy.ServeHTTP(w, r)
	}))
	h := conformance.Harness{
		Open: n.open, Reopen: n.open, Outage: n.cut, NewBody: certificate, Mapping: conformancetest.Mapping(),
		Another: func(ctx context.Context) (driver.Ledger, error) {
			return driver.Open(ctx, other.Driver(), driver.Env{})
		},
	}
	for _, seed := range conformancetest.Seeds(t) {
		report := conformance.Run(t.Context(), h, conformance.Options{Seed: seed})
		for _, result := range report.Cases {
			if proof := result.Level == conformance.LevelProof; result.Outcome == conformance.Fail ||
				proof != (result.Outcome == conformance.NotOffered) && result.Needs != conformance.NeedAuthor {
				t.Errorf("seed %d: %s: %s, %+v", seed, result.ID, result.Outcome, result.Failure)
			}
		}
	}
	proxy.Transport.(*http.Transport).CloseIdleConnections()
}

// TestTheLedgerInNodeJSSurvivesKill: what was acknowledged is there after kill -9, also where the last line was cut off.
func TestTheLedgerInNodeJSSurvivesKill(t *testing.T) {
	data := filepath.Join(t.TempDir(), "ledger")
	s := vendornodetest.Start(t, data)
	l := openNode(t, s)
	for i := range 5 {
		if _, err := l.Append(t.Context(), &driver.Write{Key: "k", Expect: uint64(i), Body: numbered(i)}); err != nil {
			t.Fatal(err)
		}
	}
	before := l.Describe().URI
	s.Kill()
	cut(t, data)
	again := openNode(t, vendornodetest.Start(t, data))
	e, err := again.Get(t.Context(), driver.Ref{Key: "k"})
	if err != nil || e.Version != 5 || !bytes.Equal(e.Body, numbered(4)) {
		t.Fatalf("%+v, %v", e, err)
	}
	if uri := again.Describe().URI; uri != before {
		t.Errorf("ledger %s was %s", uri, before)
	}
	if _, err := again.Append(t.Context(), &driver.Write{Key: "k", Expect: 5, Body: numbered(5)}); err != nil {
		t.Errorf("append after the restart: %v", err)
	}
}

// cut leaves half a line behind the last one, as a crash does in the middle of a write.
func cut(t testing.TB, data string) {
	t.Helper()
	f, err := os.OpenFile(data, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(`{"key":"k","bo`); err != nil {
		t.Fatal(err)
	}
}

// certificate draws a document of Acme's, as its chain takes them.
func certificate(r *rand.Rand, b conformance.Body) []byte {
	memo := fmt.Sprintf("%016x", r.Uint64())
	return document(memo+strings.Repeat("x", max(0, b.Size-len(document(memo, b.Key)))), b.Key)
}

// numbered is the n-th version of the certificate k.
func numbered(n int) []byte { return document(fmt.Sprint(n), "k") }

func document(memo, number string) []byte {
	quoted, _ := json.Marshal(number) // text always is JSON
	return fmt.Appendf(nil, `{"doc":"ACME-COO","goods":[{"text":"brake pads"}],"memo":%q,"no":%s,"state":"ISSUED"}`, memo, quoted)
}

// TestTheLedgerInNodeJSTakesOnlyItsOwnShape: it is a chain that was there before anybody thought of FTA.
func TestTheLedgerInNodeJSTakesOnlyItsOwnShape(t *testing.T) {
	l := openNode(t, vendornodetest.Start(t, filepath.Join(t.TempDir(), "ledger")))
	for name, body := range map[string]string{
		"no JSON":        "certificate",
		"null":           "null",
		"another kind":   `{"doc":"INVOICE","no":"k","state":"ISSUED","goods":[{}]}`,
		"unknown state":  `{"doc":"ACME-COO","no":"k","state":"filed","goods":[{}]}`,
		"without goods":  `{"doc":"ACME-COO","no":"k","state":"ISSUED"}`,
		"without number": `{"doc":"ACME-COO","state":"ISSUED","goods":[{}]}`,
		"another number": `{"doc":"ACME-COO","no":"1","state":"ISSUED","goods":[{}]}`,
	} {
		_, err := l.Append(t.Context(), &driver.Write{Key: "k", Body: []byte(body)})
		if driver.CodeOf(err) != driver.Invalid {
			t.Errorf("%s: %v; want %s", name, err, driver.Invalid)
		}
	}
	if _, err := l.Get(t.Context(), driver.Ref{Key: "k"}); driver.CodeOf(err) != driver.NotFound {
		t.Errorf("%v: what was refused stands on the chain", err)
	}
}

func openNode(t testing.TB, s *vendornodetest.Server) driver.Ledger {
	t.Helper()
	l, err := driver.Open(t.Context(), s.Driver(), driver.Env{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestTheLedgerInNodeJSIsShort(t *testing.T) {
	source, err := os.ReadFile(filepath.Join(vendornodetest.Folder(t), "server.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(source), "\n"); n >= 200 {
		t.Errorf("%d lines: fewer than 200 are promised", n)
	}
}
