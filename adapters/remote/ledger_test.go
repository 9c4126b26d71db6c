package remote_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

func TestURLsThatCanNeverWork(t *testing.T) {
	for name, u := range map[string]string{
		"no host":            "ledger+http:///path",
		"opaque":             "ledger+http:host",
		"a user":             "ledger+https://me:secret@host/",
		"a fragment":         "ledger+https://host/#x",
		"unknown parameter":  "ledger+https://host/?url=urn:x",
		"parameter twice":    "ledger+https://host/?uri=urn:x&uri=urn:y",
		"no URI":             "ledger+https://host/?uri=acme",
		"no name of gateway": "ledger+https://host/?gateway=a,b",
		"no query":           "ledger+https://host/?a;b",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := driver.Open(t.Context(), u, driver.Env{})
			wantCode(t, err, driver.Invalid)
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("%v: a password in an error", err)
			}
		})
	}
}

// TestTheServerMayAnswerBelowAPath, as a gateway does.
func TestTheServerMayAnswerBelowAPath(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("/v1/ledgers/trade/native/", http.StripPrefix("/v1/ledgers/trade/native", vendor{protocol.OpGet: entry("k", 2, 7, "c2")}))
	server := httptest.NewServer(mux)
	defer server.Close()
	l, err := driver.Open(t.Context(), "ledger+"+server.URL+"/v1/ledgers/trade/native/", driver.Env{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	wantCode(t, get(t.Context(), l), "")
}

// TestAWrongAddressIsAnOutage: nothing that a server which is not there says can be an absence.
func TestAWrongAddressIsAnOutage(t *testing.T) {
	server := httptest.NewServer(ledgerhttp.New(memory.New(memory.Options{}), ledgerhttp.Options{}))
	defer server.Close()
	l, err := driver.Open(t.Context(), "ledger+"+server.URL+"/elsewhere", driver.Env{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := newest(t.Context(), l); !driver.IsOutage(err) {
		t.Errorf("%v", err)
	}
}

// TestBeforeItWasReachedALedgerOffersEverything: one that is left out because it seems to offer nothing would turn an
// outage into an absence.
func TestBeforeItWasReachedALedgerOffersEverything(t *testing.T) {
	n := serve(t, vendor{})
	restore := n.cut()
	l, err := n.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	d := l.Describe()
	if d.URI != "" || !d.Can(driver.AbilityFind) || !d.Can(driver.AbilityAppend) || d.ForTesting {
		t.Errorf("%+v", d)
	}
	wantCode(t, head(t.Context(), l), driver.Unavailable)
	restore()
	_ = find(t.Context(), l)
	if d := l.Describe(); d.URI != aURI || d.Kind != "acme" || d.MaxBody != 1000 {
		t.Errorf("%+v", d)
	}
}

// TestTheDescriptionIsAskedForOnce, however many callers come first.
func TestTheDescriptionIsAskedForOnce(t *testing.T) {
	var asked atomic.Int32
	n := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/describe" {
			asked.Add(1)
		}
		vendor{protocol.OpGet: entry("k", 2, 7, "c2")}.ServeHTTP(w, r)
	}))
	restore := n.cut()
	l, err := n.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	restore()
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() { wantCode(t, get(context.Background(), l), "") })
	}
	all.Wait()
	if n := asked.Load(); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// TestTheLedgerIsPinned by the URL, or by what the store has of an earlier time.
func TestTheLedgerIsPinned(t *testing.T) {
	n := serve(t, vendor{})
	kept := new(table)
	_ = kept.Apply(driver.Change{Key: []byte("uri"), Value: []byte("urn:another")})
	for name, c := range map[string]struct {
		query string
		kv    driver.KV
		want  driver.Code
	}{
		"by nothing":             {"", nil, ""},
		"by the URL":             {"?uri=" + aURI, nil, ""},
		"to another by the URL":  {"?uri=urn:another", nil, driver.Unavailable},
		"by nothing, with store": {"", new(table), ""},
		"to another by store":    {"", kept, driver.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := driver.Open(t.Context(), n.url()+c.query, driver.Env{Store: c.kv})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			_, _, err = l.Find(t.Context(), driver.Lookup{}, "", 0)
			if c.want == "" {
				c.want = driver.Corrupt // the vendor finds nothing that can be read
			}
			wantCode(t, err, c.want)
		})
	}
	if _, err := driver.Open(t.Context(), n.url()+"?uri="+aURI, driver.Env{Store: kept}); driver.CodeOf(err) != driver.Invalid {
		t.Errorf("%v: the URL and the store disagree", err)
	}
}

// TestWhatIsNotOfferedIsNotAsked.
func TestWhatIsNotOfferedIsNotAsked(t *testing.T) {
	const little = `{"protocol":"1","uri":"` + aURI + `","kind":"acme","abilities":["read"],"maxBody":9,"pageSize":9,"finality":"","writeMode":"none"}`
	l := opened(t, vendor{protocol.OpDescribe: little})
	for i, do := range []call{get, versions, find, changes, receipt, prove} {
		if err := do(t.Context(), l); driver.CodeOf(err) != driver.Unsupported {
			t.Errorf("call %d: %v", i, err)
		}
	}
	_, err := l.Append(t.Context(), &driver.Write{Key: "k", Body: []byte("{}")})
	wantCode(t, err, driver.Unsupported)
}

// TestHeadersOfOnesOwn: authentication is the HTTP client's.
func TestHeadersOfOnesOwn(t *testing.T) {
	var heard atomic.Value
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		heard.Store(r.Header.Clone())
		vendor{}.ServeHTTP(w, r)
	}))
	defer server.Close()
	client := &http.Client{Transport: bearer{server.Client().Transport}}
	l, err := driver.Open(t.Context(), "ledger+"+server.URL+"?gateway=customs", driver.Env{HTTP: client})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	h := heard.Load().(http.Header)
	if h.Get("Authorization") != "Bearer x" || h.Get(protocol.VersionHeader) != "1" || h.Get(protocol.HopsHeader) != "customs" {
		t.Errorf("%v", h)
	}
	if client.CheckRedirect != nil {
		t.Error("the client that was given has been changed")
	}
}

type bearer struct{ http.RoundTripper }

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer x")
	return b.RoundTripper.RoundTrip(r)
}

// TestAServerThatDoesNotWaitIsAskedAgain, and not more often than a few times a second.
func TestAServerThatDoesNotWaitIsAskedAgain(t *testing.T) {
	var asked atomic.Int32
	l := opened(t, answering(func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) < 3 {
			fmt.Fprint(w, `{"entries":[],"next":"c1"}`)
			return
		}
		fmt.Fprint(w, `{"entries":[`+entry("k", 1, 7, "c2")+`],"next":"c2"}`)
	}))
	begun := time.Now()
	b, err := l.Changes(t.Context(), "c1", 0, time.Minute)
	if err != nil || len(b.Entries) != 1 || asked.Load() != 3 {
		t.Errorf("%+v, %v, asked %d times", b, err, asked.Load())
	}
	if waited := time.Since(begun); waited < 400*time.Millisecond {
		t.Errorf("asked three times in %v", waited)
	}
}

// TestProgressEndsTheWait: a reader keeps Next, also where nothing came.
func TestProgressEndsTheWait(t *testing.T) {
	l := opened(t, vendor{protocol.OpChanges: `{"entries":[],"next":"c5"}`})
	b, err := l.Changes(t.Context(), "c1", 0, time.Hour)
	if err != nil || b.Next != "c5" {
		t.Errorf("%+v, %v", b, err)
	}
}

// TestLargeEntriesComeInShorterPages, and none is lost: neither side ever holds a whole page of the largest.
func TestLargeEntriesComeInShorterPages(t *testing.T) {
	const size, count = 2 << 20, 7
	inner := memory.New(memory.Options{MaxBody: size})
	body := make([]byte, size)
	for i := range count {
		body[0] = byte(i)
		if _, err := inner.Append(t.Context(), &driver.Write{Key: "k", Expect: uint64(i), Body: body}); err != nil {
			t.Fatal(err)
		}
	}
	l := opened(t, ledgerhttp.New(inner, ledgerhttp.Options{}))
	var pages, followed []int
	for after := uint64(0); after < count; {
		page, err := l.Versions(t.Context(), "k", after, 0)
		if err != nil || len(page) == 0 {
			t.Fatalf("%d entries, %v", len(page), err)
		}
		pages, after = append(pages, len(page)), after+uint64(len(page))
	}
	for at, n := driver.Cursor(""), 0; n < count; {
		b, err := l.Changes(t.Context(), at, 0, 0)
		if err != nil || len(b.Entries) == 0 || n+len(b.Entries) < count && b.Head.Hash != "" {
			t.Fatalf("%+v, %v", b, err)
		}
		followed, at, n = append(followed, len(b.Entries)), b.Next, n+len(b.Entries)
	}
	if !slices.Equal(pages, []int{2, 2, 2, 1}) || !slices.Equal(followed, pages) {
		t.Errorf("pages of %v versions and %v changes", pages, followed)
	}
}
