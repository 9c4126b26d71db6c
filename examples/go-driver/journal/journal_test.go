package journal_test

import (
	"os"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/trust/key"
)

func openAt(t *testing.T, path string) driver.Ledger {
	t.Helper()
	signer, err := key.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	l, err := driver.Open(t.Context(), "journal://"+path, driver.Env{Signer: signer})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// written gives a journal of one key with two versions, and closes it.
func written(t *testing.T) (path string) {
	t.Helper()
	path = t.TempDir() + "/journal"
	l := openAt(t, path)
	for i, body := range []string{"first", "second"} {
		if _, err := l.Append(t.Context(), &driver.Write{Key: "k", Expect: uint64(i), Body: []byte(body)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestALineThatACrashCutOffIsDropped(t *testing.T) {
	path := written(t)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data[:len(data)-10], 0o600); err != nil {
		t.Fatal(err)
	}
	l := openAt(t, path)
	e, err := l.Get(t.Context(), driver.Ref{Key: "k"})
	if err != nil || string(e.Body) != "first" {
		t.Fatalf("%v, %v; want the version whose line is whole", e, err)
	}
	if _, err := l.Append(t.Context(), &driver.Write{Key: "k", Expect: 1, Body: []byte("again")}); err != nil {
		t.Errorf("after the crash: %v", err)
	}
}

func TestAnAlteredLineIsCorrupt(t *testing.T) {
	path := written(t)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	altered := strings.Replace(string(data), `"version":2`, `"version":3`, 1)
	if err := os.WriteFile(path, []byte(altered), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = driver.Open(t.Context(), "journal://"+path, driver.Env{})
	if driver.CodeOf(err) != driver.Corrupt || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("%v; want %s, and the line", err, driver.Corrupt)
	}
}

func TestAJournalThatIsInUseIsAnOutage(t *testing.T) {
	path := written(t)
	first, second := openAt(t, path), openAt(t, path)
	_, err := second.Get(t.Context(), driver.Ref{Key: "k"})
	if driver.CodeOf(err) != driver.Unavailable {
		t.Errorf("%v; want %s", err, driver.Unavailable)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if e, err := second.Get(t.Context(), driver.Ref{Key: "k"}); err != nil || e.Version != 2 {
		t.Errorf("%v, %v; want version 2 as soon as the journal is free", e, err)
	}
}

func TestOpenRefusesAURLThatCannotWork(t *testing.T) {
	for _, url := range []string{"journal:", "journal://host/path", "journal:///path?testing=yes", "journal:///path?size=1"} {
		if _, err := driver.Open(t.Context(), url, driver.Env{}); driver.CodeOf(err) != driver.Invalid {
			t.Errorf("%s: %v; want %s", url, err, driver.Invalid)
		}
	}
}
