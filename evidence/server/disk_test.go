package server_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/accesslog"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/ld"
)

func refOf(id, content string) evidence.Ref {
	return evidence.Ref{ID: id, Digest: ld.Sum([]byte(content)), MediaType: "text/plain"}
}

// logged collects what the server logs.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func openLogged(t *testing.T) (*evidencetest.House, *logged) {
	t.Helper()
	l := &logged{}
	return evidencetest.Open(t, func(c *server.Config) { c.Log = slog.New(slog.NewTextHandler(l, nil)) }), l
}

// onDisk is the file that holds a piece of evidence.
func onDisk(h *evidencetest.House, kept evidence.Kept) string {
	name := fmt.Sprintf("%x", kept.Digest[:])
	return filepath.Join(h.Config.Dir, "evidence", "content", name[:2], name)
}

func TestEvidenceThatWasAlteredOnDiskIsGivenAsItIsAndLogged(t *testing.T) {
	h, log := openLogged(t)
	kept := h.Keep("40 units")
	evidencetest.Must(t, os.WriteFile(onDisk(h, kept), []byte("90 units"), 0o600))
	if got := h.Ask(h.Read(kept.ID)); got.Status != http.StatusOK || got.Body != "90 units" {
		t.Errorf("answered %d %q", got.Status, got.Body)
	}
	accesses := h.Accesses()
	last := accesses[len(accesses)-1]
	if last.Outcome != accesslog.Altered || last.Expected != kept.Digest.String() || last.Digest != ld.Sum([]byte("90 units")).String() {
		t.Errorf("the access log has %+v", last)
	}
	if !strings.Contains(log.String(), "level=ERROR") || !strings.Contains(log.String(), kept.ID) {
		t.Errorf("the log says only %s", log)
	}
}

func TestEvidenceThatTheDiskLostIsAnErrorForItsReaderAlone(t *testing.T) {
	h, log := openLogged(t)
	kept := h.Keep("a certificate")
	evidencetest.Must(t, os.Remove(onDisk(h, kept)))
	got := h.Ask(h.Read(kept.ID))
	assertStatus(t, got, http.StatusInternalServerError)
	if !strings.Contains(got.Body, "evidence-corrupt") || !strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("answered %s, and logged %s", got.Body, log)
	}
	for _, c := range readsRefused {
		assertRefused(t, h.Send(c.make(t, h, h.Read(kept.ID))))
	}
}

func TestAStoreThatFailsIsNoRefusalAndTellsStrangersNothing(t *testing.T) {
	h := evidencetest.Open(t, nil)
	stores := server.CountReads(h.Server)
	kept := h.Keep("a certificate")
	anonymous := h.Read(kept.ID)
	anonymous.Capability = nil

	stores.Fail(nil, errors.New("disk"))
	assertStatus(t, h.Ask(h.Read(kept.ID)), http.StatusServiceUnavailable)
	assertRefused(t, h.Ask(anonymous))

	stores.Fail(errors.New("disk"), nil)
	assertStatus(t, h.Ask(h.Read(kept.ID)), http.StatusServiceUnavailable)
	assertStatus(t, h.Ask(h.Upload("x")), http.StatusServiceUnavailable)
	assertStatus(t, h.Ask(revocationOf(t, h, h.Reading, h.Filer)), http.StatusServiceUnavailable)
	assertStatus(t, h.Ask(anonymous), http.StatusServiceUnavailable) // the same for all, whatever is there
}

func TestTheAccessLogSaysWhoTookWhat(t *testing.T) {
	h, log := openLogged(t)
	kept := h.Keep("a certificate of a company")
	h.Ask(h.Read(kept.ID))
	absent := h.Read(kept.ID)
	absent.Path = evidence.Target("", h.Collection) + "/" + uuid.NewString()
	h.Ask(absent)
	anonymous := h.Read(kept.ID)
	anonymous.Capability = nil
	h.Ask(anonymous)

	var got []accesslog.Entry
	for _, e := range h.Accesses() {
		if e.Time.IsZero() {
			t.Errorf("no time in %+v", e)
		}
		got = append(got, accesslog.Entry{Action: e.Action, Outcome: e.Outcome, Invoker: e.Invoker, Chain: e.Chain,
			Collection: e.Collection, Evidence: e.Evidence, Digest: e.Digest})
	}
	want := []accesslog.Entry{
		{Action: "write", Outcome: accesslog.Kept, Invoker: h.Filer.DID, Chain: h.Filing.Chain(),
			Collection: h.Collection, Evidence: kept.ID, Digest: kept.Digest.String()},
		{Action: "read", Outcome: accesslog.Given, Invoker: h.Customs.DID, Chain: h.Reading.Chain(),
			Collection: h.Collection, Evidence: kept.ID, Digest: kept.Digest.String()},
		{Action: "read", Outcome: accesslog.Refused, Invoker: h.Customs.DID, Chain: h.Reading.Chain(),
			Collection: h.Collection, Evidence: "urn:uuid:" + filepath.Base(absent.Path)},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the access log has\n%+v, want\n%+v", got, want)
	}
	file, err := os.ReadFile(server.AccessLog(h.Config.Dir))
	evidencetest.Must(t, err)
	if strings.Contains(string(file)+log.String(), "company") {
		t.Error("a log holds content")
	}
}

func TestNothingIsGivenOutThatCannotBeLogged(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep("a certificate")
	server.BreakLog(t, h.Server)
	assertStatus(t, h.Ask(h.Read(kept.ID)), http.StatusServiceUnavailable)
	assertStatus(t, h.Ask(h.Upload("x")), http.StatusServiceUnavailable)
	assertStatus(t, h.Ask(evidencetest.Request{Path: "/healthz"}), http.StatusServiceUnavailable)
}
