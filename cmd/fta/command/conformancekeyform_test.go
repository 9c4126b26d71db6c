package command_test

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/conformance"
)

// numbered is a chain that takes its own numbers as keys, and where documents is set, only documents that say theirs.
type numbered struct {
	driver.Ledger
	documents bool
}

var ownNumber = regexp.MustCompile(`^BR-2026/[0-9]{7}-[A-Z]$`)

func (n numbered) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if !ownNumber.MatchString(w.Key) {
		return nil, driver.Errorf(driver.Invalid, "key %q is no number of ours", w.Key)
	}
	var d struct{ No string }
	if fits := len(w.Body) <= n.Describe().MaxBody; n.documents && fits && (json.Unmarshal(w.Body, &d) != nil || d.No != w.Key) {
		return nil, driver.Errorf(driver.Invalid, "the body is no document of %q", w.Key)
	}
	return n.Ledger.Append(ctx, w)
}

func servedNumbers(t *testing.T, documents bool) (url string) {
	t.Helper()
	l := memory.New(memory.Options{ForTesting: true, MaxBody: 64 << 10})
	server := httptest.NewServer(ledgerhttp.New(numbered{l, documents}, ledgerhttp.Options{}))
	t.Cleanup(server.Close)
	return server.URL
}

// A chain that takes only keys of its own form is played with such keys, whether its bodies are drawn by a mapping or not,
// and again on what earlier runs left.
func TestKeysAreDrawnInTheLedgersForm(t *testing.T) {
	for name, more := range map[string][]string{"any bodies": nil, "bodies of its shape": {"--mapping", acmeMapping}} {
		t.Run(name, func(t *testing.T) {
			url := servedNumbers(t, more != nil)
			for range 2 {
				args := append([]string{"conformance", url, "--key-form", "BR-2026/#######-?", "--json"}, more...)
				r := run(t, args...)
				r.want(t, command.ExitOK)
				report := decode[conformance.Report](t, r.out)
				if report.Summary.Pass < 60 || len(report.Left) < 40 || r.err != "" {
					t.Errorf("%+v, %d keys left, %s", report.Summary, len(report.Left), r.err)
				}
				for _, left := range report.Left {
					if !ownNumber.MatchString(left.Key) {
						t.Errorf("wrote under %q", left.Key)
					}
				}
			}
		})
	}
}

// Where nothing that was appended was taken, one hint at the end says what to do, on standard error where programs read
// the report.
func TestALedgerThatTakesNothingIsToldOfOnce(t *testing.T) {
	url := servedNumbers(t, true)
	args := []string{"conformance", url, "--level", "write"}
	r := run(t, args...)
	r.want(t, command.ExitInvalid, "nothing was taken", "--key-form PATTERN", "--mapping FILE", "keyAt")
	if strings.Count(r.out+r.err, "Hint:") != 1 {
		t.Errorf("not one hint:\n%s%s", r.out, r.err)
	}
	r = run(t, append(args, "--json")...)
	if strings.Contains(r.out, "Hint:") || strings.Count(r.err, "Hint:") != 1 {
		t.Errorf("not one hint on standard error:\n%s", r.err)
	}
}
