package remote_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// TestAnotherLedgerAnswersNothing, whichever call it is: an address that serves another ledger one day is an outage.
func TestAnotherLedgerAnswersNothing(t *testing.T) {
	special := map[protocol.Operation]driver.Code{protocol.OpDescribe: driver.Corrupt, protocol.OpChanges: driver.CursorInvalid, protocol.OpAppend: driver.OutcomeUnknown}
	for op, do := range calls {
		want, ok := special[op]
		if !ok {
			want = driver.Unavailable
		}
		for _, uri := range []string{"urn:another", aURI + "0"} {
			err := ask(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/"+string(op)) {
					w = &named{w, uri}
				}
				honest.ServeHTTP(w, r)
			}), nil, do)
			if driver.CodeOf(err) != want {
				t.Errorf("%s by %q: %v, want %s", op, uri, err, want)
			}
		}
	}
}

// named answers in another ledger's name.
type named struct {
	http.ResponseWriter
	uri string
}

func (w *named) Write(p []byte) (int, error) {
	w.Header().Set(protocol.LedgerHeader, w.uri)
	return w.ResponseWriter.Write(p)
}

// elsewhere proves another entry than it was asked to.
type elsewhere struct {
	driver.Ledger
	other *driver.Entry
}

func (e elsewhere) Prove(ctx context.Context, _ *driver.Entry) (*driver.Proof, error) {
	return e.Ledger.Prove(ctx, e.other)
}

// TestAProofOfSomethingElseProvesNothing, right as it is for what it is of: another key, another version, another chain.
func TestAProofOfSomethingElseProvesNothing(t *testing.T) {
	chain, foreign := memory.New(memory.Options{}), memory.New(memory.Options{})
	for _, w := range []*driver.Write{{Key: "k", Body: []byte("1")}, {Key: "k", Expect: 1, Body: []byte("2")}, {Key: "j", Body: []byte("2")}} {
		for _, l := range []driver.Ledger{chain, foreign} {
			if _, err := l.Append(t.Context(), w); err != nil {
				t.Fatal(err)
			}
		}
	}
	e := got(t, chain, "k", 2)
	for name, c := range map[string]struct {
		by   driver.Ledger
		want driver.Outcome
	}{
		"of the entry":       {chain, driver.Verified},
		"of another key":     {elsewhere{chain, got(t, chain, "j", 1)}, driver.Failed},
		"of another version": {elsewhere{chain, got(t, chain, "k", 1)}, driver.Failed},
		"of another chain":   {foreign, driver.Failed},
	} {
		p, err := opened(t, ledgerhttp.New(c.by, ledgerhttp.Options{})).Prove(t.Context(), e)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if r := driver.Verify(e, p, chain.Chain().Anchors()); r.Outcome != c.want {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func got(t *testing.T, l driver.Ledger, key string, version uint64) *driver.Entry {
	t.Helper()
	e, err := l.Get(t.Context(), driver.Ref{Key: key, Version: version})
	if err != nil {
		t.Fatal(err)
	}
	return e
}
