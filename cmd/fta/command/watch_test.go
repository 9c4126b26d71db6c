package command_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
	"github.com/ftagateway/ftagateway/gateway"
)

// Everything is printed once, and nothing a second time from the cursor that was kept.
func TestWatchGoesOnWhereItWas(t *testing.T) {
	w := theWorld(t)
	file := filepath.Join(t.TempDir(), "cursor")
	first := ok(t, w.at("watch", "--after", "start", "--ledger", "trade", "--once", "--cursor", file)...)
	if !strings.Contains(first, w.entry(t, "usmca-entry").ID) {
		t.Errorf("the entry is not among\n%s", first)
	}
	if again := ok(t, w.at("watch", "--after", "start", "--ledger", "trade", "--once", "--cursor", file)...); again != "" {
		t.Errorf("printed again:\n%s", again)
	}
	if kept, err := os.ReadDir(filepath.Dir(file)); err != nil || len(kept) != 1 {
		t.Errorf("%v, %v: want the cursor's file alone", kept, err)
	}
}

// One at a time, each call goes on behind the event that the one before printed.
func TestWatchCounts(t *testing.T) {
	w := theWorld(t)
	file := filepath.Join(t.TempDir(), "cursor")
	all := lines(ok(t, w.at("watch", "--json", "--after", "start", "--ledger", "trade", "--once")...))
	for i, want := range all {
		got := ok(t, w.at("watch", "--json", "--after", "start", "--ledger", "trade", "--count", "1", "--cursor", file)...)
		if a, b := eventIn(t, got), eventIn(t, want); a.ID != b.ID || a.Version != b.Version {
			t.Errorf("event %d: %+v, want %+v", i, a, b)
		}
	}
	if len(all) < 3 {
		t.Errorf("%d events, want some", len(all))
	}
}

func lines(text string) []string { return strings.Split(strings.TrimSpace(text), "\n") }

func eventIn(t *testing.T, line string) (e gateway.Event) {
	t.Helper()
	if err := json.Unmarshal([]byte(line), &e); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
	return e
}

func TestWatchTellsWhatIsWrong(t *testing.T) {
	w := theWorld(t)
	run(t, w.at("watch", "--once", "--ledger", "nowhere")...).want(t, command.ExitUsage, "No such ledger")
	run(t, w.at("watch", "--once", "--after", "AAAA")...).want(t, command.ExitUsage, "cursor")
	other := `{"trade":"of another chain"}`
	r := run(t, w.at("watch", "--once", "--after", encoded(other))...)
	r.want(t, command.ExitUsage, "trade", "--anew trade")
	if got := ok(t, w.at("watch", "--once", "--ledger", "trade", "--after", encoded(other), "--anew", "trade")...); !strings.Contains(got, w.entry(t, "usmca-entry").ID) {
		t.Errorf("begun anew: %s", got)
	}
	run(t, "watch", "--once", "--gateway", "http://127.0.0.1:1").want(t, command.ExitUndetermined, "does not answer")
	run(t, w.at("watch", "--count", "-1")...).want(t, command.ExitUsage, "--count")
	run(t, w.at("watch", "--once", "--cursor", t.TempDir())...).want(t, command.ExitUsage)
}

// encoded is a cursor that says so.
func encoded(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// A gateway that is about to end answers at once, and whoever watches comes back after a while and not at once. What it says of a
// ledger that it did not ask is no news.
func TestWatchDoesNotHurryAGatewayThatEnds(t *testing.T) {
	var asked []time.Time
	states := []string{"absent", "unavailable", "notAsked", "notAsked", "unavailable", "absent"}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		state, event := states[min(len(asked), len(states)-1)], ""
		if asked = append(asked, time.Now()); len(asked) == len(states) {
			event = `{"id":"urn:uuid:1","ledger":"trade","version":1}`
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"events":[%s],"next":"same","sources":[{"ledger":"trade","state":%q,"error":"down"}]}`, event, state)
	}))
	defer server.Close()
	r := run(t, "watch", "--after", "same", "--count", "1", "--gateway", server.URL)
	r.want(t, command.ExitOK, "urn:uuid:1", "trade could not be asked: down", "trade can be asked again")
	if n := strings.Count(r.out+r.err, "could not be asked"); n != 1 {
		t.Errorf("told %d times that it could not be asked:\n%s", n, r.err)
	}
	for i := range asked[1:] {
		if pause := asked[i+1].Sub(asked[i]); pause < 400*time.Millisecond {
			t.Errorf("asked again after %s", pause)
		}
	}
}
