package ledgerhttp_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// said is an answer of a handler.
type said struct {
	*httptest.ResponseRecorder
	protocol.Problem
}

// ask sends one request to a handler and holds the answer against the document.
func ask(t testing.TB, h http.Handler, method, path, text string, header ...string) said {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(text))
	r.Header.Set("Content-Type", protocol.MediaType)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer := said{ResponseRecorder: httptest.NewRecorder()}
	documented(t, h).ServeHTTP(answer, r)
	_ = json.Unmarshal(answer.Body.Bytes(), &answer.Problem)
	return answer
}

func TestRequestsThatAreRefused(t *testing.T) {
	h := ledgerhttp.New(memory.New(memory.Options{MaxBody: 100}), ledgerhttp.Options{Gateway: "us"})
	for name, c := range map[string]struct {
		method, path, text string
		header             []string
		status             int
		code               driver.Code
	}{
		"no such path":          {"GET", "/nowhere", "", nil, 404, driver.Unsupported},
		"a key in the path":     {"POST", "/get/k", "{}", nil, 404, driver.Unsupported},
		"read by GET":           {"GET", "/get?key=k", "", nil, 405, driver.Unsupported},
		"head by POST":          {"POST", "/head", "{}", nil, 405, driver.Unsupported},
		"another version":       {"GET", "/head", "", []string{protocol.VersionHeader, "2"}, 400, driver.Invalid},
		"no JSON":               {"POST", "/get", "key=k", nil, 400, driver.Invalid},
		"a form":                {"POST", "/get", `{"key":"k"}`, []string{"Content-Type", "text/plain"}, 415, driver.Invalid},
		"nothing":               {"POST", "/get", ``, nil, 400, driver.Invalid},
		"a list":                {"POST", "/get", `[]`, nil, 400, driver.Invalid},
		"two messages":          {"POST", "/get", `{"key":"k"}{}`, nil, 400, driver.Invalid},
		"a member misspelt":     {"POST", "/get", `{"key":"k","Version":1}`, nil, 400, driver.Invalid},
		"a member twice":        {"POST", "/get", `{"key":"k","key":"j"}`, nil, 400, driver.Invalid},
		"a negative version":    {"POST", "/get", `{"key":"k","version":-1}`, nil, 400, driver.Invalid},
		"an unknown finality":   {"POST", "/get", `{"key":"k","finality":"soon"}`, nil, 400, driver.Invalid},
		"the empty key":         {"POST", "/get", `{"key":""}`, nil, 400, driver.Invalid},
		"text that is no UTF-8": {"POST", "/get", "{\"key\":\"\xff\"}", nil, 400, driver.Invalid},
		"too large a request":   {"POST", "/get", `{"key":"` + strings.Repeat("k", 1<<20) + `"}`, nil, 413, driver.TooLarge},
		"too large a body":      {"POST", "/append", `{"key":"k","expect":0,"body":"` + strings.Repeat("AAAA", 50) + `"}`, nil, 413, driver.TooLarge},
		"a body of no base64":   {"POST", "/append", `{"key":"k","expect":0,"body":"?"}`, nil, 400, driver.Invalid},
		"a lookup misspelt":     {"POST", "/append", `{"key":"k","expect":0,"body":"e30=","lookups":[{"name":"n","valeu":"v"}]}`, nil, 400, driver.Invalid},
		"no list of lookups":    {"POST", "/append", `{"key":"k","expect":0,"body":"e30=","lookups":{"name":"n"}}`, nil, 400, driver.Invalid},
		"lookups without end":   {"POST", "/append", `{"key":"k","expect":0,"body":"e30=","lookups":[` + strings.Repeat(`{},`, 5000) + `{}]}`, nil, 400, driver.Invalid},
		"no entry to prove":     {"POST", "/prove", `{}`, nil, 400, driver.Invalid},
		"an absent key":         {"POST", "/get", `{"key":"k"}`, nil, 404, driver.NotFound},
		"a foreign cursor":      {"POST", "/changes", `{"after":"x"}`, nil, 400, driver.CursorInvalid},
		"no names as hops":      {"GET", "/head", "", []string{protocol.HopsHeader, "a,,b"}, 400, driver.Invalid},
		"without end of hops":   {"GET", "/head", "", []string{protocol.HopsHeader, strings.Repeat("a,", 100) + "a"}, 400, driver.Invalid},
		"many hops":             {"GET", "/head", "", []string{protocol.HopsHeader, "a,b,c,d,e"}, 508, driver.Unavailable},
		"a circle":              {"GET", "/head", "", []string{protocol.HopsHeader, "a, us"}, 508, driver.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			answer := ask(t, h, c.method, c.path, c.text, c.header...)
			if answer.ResponseRecorder.Code != c.status || answer.Problem.Code != c.code {
				t.Errorf("%d %s, want %d %s: %s", answer.ResponseRecorder.Code, answer.Problem.Code, c.status, c.code, answer.Detail)
			}
			if kind := answer.Header().Get("Content-Type"); kind != protocol.ProblemType || answer.Problem.Status != c.status {
				t.Errorf("%s, status %d in the problem", kind, answer.Problem.Status)
			}
		})
	}
}

// TestAFaultIsToldByItsPlace: a vendor who writes a client reads this.
func TestAFaultIsToldByItsPlace(t *testing.T) {
	h := ledgerhttp.New(memory.New(memory.Options{}), ledgerhttp.Options{})
	answer := ask(t, h, "POST", "/find", `{"lookup":{"name":"lookup","valeu":"x"}}`)
	if !strings.Contains(answer.Detail, "valeu") {
		t.Errorf("%q does not name what is misspelt", answer.Detail)
	}
}

// failing is a ledger of which every read fails in one way.
type failing struct {
	driver.Ledger
	err error
}

func (f failing) Head(context.Context) (driver.Head, error) { return driver.Head{}, f.err }

// TestAnErrorsTextStaysHere: it may name hosts and people. What goes out is made from the code.
func TestAnErrorsTextStaysHere(t *testing.T) {
	cause := &driver.Error{Code: driver.Unavailable, RetryAfter: 1500 * time.Millisecond, Err: errors.New("dial db.internal: refused")}
	answer := ask(t, ledgerhttp.New(failing{memory.New(memory.Options{}), cause}, ledgerhttp.Options{}), "GET", "/head", "")
	if strings.Contains(answer.Body.String(), "internal") {
		t.Errorf("%s", answer.Body)
	}
	if answer.Header().Get("Retry-After") != "2" || answer.RetryAfterMillis != 1500 {
		t.Errorf("Retry-After %s, %d ms", answer.Header().Get("Retry-After"), answer.RetryAfterMillis)
	}
}

// odd is a ledger whose entries no JSON can hold.
type odd struct{ driver.Ledger }

func (odd) Get(context.Context, driver.Ref) (*driver.Entry, error) {
	return &driver.Entry{Key: "\xff", Version: 1}, nil
}

// TestWhatCannotBeWrittenIsNotAltered: a key that is not UTF-8 would arrive as another one.
func TestWhatCannotBeWrittenIsNotAltered(t *testing.T) {
	answer := ask(t, ledgerhttp.New(odd{memory.New(memory.Options{})}, ledgerhttp.Options{}), "POST", "/get", `{"key":"k"}`)
	if answer.Problem.Code != driver.Corrupt {
		t.Errorf("%d %s", answer.ResponseRecorder.Code, answer.Body)
	}
}

// late is a ledger that tells its URI only after it was asked for its head.
type late struct {
	driver.Ledger
	reached bool
}

func (l *late) Describe() driver.Description {
	d := l.Ledger.Describe()
	if !l.reached {
		d.URI = ""
	}
	return d
}

func (l *late) Head(ctx context.Context) (driver.Head, error) {
	l.reached = true
	return l.Ledger.Head(ctx)
}

func TestALedgerThatWasNotReachedIsAskedFirst(t *testing.T) {
	answer := ask(t, ledgerhttp.New(&late{Ledger: memory.New(memory.Options{})}, ledgerhttp.Options{}), "GET", "/describe", "")
	if answer.ResponseRecorder.Code != http.StatusOK || !strings.Contains(answer.Body.String(), `"uri":"urn:uuid:`) {
		t.Errorf("%s", answer.Body)
	}
	down := failing{&late{Ledger: memory.New(memory.Options{})}, driver.Errorf(driver.Unavailable, "down")}
	if answer := ask(t, ledgerhttp.New(down, ledgerhttp.Options{}), "GET", "/describe", ""); answer.Problem.Code != driver.Unavailable {
		t.Errorf("%s", answer.Body)
	}
}

func TestTheDocumentIsServed(t *testing.T) {
	answer := ask(t, ledgerhttp.New(memory.New(memory.Options{}), ledgerhttp.Options{}), "GET", "/openapi.json", "")
	if answer.ResponseRecorder.Code != http.StatusOK || !strings.Contains(answer.Body.String(), `"openapi": "3.1.0"`) {
		t.Errorf("%d %.80s", answer.ResponseRecorder.Code, answer.Body)
	}
}

func TestAGatewayHasAName(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a name that no header carries was taken")
		}
	}()
	ledgerhttp.New(memory.New(memory.Options{}), ledgerhttp.Options{Gateway: "a, b"})
}
