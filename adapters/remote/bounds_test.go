package remote_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/conformance/conformancetest"
)

// flood is an answer that never ends: a beginning, and then the same again and again. It counts what was read of it.
type flood struct {
	status      int
	kind        string
	begin, more string
	read        int64
}

func (f *flood) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if f.read < int64(len(f.begin)) {
			m := copy(p[n:], f.begin[f.read:])
			n, f.read = n+m, f.read+int64(m)
			continue
		}
		m := copy(p[n:], f.more)
		n, f.read = n+m, f.read+int64(m)
	}
	return n, nil
}

func (f *flood) Close() error { return nil }

func (f *flood) RoundTrip(r *http.Request) (*http.Response, error) {
	header := http.Header{"Content-Type": {f.kind}, protocol.LedgerHeader: {aURI}}
	if strings.HasSuffix(r.URL.Path, "/describe") && f.begin != describing {
		text := strings.Replace(description, `"maxBody":1000`, `"maxBody":9007199254740991`, 1)
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {protocol.MediaType}, protocol.LedgerHeader: {aURI}},
			Body: io.NopCloser(strings.NewReader(text)), Request: r, ContentLength: -1}, nil
	}
	return &http.Response{StatusCode: f.status, Header: header, Body: f, Request: r, ContentLength: -1}, nil
}

const describing = `{"abilities":["`

// calls is every call of a ledger, by the operation that it asks.
var calls = map[protocol.Operation]call{
	protocol.OpDescribe: head, protocol.OpHead: head, protocol.OpGet: get, protocol.OpVersions: versions, protocol.OpFind: find,
	protocol.OpChanges: changes, protocol.OpAppend: write, protocol.OpReceipt: receipt, protocol.OpProve: prove,
}

// mostOf is what an answer to an operation may have, where the server says that its bodies are as large as they may be.
func mostOf(op protocol.Operation) int64 {
	switch op {
	case protocol.OpGet:
		return protocol.EntryBytes(protocol.MaxBody)
	case protocol.OpVersions, protocol.OpChanges, protocol.OpProve:
		return protocol.PageBytes + protocol.EntryBytes(protocol.MaxBody)
	case protocol.OpFind:
		return protocol.PageBytes
	}
	return 2 * 65 << 10 // a description is asked for when the ledger is opened, and again
}

// TestNoAnswerIsReadForEver, to whichever call and in whichever form: what is read of one is counted, and what is kept in
// memory for it is measured.
func TestNoAnswerIsReadForEver(t *testing.T) {
	if conformancetest.RaceDetector {
		t.Skip("one caller reads many megabytes, which takes a minute under the race detector: it is played without")
	}
	for op, do := range calls {
		for name, f := range map[string]flood{
			"a text":           {status: 200, kind: protocol.MediaType, begin: `{"key":"`, more: "xxxxxxxx"},
			"nesting":          {status: 200, kind: protocol.MediaType, begin: `{"data":`, more: "["},
			"a problem":        {status: 404, kind: protocol.ProblemType, begin: `{"code":"not-found","detail":"`, more: "yyyy"},
			"a page of a site": {status: 502, kind: "text/html", more: "<p>"},
		} {
			t.Run(fmt.Sprintf("%s/%s", op, name), func(t *testing.T) {
				if op == protocol.OpDescribe && f.kind == protocol.MediaType {
					f.begin = describing
				}
				grown, err := measured(t, &f, do)
				if err == nil || !driver.IsOutage(err) {
					t.Errorf("%v", err)
				}
				if most := mostOf(op); f.read > most+1 || grown > 8*uint64(most)+1<<20 {
					t.Errorf("%d bytes were read and %d taken from memory, of %d that an answer has", f.read, grown, most)
				}
			})
		}
	}
}

// measured makes one call of a server, and says how many bytes were allocated meanwhile, whether or not they were freed.
func measured(t *testing.T, server http.RoundTripper, do call) (grown uint64, err error) {
	t.Helper()
	l, err := driver.Open(t.Context(), "ledger+http://vendor", driver.Env{HTTP: &http.Client{Transport: server}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err = do(context.Background(), l)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, err
}

// TestAnAnswerGrowsNoMoreThanItsBytes: what is small on the wire and large in memory is refused while it is read.
func TestAnAnswerGrowsNoMoreThanItsBytes(t *testing.T) {
	many := func(begin, one, end string) string { return begin + strings.Repeat(one+",", 2_000_000) + one + end }
	for name, c := range map[string]struct {
		op   protocol.Operation
		text string
	}{
		"entries of nothing":  {protocol.OpVersions, many(`{"entries":[`, `{}`, `]}`)},
		"no entries at all":   {protocol.OpVersions, many(`{"entries":[`, `null`, `]}`)},
		"changes of nothing":  {protocol.OpChanges, many(`{"next":"c","entries":[`, `{}`, `]}`)},
		"keys of nothing":     {protocol.OpFind, many(`{"keys":[`, `""`, `]}`)},
		"members of nobody's": {protocol.OpGet, many(`{"x":[`, `{}`, `]}`)},
		"numbers in a proof":  {protocol.OpProve, many(`{"type":"acme","data":[`, `0`, `]}`)},
		"steps of a proof":    {protocol.OpProve, many(`{"type":"acme","data":`, `[]`, `}`)},
	} {
		t.Run(name, func(t *testing.T) {
			text := c.text
			server := inProcess{http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				v := vendor{c.op: text, protocol.OpDescribe: strings.Replace(description, `"maxBody":1000`, `"maxBody":16000000`, 1)}
				v.ServeHTTP(w, r)
			})}
			grown, _ := measured(t, server, calls[c.op])
			most := 8 * uint64(len(text))
			if conformancetest.RaceDetector {
				most *= 2 // as much again is its own
			}
			if grown > most {
				t.Errorf("%d MiB for an answer of %d MiB", grown>>20, len(text)>>20)
			}
		})
	}
}
