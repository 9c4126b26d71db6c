package remote_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// The answers of a server that is honest, and of which every test below spoils one.
const (
	aURI        = "urn:uuid:6a8d0b9e-6a44-4c14-8ed8-0a0b3c1d2e3f"
	description = `{"protocol":"1","uri":"` + aURI + `","kind":"acme","abilities":["read","versions","find","changes","append","prove"],` +
		`"maxBody":1000,"pageSize":3,"finality":"at once","proofTypes":["acme"],"writeMode":"cas"}`
	block    = `{"height":7,"hash":"h7","time":"2026-11-23T08:00:00Z"}`
	position = `{"height":7,"tx":"t1","time":"2026-11-23T08:00:00Z","final":true}`
)

// entry gives the text of an entry.
func entry(key string, version, height int, cursor string) string {
	return fmt.Sprintf(`{"key":%q,"version":%d,"body":"e30=","position":{"height":%d,"tx":"t%d","time":"2026-11-23T08:00:00Z",`+
		`"final":true},"cursor":%q}`, key, version, height, height, cursor)
}

// vendor answers each operation with the text that a test gives it.
type vendor map[protocol.Operation]string

func (v vendor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	op := protocol.Operation(strings.TrimPrefix(r.URL.Path, "/"))
	text, ok := v[op]
	if !ok && op == protocol.OpDescribe {
		text = description
	}
	w.Header().Set("Content-Type", protocol.MediaType)
	w.Header().Set(protocol.LedgerHeader, aURI)
	_, _ = io.WriteString(w, text)
}

// opened opens a driver of a server, which ends with the test.
func opened(t testing.TB, h http.Handler) driver.Ledger {
	t.Helper()
	server := httptest.NewServer(h)
	l, err := driver.Open(t.Context(), "ledger+"+server.URL, driver.Env{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		server.Close()
	})
	return l
}

// The calls that a test makes of a hostile server.
var (
	head = func(ctx context.Context, l driver.Ledger) error { _, err := l.Head(ctx); return err }
	get  = func(ctx context.Context, l driver.Ledger) error {
		_, err := l.Get(ctx, driver.Ref{Key: "k", Version: 2})
		return err
	}
	newest = func(ctx context.Context, l driver.Ledger) error {
		_, err := l.Get(ctx, driver.Ref{Key: "k"})
		return err
	}
	versions = func(ctx context.Context, l driver.Ledger) error { _, err := l.Versions(ctx, "k", 1, 2); return err }
	find     = func(ctx context.Context, l driver.Ledger) error {
		_, _, err := l.Find(ctx, driver.Lookup{Name: "lookup", Value: "v"}, "p1", 2)
		return err
	}
	changes = func(ctx context.Context, l driver.Ledger) error { _, err := l.Changes(ctx, "c1", 3, 0); return err }
	write   = func(ctx context.Context, l driver.Ledger) error {
		_, err := l.Append(ctx, &driver.Write{Key: "k", Expect: 1, Body: []byte("{}")})
		return err
	}
	receipt = func(ctx context.Context, l driver.Ledger) error { _, err := l.Receipt(ctx, "t1"); return err }
	prove   = func(ctx context.Context, l driver.Ledger) error {
		_, err := l.Prove(ctx, &driver.Entry{Key: "k", Version: 1})
		return err
	}
)

type call = func(context.Context, driver.Ledger) error

// honest answers every call that the tests make as it should.
var honest = vendor{
	protocol.OpHead:     `{"chainId":"c","newest":` + block + `,"final":` + block + `,"cursor":"c9"}`,
	protocol.OpGet:      entry("k", 2, 7, "c2"),
	protocol.OpVersions: `{"entries":[` + entry("k", 2, 7, "c2") + `,` + entry("k", 3, 8, "c3") + `]}`,
	protocol.OpFind:     `{"keys":["a","b"],"next":"p2"}`,
	protocol.OpChanges:  `{"entries":[` + entry("k", 2, 7, "c2") + `,` + entry("j", 5, 8, "c3") + `],"next":"c3","head":` + block + `}`,
	protocol.OpAppend:   `{"tx":"t1","state":"final","key":"k","version":2,"position":` + position + `,"asked":"2026-11-23T08:00:00Z"}`,
	protocol.OpReceipt:  `{"tx":"t1","state":"pending","key":"","asked":"2026-11-23T08:00:00Z"}`,
	protocol.OpProve:    `{"type":"acme","data":{"path":[1,2]}}`,
}

// TestTheHonestVendorIsBelieved shows that the answers which the tests below spoil are right before that.
func TestTheHonestVendorIsBelieved(t *testing.T) {
	l := opened(t, honest)
	for i, do := range []call{head, get, newest, versions, find, changes, write, receipt, prove} {
		if err := do(t.Context(), l); err != nil {
			t.Errorf("call %d: %v", i, err)
		}
	}
}

// TestWhatWasNotAskedForIsCorrupt: each answer is JSON in the right form, and not what was asked.
func TestWhatWasNotAskedForIsCorrupt(t *testing.T) {
	e := func(old, replaced string) string { return strings.Replace(entry("k", 2, 7, "c2"), old, replaced, 1) }
	batch := func(next string, entries ...string) string {
		return `{"entries":[` + strings.Join(entries, ",") + `],"next":"` + next + `"}`
	}
	page := func(entries ...string) string { return `{"entries":[` + strings.Join(entries, ",") + `]}` }
	for name, c := range map[string]struct {
		op   protocol.Operation
		text string
		do   call
	}{
		"a transaction without end":       {protocol.OpGet, e(`"tx":"t7"`, `"tx":"`+strings.Repeat("t", 2000)+`"`), get},
		"an author without end":           {protocol.OpGet, e(`"version"`, `"author":{"kind":"did","id":"`+strings.Repeat("z", 2000)+`"},"version"`), get},
		"a cursor without end":            {protocol.OpGet, entry("k", 2, 7, strings.Repeat("c", 5000)), get},
		"another key":                     {protocol.OpGet, entry("other", 2, 7, "c2"), get},
		"another version":                 {protocol.OpGet, entry("k", 1, 7, "c2"), get},
		"a later version":                 {protocol.OpGet, entry("k", 3, 7, "c2"), get},
		"version zero":                    {protocol.OpGet, entry("k", 0, 7, "c2"), newest},
		"a negative version":              {protocol.OpGet, entry("k", -1, 7, "c2"), newest},
		"half a version":                  {protocol.OpGet, e(`"version":2`, `"version":2.5`), newest},
		"a version in text":               {protocol.OpGet, e(`"version":2`, `"version":"2"`), get},
		"a version no double holds":       {protocol.OpGet, e(`"version":2`, `"version":9007199254740993`), newest},
		"a version without end":           {protocol.OpGet, e(`"version":2`, `"version":1e400`), newest},
		"a negative height":               {protocol.OpGet, entry("k", 2, -7, "c2"), get},
		"a height no double holds":        {protocol.OpGet, e(`"height":7`, `"height":18446744073709551615`), get},
		"an index above 32 bits":          {protocol.OpGet, e(`"height":7`, `"height":7,"index":4294967296`), get},
		"an entry that is not final":      {protocol.OpGet, e(`"final":true`, `"final":false`), get},
		"an entry without cursor":         {protocol.OpGet, entry("k", 2, 7, ""), get},
		"an entry without body":           {protocol.OpGet, e(`"body":"e30=",`, ``), get},
		"a deleted entry with a body":     {protocol.OpGet, e(`"version"`, `"deleted":true,"version"`), get},
		"a body above maxBody":            {protocol.OpGet, e(`e30=`, strings.Repeat("AAAA", 400)), get},
		"a body that is not base64":       {protocol.OpGet, e(`e30=`, `{}{}`), get},
		"a time that is not in UTC":       {protocol.OpGet, e(`08:00:00Z`, `03:00:00-05:00`), get},
		"a time that is none":             {protocol.OpGet, e(`08:00:00Z`, `28:00:00Z`), get},
		"a member twice":                  {protocol.OpGet, e(`"version":2`, `"version":2,"version":3`), get},
		"a member twice, once escaped":    {protocol.OpGet, e(`"version":2`, `"version":2,"versio\u006e":3`), get},
		"a member twice where none looks": {protocol.OpGet, e(`"version":2`, `"version":2,"verdict":{"a":1,"a":2}`), get},
		"text behind the message":         {protocol.OpGet, entry("k", 2, 7, "c2") + `{}`, get},
		"text that is not UTF-8":          {protocol.OpGet, e(`"t7"`, "\"\xff\""), get},
		"null":                            {protocol.OpGet, `null`, get},
		"a list":                          {protocol.OpGet, `[]`, get},
		"nothing":                         {protocol.OpGet, ``, get},
		"half an answer":                  {protocol.OpGet, entry("k", 2, 7, "c2")[:40], get},
		"nested without end": {protocol.OpGet,
			e(`"version"`, `"x":`+strings.Repeat("[", 20000)+strings.Repeat("]", 20000)+`,"version"`), get},

		"a gap in a page":             {protocol.OpVersions, page(entry("k", 2, 7, "c2"), entry("k", 4, 8, "c4")), versions},
		"a page that begins too late": {protocol.OpVersions, page(entry("k", 3, 7, "c3")), versions},
		"a page that begins again":    {protocol.OpVersions, page(entry("k", 1, 7, "c2")), versions},
		"a page backwards":            {protocol.OpVersions, page(entry("k", 3, 8, "c3"), entry("k", 2, 7, "c2")), versions},
		"another key in a page":       {protocol.OpVersions, page(entry("k", 2, 7, "c2"), entry("j", 3, 8, "c3")), versions},
		"a page longer than asked":    {protocol.OpVersions, page(entry("k", 2, 7, "c2"), entry("k", 3, 8, "c3"), entry("k", 4, 9, "c4")), versions},
		"null in a page":              {protocol.OpVersions, `{"entries":[null]}`, versions},
		"a version that is not final": {protocol.OpVersions, page(e(`"final":true`, `"final":false`)), versions},

		"the same page again":  {protocol.OpFind, `{"keys":["a"],"next":"p1"}`, find},
		"a key twice":          {protocol.OpFind, `{"keys":["a","a"]}`, find},
		"the empty key":        {protocol.OpFind, `{"keys":[""]}`, find},
		"more keys than asked": {protocol.OpFind, `{"keys":["a","b","c"]}`, find},

		"a next page without end":    {protocol.OpFind, `{"keys":[],"next":"` + strings.Repeat("p", 5000) + `"}`, find},
		"a next cursor without end":  {protocol.OpChanges, batch(strings.Repeat("c", 5000)), changes},
		"a chain without end":        {protocol.OpHead, `{"chainId":"` + strings.Repeat("c", 2000) + `","newest":` + block + `,"final":` + block + `,"cursor":"c"}`, head},
		"genesis as next":            {protocol.OpChanges, batch("", entry("k", 2, 7, "c2")), changes},
		"next is where we were":      {protocol.OpChanges, batch("c1", entry("k", 2, 7, "c2")), changes},
		"next is before the last":    {protocol.OpChanges, batch("c2", entry("k", 2, 7, "c2"), entry("k", 3, 8, "c3")), changes},
		"a change that we had":       {protocol.OpChanges, batch("c2", entry("k", 2, 7, "c1")), changes},
		"a cursor twice":             {protocol.OpChanges, batch("c2", entry("k", 2, 7, "c2"), entry("k", 3, 8, "c2")), changes},
		"changes down the chain":     {protocol.OpChanges, batch("c3", entry("k", 2, 7, "c2"), entry("j", 1, 6, "c3")), changes},
		"a version missing":          {protocol.OpChanges, batch("c3", entry("k", 2, 7, "c2"), entry("k", 4, 8, "c3")), changes},
		"a version again":            {protocol.OpChanges, batch("c3", entry("k", 2, 7, "c2"), entry("k", 2, 8, "c3")), changes},
		"a change that is not final": {protocol.OpChanges, batch("c2", e(`"final":true`, `"final":false`)), changes},
		"more changes than asked":    {protocol.OpChanges, batch("c5", entry("a", 1, 1, "c2"), entry("b", 1, 2, "c3"), entry("c", 1, 3, "c4"), entry("d", 1, 4, "c5")), changes},
		"a final head without hash":  {protocol.OpChanges, `{"entries":[],"next":"c2","head":{"height":1,"hash":"","time":"2026-11-23T08:00:00Z"}}`, changes},
		"final above newest":         {protocol.OpHead, `{"chainId":"c","newest":` + block + `,"final":` + strings.Replace(block, "7", "8", 1) + `,"cursor":"c"}`, head},
		"a head of no chain":         {protocol.OpHead, `{"newest":` + block + `,"final":` + block + `,"cursor":"c"}`, head},
		"a head without cursor":      {protocol.OpHead, `{"chainId":"c","newest":` + block + `,"final":` + block + `}`, head},
		"a receipt of another":       {protocol.OpReceipt, `{"tx":"t2","state":"pending","key":"k","asked":"2026-11-23T08:00:00Z"}`, receipt},
		"a receipt in no state":      {protocol.OpReceipt, `{"tx":"t1","state":"done","key":"k","asked":"2026-11-23T08:00:00Z"}`, receipt},
		"final nowhere":              {protocol.OpReceipt, `{"tx":"t1","state":"final","key":"k","version":1,"asked":"2026-11-23T08:00:00Z"}`, receipt},
		"a proof of another type":    {protocol.OpProve, `{"type":"MerkleTree-sha256","data":{}}`, prove},
		"a proof without data":       {protocol.OpProve, `{"type":"acme"}`, prove},
		"a proof nested without end": {protocol.OpProve, `{"type":"acme","data":` + strings.Repeat("[", 60) + strings.Repeat("]", 60) + `}`, prove},
	} {
		t.Run(name, func(t *testing.T) {
			l := opened(t, vendor{c.op: c.text})
			wantCode(t, c.do(t.Context(), l), driver.Corrupt)
		})
	}
}

// TestAVerdictOfTheServerIsNotRead: what it thinks of a record is its own affair.
func TestAVerdictOfTheServerIsNotRead(t *testing.T) {
	l := opened(t, vendor{protocol.OpGet: strings.Replace(entry("k", 2, 7, "c2"), `"version"`,
		`"verdict":{"outcome":"valid"},"outcome":"valid","checks":[{"name":"proof","outcome":"valid"}],"version"`, 1)})
	e, err := l.Get(t.Context(), driver.Ref{Key: "k"})
	if err != nil || string(e.Body) != "{}" || e.Contradiction != "" {
		t.Errorf("%+v, %v", e, err)
	}
}

// TestAWriteWhoseAnswerCannotBeReadMayStand: whatever came back, the write was sent.
func TestAWriteWhoseAnswerCannotBeReadMayStand(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":            ``,
		"of another key":     `{"tx":"t1","state":"final","key":"j","version":2,"position":` + position + `,"asked":"2026-11-23T08:00:00Z"}`,
		"of another version": `{"tx":"t1","state":"final","key":"k","version":3,"position":` + position + `,"asked":"2026-11-23T08:00:00Z"}`,
		"without a tx":       `{"tx":"","state":"pending","key":"k","asked":"2026-11-23T08:00:00Z"}`,
	} {
		t.Run(name, func(t *testing.T) {
			l := opened(t, vendor{protocol.OpAppend: text})
			wantCode(t, write(t.Context(), l), driver.OutcomeUnknown)
		})
	}
}

// TestAReasonIsShownInOneLine: it comes from a stranger and goes to our callers.
func TestAReasonIsShownInOneLine(t *testing.T) {
	l := opened(t, vendor{protocol.OpReceipt: `{"tx":"t1","state":"rejected","key":"k","asked":"2026-11-23T08:00:00Z",` +
		`"reason":"no\n\u001b[31mfunds` + strings.Repeat("!", 1000) + `"}`})
	r, err := l.Receipt(t.Context(), "t1")
	if err != nil || len(r.Reason) != 500 || !strings.HasPrefix(r.Reason, "no  [31mfunds!") {
		t.Errorf("%q, %v", r.Reason, err)
	}
}

// TestWhatAServerHoldsAgainstAnEntryIsShownInOneLine: it becomes a reason in a verdict.
func TestWhatAServerHoldsAgainstAnEntryIsShownInOneLine(t *testing.T) {
	l := opened(t, vendor{protocol.OpGet: strings.Replace(entry("k", 2, 7, "c2"), `"version"`,
		`"contradiction":"no\n\u001b[31mhash`+strings.Repeat("!", 1000)+`","version"`, 1)})
	e, err := l.Get(t.Context(), driver.Ref{Key: "k"})
	if err != nil || len(e.Contradiction) != 500 || !strings.HasPrefix(e.Contradiction, "no  [31mhash!") {
		t.Errorf("%+v, %v", e, err)
	}
}

// TestDescriptionsThatCannotBe are those of a server that nothing can be asked of.
func TestDescriptionsThatCannotBe(t *testing.T) {
	for name, spoil := range map[string][2]string{
		"another protocol":         {`"protocol":"1"`, `"protocol":"2"`},
		"no protocol":              {`"protocol":"1",`, ``},
		"no URI":                   {aURI, `acme`},
		"a URI of a header's end":  {aURI, aURI + `\r\nX: y`},
		"a URI without end":        {aURI, aURI + strings.Repeat("x", 600)},
		"no kind":                  {`"acme","abil`, `"","abil`},
		"cannot be read":           {`"read",`, ``},
		"takes no body":            {`"maxBody":1000`, `"maxBody":0`},
		"has no page":              {`"pageSize":3`, `"pageSize":0`},
		"a negative page":          {`"pageSize":3`, `"pageSize":-3`},
		"an unknown way to write":  {`"cas"`, `"yes"`},
		"writes and does not":      {`"cas"`, `"none"`},
		"proves without type":      {`["acme"]`, `[]`},
		"proves with unnamed type": {`["acme"]`, `[""]`},
		"via nobody":               {`"kind"`, `"via":["a b"],"kind"`},
		"via too many":             {`"kind"`, `"via":["a","b","c","d","e","f","g","h","i"],"kind"`},
	} {
		t.Run(name, func(t *testing.T) {
			l := opened(t, vendor{protocol.OpDescribe: strings.Replace(description, spoil[0], spoil[1], 1)})
			wantCode(t, head(t.Context(), l), driver.Corrupt)
		})
	}
}

// TestLimitsOfADescriptionAreCutDown: a server that says that it takes and sends anything makes nobody keep room for it.
func TestLimitsOfADescriptionAreCutDown(t *testing.T) {
	huge := strings.NewReplacer(`:1000`, `:9007199254740991`, `"pageSize":3`, `"pageSize":9007199254740991,"blockTimeMillis":9007199254740991`,
		`"find",`, `"find","find","fly",`)
	d := opened(t, vendor{protocol.OpDescribe: huge.Replace(description)}).Describe()
	if d.MaxBody != protocol.MaxBody || d.PageSize != protocol.MaxPage || d.BlockTime != 24*time.Hour || len(d.Abilities) != 7 || d.Abilities[6] != "fly" {
		t.Errorf("%+v", d)
	}
}

// answering is a vendor that treats everything but describe in its own way.
func answering(do http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/describe" {
			vendor{}.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", protocol.MediaType)
		w.Header().Set(protocol.LedgerHeader, aURI)
		do(w, r)
	})
}

func TestWhatHTTPCanDo(t *testing.T) {
	var elsewhere atomic.Int32
	private := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer private.Close()
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write(make([]byte, 64<<20))
	_ = z.Close()
	problem := func(status int, code string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", protocol.ProblemType)
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"type":"","title":"","status":%d,"code":%q}`, status, code)
		}
	}
	for name, c := range map[string]struct {
		do   http.HandlerFunc
		call call
		want driver.Code
	}{
		"a body without end": {func(w http.ResponseWriter, _ *http.Request) {
			for range 4096 {
				if _, err := w.Write(make([]byte, 64<<10)); err != nil {
					return
				}
			}
		}, get, driver.Corrupt},
		"a body said to be huge": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1099511627776")
		}, get, driver.Corrupt},
		"a header without end": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X", strings.Repeat("x", 1<<20))
		}, get, driver.Unavailable},
		"a body that breaks off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, "{")
			panic(http.ErrAbortHandler)
		}, get, driver.Unavailable},
		"a packed body": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(zipped.Bytes())
		}, get, driver.Corrupt},
		"a page for people": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, entry("k", 2, 7, "c2"))
		}, get, driver.Corrupt},
		"no content type": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			_, _ = io.WriteString(w, entry("k", 2, 7, "c2"))
		}, get, driver.Corrupt},
		"a redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, private.URL, http.StatusTemporaryRedirect)
		}, get, driver.Unavailable},
		"a redirect of a write": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, private.URL, http.StatusPermanentRedirect)
		}, write, driver.OutcomeUnknown},
		"another ledger": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(protocol.LedgerHeader, "urn:other")
			_, _ = io.WriteString(w, entry("k", 2, 7, "c2"))
		}, get, driver.Unavailable},
		"changes of another ledger": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(protocol.LedgerHeader, "urn:other")
			_, _ = io.WriteString(w, `{"entries":[],"next":"c2"}`)
		}, changes, driver.CursorInvalid},
		"no ledger": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Del(protocol.LedgerHeader)
			fmt.Fprint(w, entry("k", 2, 7, "c2"))
		}, get, driver.Corrupt},
		"no ledger's changes": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Del(protocol.LedgerHeader)
			_, _ = io.WriteString(w, `{"entries":[],"next":"c2"}`)
		}, changes, driver.Corrupt},
		"a proxy's 404": {func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, get, driver.Unavailable},
		"a 404 that is a message": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(404)
			fmt.Fprint(w, `{"code":"not-found"}`)
		}, get, driver.Unavailable},
		"a proxy's 403":                 {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, get, driver.PermissionDenied},
		"a proxy's 429":                 {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) }, get, driver.ResourceExhausted},
		"a proxy's 502 of a write":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) }, write, driver.OutcomeUnknown},
		"a problem":                     {problem(404, "not-found"), get, driver.NotFound},
		"a problem that is a 200":       {problem(200, "not-found"), get, driver.Corrupt},
		"a problem that is a redirect":  {problem(302, "not-found"), get, driver.Unavailable},
		"a head that is not found":      {problem(404, "not-found"), head, driver.Corrupt},
		"a lookup that is not found":    {problem(404, "not-found"), find, driver.Corrupt},
		"a read that is in conflict":    {problem(409, "conflict"), get, driver.Corrupt},
		"a write that is in conflict":   {problem(409, "conflict"), write, driver.Conflict},
		"a read of unknown outcome":     {problem(504, "outcome-unknown"), get, driver.Corrupt},
		"a problem of no code":          {problem(500, ""), get, driver.Unavailable},
		"a gateway without the ledger":  {problem(404, ""), get, driver.Unavailable},
		"a gateway that is busy":        {problem(503, ""), get, driver.Unavailable},
		"a problem of an unknown code":  {problem(500, "valid"), get, driver.Corrupt},
		"somebody's call was ended":     {problem(503, "canceled"), get, driver.Unavailable},
		"a write's unknown code":        {problem(500, "valid"), write, driver.OutcomeUnknown},
		"a head that is invalid":        {problem(400, "invalid"), head, driver.Corrupt},
		"a read that is invalid":        {problem(400, "invalid"), get, driver.Invalid},
		"offered and unsupported":       {problem(501, "unsupported"), get, driver.Corrupt},
		"cursors beside changes":        {problem(400, "cursor-invalid"), get, driver.Corrupt},
		"a cursor that is not known":    {problem(400, "cursor-invalid"), changes, driver.CursorInvalid},
		"a server that does not answer": {func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body); <-r.Context().Done() }, get, driver.DeadlineExceeded},
	} {
		t.Run(name, func(t *testing.T) {
			l := opened(t, answering(c.do))
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			wantCode(t, c.call(ctx, l), c.want)
		})
	}
	if n := elsewhere.Load(); n > 0 {
		t.Errorf("the driver followed %d redirects", n)
	}
}

// TestNobodyIsToldToWaitForEver: a server's wish is bounded.
func TestNobodyIsToldToWaitForEver(t *testing.T) {
	for name, c := range map[string]struct {
		header, body string
		want         time.Duration
	}{
		"the problem's":     {"", `"retryAfterMillis":1500`, 1500 * time.Millisecond},
		"the header's":      {"7", `"x":0`, 7 * time.Second},
		"too long":          {"", `"retryAfterMillis":9007199254740991`, time.Hour},
		"too long a header": {"999999999", `"x":0`, time.Hour},
		"none":              {"", `"x":0`, time.Second},
		"no time":           {"soon", `"x":0`, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			l := opened(t, answering(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", protocol.ProblemType)
				w.Header().Set("Retry-After", c.header)
				w.WriteHeader(http.StatusServiceUnavailable)
				fmt.Fprintf(w, `{"type":"","title":"","status":503,"code":"unavailable",%s}`, c.body)
			}))
			var e *driver.Error
			if err := head(t.Context(), l); !asError(err, &e) || e.RetryAfter != c.want {
				t.Errorf("%v, retry after %v; want %v", err, e.RetryAfter, c.want)
			}
		})
	}
}

// TestACursorThatGoesBack is noticed by the heights that changes stood at, for cursors cannot be compared.
func TestACursorThatGoesBack(t *testing.T) {
	v := vendor{protocol.OpChanges: `{"entries":[` + entry("k", 1, 7, "c7") + `],"next":"c7"}`}
	l := opened(t, v)
	follow := func(after driver.Cursor) error { _, err := l.Changes(t.Context(), after, 1, 0); return err }
	wantCode(t, follow("c1"), "")
	v[protocol.OpChanges] = `{"entries":[` + entry("j", 1, 9, "c9") + `],"next":"c9"}`
	wantCode(t, follow("c7"), "")
	v[protocol.OpChanges] = `{"entries":[],"next":"c7"}`
	wantCode(t, follow("c9"), driver.Corrupt)
	v[protocol.OpChanges] = `{"entries":[` + entry("i", 1, 8, "c8") + `],"next":"c8"}`
	wantCode(t, follow("c9"), driver.Corrupt)
	wantCode(t, follow("c7"), "")
}

func wantCode(t testing.TB, err error, want driver.Code) {
	t.Helper()
	if got := driver.CodeOf(err); got != want {
		t.Errorf("code %q, want %q: %v", got, want, err)
	}
}

func asError(err error, e **driver.Error) bool {
	if driver.CodeOf(err) == "" {
		*e = &driver.Error{}
		return false
	}
	return errors.As(err, e)
}
