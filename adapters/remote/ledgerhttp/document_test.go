package ledgerhttp_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/adapters/remote/ledgerhttp"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

const guide = "../../../docs/ledger-protocol.md"

// exchange is one request of the guide, and the answer that it says comes.
type exchange struct {
	method, path, request string
	status                string
	answer                string
}

var block = regexp.MustCompile("(?s)```http\n(GET|POST) /(\\S+)\n\n?(.*?)\n?(HTTP/1.1 \\d+)[^\n]*\n(.*?)\n\n(.*?)\n```")

// TestTheGuidesExchangesAreTrue plays the guide's requests, in their order, against a chain that begins empty: each
// answer has the status and the members that the guide shows. Where a text differs from the guide's, such as a cursor,
// later requests are made with the real one.
func TestTheGuidesExchangesAreTrue(t *testing.T) {
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	h := documented(t, ledgerhttp.New(memory.New(memory.Options{ForTesting: true, MaxBody: 65536, PageSize: 50}), ledgerhttp.Options{}))
	real := map[string]string{}
	all := block.FindAllStringSubmatch(string(text), -1)
	if len(all) < 9 {
		t.Fatalf("%d exchanges", len(all))
	}
	for _, m := range all {
		e := exchange{m[1], m[2], m[3], strings.TrimPrefix(m[4], "HTTP/1.1 "), m[6]}
		t.Run(e.path, func(t *testing.T) { e.play(t, h, real) })
	}
}

func (e exchange) play(t *testing.T, h http.Handler, real map[string]string) {
	for _, shown := range slices.Sorted(maps.Keys(real)) {
		e.request = strings.ReplaceAll(e.request, `"`+shown+`"`, `"`+real[shown]+`"`)
	}
	r := httptest.NewRequestWithContext(t.Context(), e.method, "/"+e.path, strings.NewReader(e.request))
	if e.method == http.MethodPost {
		r.Header.Set("Content-Type", protocol.MediaType)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if got := fmt.Sprint(w.Code); got != e.status {
		t.Fatalf("%s, the guide says %s: %s", got, e.status, w.Body)
	}
	var shown, got any
	if err := json.Unmarshal([]byte(e.answer), &shown); err != nil {
		t.Fatalf("the guide's answer is not JSON: %v", err)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	compare(t, e.path, shown, got, real)
}

// compare holds the members of an answer against the guide's, and notes the texts that differ.
func compare(t *testing.T, at string, shown, got any, real map[string]string) {
	switch shown := shown.(type) {
	case map[string]any:
		got, _ := got.(map[string]any)
		for name := range got {
			if _, ok := shown[name]; !ok {
				t.Errorf("%s/%s: comes, and the guide does not show it", at, name)
			}
		}
		for name, value := range shown {
			compare(t, at+"/"+name, value, got[name], real)
		}
	case []any:
		got, _ := got.([]any)
		if len(shown) != len(got) {
			t.Fatalf("%s: %d items, the guide shows %d", at, len(got), len(shown))
		}
		for i := range shown {
			compare(t, fmt.Sprintf("%s/%d", at, i), shown[i], got[i], real)
		}
	case string:
		text, ok := got.(string)
		if !ok {
			t.Errorf("%s: %v, the guide shows a text", at, got)
		}
		real[shown] = text
	default:
		if shown != got && !strings.HasSuffix(at, "height") {
			t.Errorf("%s: %v, the guide shows %v", at, got, shown)
		}
	}
}

// TestTheGuideListsEveryCode with its status, and no other.
func TestTheGuideListsEveryCode(t *testing.T) {
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]string{}
	row := regexp.MustCompile("^\\| `([a-z-]+)` \\| (\\d+) \\|")
	for lines := bufio.NewScanner(strings.NewReader(string(text))); lines.Scan(); {
		if m := row.FindStringSubmatch(lines.Text()); m != nil {
			listed[m[1]] = m[2]
		}
	}
	for _, code := range []driver.Code{driver.NotFound, driver.Conflict, driver.Invalid, driver.PermissionDenied,
		driver.Unavailable, driver.ResourceExhausted, driver.DeadlineExceeded, driver.Canceled, driver.OutcomeUnknown,
		driver.NotReady, driver.CursorInvalid, driver.TooLarge, driver.Pruned, driver.Unsupported, driver.Corrupt, driver.Unknown} {
		p := protocol.ProblemOf(&driver.Error{Code: code, RetryAfter: time.Second})
		if listed[string(code)] != fmt.Sprint(p.Status) {
			t.Errorf("%s: the guide says %q, and it is %d", code, listed[string(code)], p.Status)
		}
		delete(listed, string(code))
	}
	if len(listed) > 0 {
		t.Errorf("the guide lists %v, which there are not", listed)
	}
}
