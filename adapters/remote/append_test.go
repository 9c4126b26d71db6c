package remote_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// table is a driver.KV of this process.
type table struct {
	mu   sync.Mutex
	rows map[string][]byte
}

func (t *table) Get(key []byte) ([]byte, bool, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	v, ok := t.rows[string(key)]
	return v, ok, nil
}

func (t *table) Apply(changes ...driver.Change) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.rows == nil {
		t.rows = map[string][]byte{}
	}
	for _, c := range changes {
		t.rows[string(c.Key)] = slices.Clone(c.Value)
	}
	return nil
}

func (t *table) Scan([]byte, []byte, func(key, value []byte) bool) error { panic("nothing here scans") }

// lossy passes requests on, and loses the answers to writes while it is told to: before the ledger saw them, or after.
type lossy struct {
	http.Handler
	before, after atomic.Bool
}

func (l *lossy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	write := strings.HasSuffix(r.URL.Path, string(protocol.OpAppend))
	if write && l.before.Load() {
		panic(http.ErrAbortHandler)
	}
	if write && l.after.Load() {
		l.Handler.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}
	l.Handler.ServeHTTP(w, r)
}

// overLossy opens a memory chain behind a lossy server, with a store unless kv is nil.
func overLossy(t testing.TB, kv driver.KV) (*lossy, *memory.Ledger, driver.Ledger) {
	t.Helper()
	inner := memory.New(memory.Options{})
	way := &lossy{Handler: ledgerhttp.New(inner, ledgerhttp.Options{})}
	server := httptest.NewServer(way)
	u, err := url.Parse("ledger+" + server.URL)
	if err != nil {
		t.Fatal(err)
	}
	l, err := remote.Open(t.Context(), u, driver.Env{Store: kv})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		l.Close()
		server.Close()
	})
	return way, inner, l
}

var aWrite = &driver.Write{Key: "k", Body: []byte("{}")}

// TestALostAnswerIsOutcomeUnknownWithoutAStore, and the same write again finds out.
func TestALostAnswerIsOutcomeUnknownWithoutAStore(t *testing.T) {
	way, _, l := overLossy(t, nil)
	way.after.Store(true)
	_, err := l.Append(t.Context(), aWrite)
	wantCode(t, err, driver.OutcomeUnknown)
	way.after.Store(false)
	if r, err := l.Append(t.Context(), aWrite); err != nil || r.State != driver.Finally || r.Version != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestALostAnswerIsPendingAndFoundOut, whether or not the ledger saw the write, also by a driver opened later.
func TestALostAnswerIsPendingAndFoundOut(t *testing.T) {
	for name, lose := range map[string]func(*lossy) *atomic.Bool{
		"before the ledger saw it": func(l *lossy) *atomic.Bool { return &l.before },
		"after the ledger took it": func(l *lossy) *atomic.Bool { return &l.after },
	} {
		t.Run(name, func(t *testing.T) {
			way, inner, l := overLossy(t, new(table))
			lose(way).Store(true)
			first, err := l.Append(t.Context(), aWrite)
			if err != nil || first.State != driver.Pending || first.Tx == "" {
				t.Fatalf("%+v, %v", first, err)
			}
			if again, err := l.Receipt(t.Context(), first.Tx); err != nil || again.State != driver.Pending {
				t.Errorf("while answers are lost: %+v, %v", again, err)
			}
			lose(way).Store(false)
			for range 2 {
				r, err := l.Receipt(t.Context(), first.Tx)
				if err != nil || r.State != driver.Finally || r.Version != 1 {
					t.Errorf("%+v, %v", r, err)
				}
			}
			all, err := inner.Versions(t.Context(), "k", 0, 0)
			if err != nil || len(all) != 1 {
				t.Errorf("%d versions, %v", len(all), err)
			}
		})
	}
}

// TestALostWriteThatLostIsRejected: another write took its place meanwhile.
func TestALostWriteThatLostIsRejected(t *testing.T) {
	way, inner, l := overLossy(t, new(table))
	way.before.Store(true)
	first, err := l.Append(t.Context(), aWrite)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := inner.Append(t.Context(), &driver.Write{Key: "k", Body: []byte("another")}); err != nil {
		t.Fatal(err)
	}
	way.before.Store(false)
	if r, err := l.Receipt(t.Context(), first.Tx); err != nil || r.State != driver.Rejected || r.Reason == "" {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestConflictWhileAWriteIsUnderWayIsPending: some ledgers say so to a repeat that overtakes the first.
func TestConflictWhileAWriteIsUnderWayIsPending(t *testing.T) {
	newestOnly := strings.Replace(description, `"versions",`, "", 1)
	for name, c := range map[string]struct {
		describe string
		entry    string // that the ledger has by then
		want     driver.State
	}{
		"not there yet":           {description, "", driver.Pending},
		"there":                   {description, entry("k", 1, 7, "c1"), driver.Finally},
		"there, without versions": {newestOnly, entry("k", 1, 7, "c1"), driver.Finally},
		"below a newer version, without versions": {newestOnly, entry("k", 2, 8, "c2"), driver.Pending},
	} {
		t.Run(name, func(t *testing.T) {
			var asked atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", protocol.MediaType)
				w.Header().Set(protocol.LedgerHeader, aURI)
				switch {
				case r.URL.Path == "/describe":
					_, _ = w.Write([]byte(c.describe))
				case r.URL.Path == "/append" && asked.Add(1) == 1:
					panic(http.ErrAbortHandler)
				case r.URL.Path == "/append":
					fail(w, http.StatusConflict, driver.Conflict)
				case c.entry == "":
					fail(w, http.StatusNotFound, driver.NotFound)
				default:
					_, _ = w.Write([]byte(c.entry))
				}
			}))
			defer server.Close()
			l, err := driver.Open(t.Context(), "ledger+"+server.URL, driver.Env{Store: new(table)})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			r, err := l.Append(t.Context(), aWrite)
			if err != nil || r.State != driver.Pending {
				t.Fatalf("%+v, %v", r, err)
			}
			if r, err = l.Receipt(t.Context(), r.Tx); err != nil || r.State != c.want {
				t.Errorf("%+v, %v; want %s", r, err, c.want)
			}
		})
	}
}

func fail(w http.ResponseWriter, status int, code driver.Code) {
	text, _ := protocol.Encode(protocol.ProblemOf(&driver.Error{Code: code}))
	w.Header().Set("Content-Type", protocol.ProblemType)
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

// TestTheServerHearsHowLongTheCallerWaits, so that it answers with a pending receipt while somebody is there to hear it.
func TestTheServerHearsHowLongTheCallerWaits(t *testing.T) {
	var heard protocol.Append
	l := opened(t, answering(func(w http.ResponseWriter, r *http.Request) {
		text := make([]byte, r.ContentLength)
		_, _ = r.Body.Read(text)
		if err := protocol.ReadRequest(text, &heard); err != nil {
			t.Error(err)
		}
		fail(w, http.StatusConflict, driver.Conflict)
	}))
	ctx, cancel := context.WithTimeout(t.Context(), 10_000_000_000)
	defer cancel()
	_, err := l.Append(ctx, aWrite)
	wantCode(t, err, driver.Conflict)
	if heard.WaitMillis < 5000 || heard.WaitMillis > 9500 {
		t.Errorf("the server is to wait %d ms for a caller who waits 10 s", heard.WaitMillis)
	}
}

// TestWhatCanNeverSucceedIsNotSent: the order of refusals is that of driver.Write.
func TestWhatCanNeverSucceedIsNotSent(t *testing.T) {
	l := opened(t, answering(func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") }))
	for name, c := range map[string]struct {
		write driver.Write
		want  driver.Code
	}{
		"an empty key":         {driver.Write{Body: []byte("{}")}, driver.Invalid},
		"an empty body":        {driver.Write{Key: "k"}, driver.Invalid},
		"a key no text holds":  {driver.Write{Key: "\xff", Body: []byte("{}")}, driver.Invalid},
		"a lookup of no text":  {driver.Write{Key: "k", Body: []byte("{}"), Lookups: []driver.Lookup{{Name: "\xff"}}}, driver.Invalid},
		"a body above maxBody": {driver.Write{Key: "k", Body: make([]byte, 1001)}, driver.TooLarge},
		"a version no number":  {driver.Write{Key: "k", Expect: 1 << 60, Body: []byte("{}")}, driver.Conflict},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := l.Append(t.Context(), &c.write)
			wantCode(t, err, c.want)
		})
	}
}
