package accesslog_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/evidence/accesslog"
)

func entry(n int) accesslog.Entry {
	return accesslog.Entry{
		Time: time.Date(2026, 11, 20, 14, 0, n, 0, time.UTC), Action: "read", Outcome: accesslog.Given,
		Invoker: "did:key:z6MkCustoms", Chain: []string{"urn:zcap:root:x", "urn:uuid:y"}, Evidence: fmt.Sprint("urn:uuid:", n),
	}
}

func open(t *testing.T, path string) *accesslog.Log {
	t.Helper()
	l, err := accesslog.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func read(t *testing.T, path string) (all []accesslog.Entry) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	err = accesslog.Read(bytes.NewReader(data), func(e accesslog.Entry) bool {
		all = append(all, e)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEntriesAreReadBackInOrderAcrossReopening(t *testing.T) {
	path := filepath.Join(t.TempDir(), "folder", "access.ndjson")
	l := open(t, path)
	if err := l.Append(entry(1)); err != nil {
		t.Fatal(err)
	}
	if err := l.Note(entry(2)); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := open(t, path).Append(entry(3)); err != nil {
		t.Fatal(err)
	}
	if got, want := read(t, path), []accesslog.Entry{entry(1), entry(2), entry(3)}; !reflect.DeepEqual(got, want) {
		t.Errorf("read %v, want %v", got, want)
	}
}

func TestALineWrittenByHalvesIsCutOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), "access.ndjson")
	if err := open(t, path).Append(entry(1)); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"time":"2026-11-`); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); len(got) != 1 {
		t.Errorf("a reader met %d entries before the repair, want 1", len(got))
	}
	if err := open(t, path).Append(entry(2)); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); len(got) != 2 || got[1].Evidence != "urn:uuid:2" {
		t.Errorf("read %v, want both whole entries", got)
	}
}

func TestAFileThatIsNoLogIsNotCut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "something")
	if err := os.WriteFile(path, bytes.Repeat([]byte("x"), 100<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := accesslog.Open(path); err == nil {
		t.Fatal("a file without lines was opened as a log")
	}
	if info, _ := os.Stat(path); info.Size() != 100<<10 {
		t.Errorf("it was shortened to %d bytes", info.Size())
	}
}

func TestManyAppendAtOnceAndNothingIsLost(t *testing.T) {
	path := filepath.Join(t.TempDir(), "access.ndjson")
	l := open(t, path)
	var all sync.WaitGroup
	for n := range 50 {
		all.Go(func() {
			if err := l.Append(entry(n)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for _, e := range read(t, path) {
		seen[e.Evidence] = true
	}
	if len(seen) != 50 {
		t.Errorf("%d different entries, want 50", len(seen))
	}
}

func TestAClosedLogTakesNothing(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "access.ndjson"))
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := l.Append(entry(1)); err == nil {
		t.Error("an entry was promised after Close")
	}
}

func TestAnEntryThatCouldNotBeReadBackIsRefusedAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "access.ndjson")
	l := open(t, path)
	long := entry(1)
	long.Chain = []string{strings.Repeat("x", 64<<10)}
	if err := l.Append(long); err == nil {
		t.Error("a line longer than a reader takes was written")
	}
	if err := l.Append(entry(2)); err != nil {
		t.Errorf("the next entry: %v", err)
	}
	if got := read(t, path); len(got) != 1 {
		t.Errorf("%d entries, want 1", len(got))
	}
}

func TestReadStopsAndNamesTheLine(t *testing.T) {
	log := "{\"action\":\"read\"}\n{\"action\":\"write\"}\nnot json\n"
	var seen int
	err := accesslog.Read(strings.NewReader(log), func(accesslog.Entry) bool { seen++; return true })
	if err == nil || !strings.Contains(err.Error(), "line 3") || seen != 2 {
		t.Errorf("%d entries, then %v; want 2 and line 3 named", seen, err)
	}
	seen = 0
	if err := accesslog.Read(strings.NewReader(log), func(accesslog.Entry) bool { seen++; return false }); err != nil || seen != 1 {
		t.Errorf("after the reader said no: %d entries, %v", seen, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("{\"action\":\"read\"}\n")
	f.Add("{}\n{\"time\":1}\n")
	f.Add("\n\n")
	f.Add("{\"chain\":[\"")
	f.Fuzz(func(t *testing.T, log string) {
		lines := 0
		err := accesslog.Read(strings.NewReader(log), func(accesslog.Entry) bool { lines++; return true })
		if whole := strings.Count(log, "\n"); lines > whole || err == nil && lines != whole {
			t.Errorf("%d entries and error %v from %d whole lines", lines, err, whole)
		}
	})
}
