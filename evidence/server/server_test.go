package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/ld"
)

func TestMain(m *testing.M) {
	runChild()
	goleak.VerifyTestMain(m)
}

func TestEvidenceIsKeptAndGiven(t *testing.T) {
	h := evidencetest.Open(t, nil)
	answer := h.Ask(h.Upload("a certificate"))
	var kept evidence.Kept
	if err := json.Unmarshal([]byte(answer.Body), &kept); err != nil || answer.Status != http.StatusCreated {
		t.Fatalf("answered %d %s: %v", answer.Status, answer.Body, err)
	}
	uuid, err := evidence.ParseID(kept.ID)
	if err != nil || kept.Digest != ld.Sum([]byte("a certificate")) || kept.MediaType != "text/plain" {
		t.Errorf("kept %+v: %v", kept, err)
	}
	if want := "/evidence/" + h.Collection + "/" + uuid; answer.Header.Get("Location") != want {
		t.Errorf("Location %q, want %q", answer.Header.Get("Location"), want)
	}

	got := h.Ask(h.Read(kept.ID))
	if got.Status != http.StatusOK || got.Body != "a certificate" || got.Header.Get("Content-Type") != "text/plain" {
		t.Errorf("answered %d %s %q", got.Status, got.Header.Get("Content-Type"), got.Body)
	}
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment", "Content-Length": "13",
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, got.Header.Get(name), want)
		}
	}
}

func TestEvidenceSurvivesARestart(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep("a certificate")
	h.Restart()
	if got := h.Ask(h.Read(kept.ID)); got.Status != http.StatusOK || got.Body != "a certificate" {
		t.Errorf("answered %d %q", got.Status, got.Body)
	}
}

func TestAnEmptyFileIsEvidenceToo(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept := h.Keep("")
	if got := h.Ask(h.Read(kept.ID)); got.Status != http.StatusOK || got.Body != "" {
		t.Errorf("answered %d %q", got.Status, got.Body)
	}
}

// An upload that is sent again, by a client that heard no answer or by somebody who overheard it, is the same upload.
func TestAReplayedUploadIsKeptOnce(t *testing.T) {
	h := evidencetest.Open(t, nil)
	req := h.New(h.Upload("a certificate"))
	first := h.Send(req)
	for name, reorder := range map[string]func(string) string{
		"as it was": func(s string) string { return s },
		"with its parameters in another order": func(s string) string {
			params := strings.Split(strings.TrimPrefix(s, "Signature "), ",")
			return "Signature " + strings.Join(append(params[1:], params[0]), ",")
		},
	} {
		again := h.New(h.Upload("a certificate"))
		again.Header = req.Header.Clone()
		again.Header.Set("Authorization", reorder(req.Header.Get("Authorization")))
		if got := h.Send(again); got.Status != http.StatusCreated || got.Body != first.Body {
			t.Errorf("%s: answered %d %s, want what the first was answered, %s", name, got.Status, got.Body, first.Body)
		}
	}
	h.Clock.Advance(second) // another signature
	if other := h.Keep("a certificate"); strings.Contains(first.Body, other.ID) {
		t.Error("another upload of the same bytes got the same id")
	}
}

func TestMediaTypesThatNoRecordNamesAreNotKept(t *testing.T) {
	h := evidencetest.Open(t, nil)
	for _, media := range []string{"text/html", "text/plain; charset=utf-8", "image/svg+xml"} {
		up := h.Upload("<script>")
		up.MediaType = media
		if got := h.Ask(up); got.Status != http.StatusUnsupportedMediaType || !strings.Contains(got.Body, "problems/media-type") {
			t.Errorf("%s: answered %d %s", media, got.Status, got.Body)
		}
	}
	if n := len(h.Accesses()); n != 0 {
		t.Errorf("%d uploads are in the access log", n)
	}
}

func TestHealthNeedsNoCapability(t *testing.T) {
	h := evidencetest.Open(t, nil)
	if got := h.Ask(evidencetest.Request{Path: "/healthz"}); got.Status != http.StatusOK || got.Body != `{"status":"ok"}` {
		t.Errorf("answered %d %s", got.Status, got.Body)
	}
}

func TestConfigurationThatCannotWork(t *testing.T) {
	owner := evidencetest.NewParty(t).DID
	for name, cfg := range map[string]server.Config{
		"no base URL":          {RootController: owner},
		"another scheme":       {RootController: owner, BaseURL: "ftp://evidence.example"},
		"a path":               {RootController: owner, BaseURL: "https://evidence.example/x"},
		"a final slash":        {RootController: owner, BaseURL: "https://evidence.example/"},
		"a user":               {RootController: owner, BaseURL: "https://u@evidence.example"},
		"a port that goes off": {RootController: owner, BaseURL: "https://evidence.example:443"},
		"no controller":        {BaseURL: "https://evidence.example"},
		"no key":               {BaseURL: "https://evidence.example", RootController: "did:web:evidence.example"},
	} {
		cfg.Dir = t.TempDir()
		if s, err := server.Open(cfg); err == nil {
			t.Errorf("%s: opened", name)
			evidencetest.Must(t, s.Close())
		}
	}
}

func TestASecondServerOnTheSameFolderIsRefused(t *testing.T) {
	h := evidencetest.Open(t, nil)
	if _, err := server.Open(h.Config); err == nil {
		t.Error("two servers have one folder")
	}
}
