package durable_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/evidence/internal/durable"
)

func TestCreateIsForItsOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if err := durable.Create(path, []byte("x")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want 0600", info.Mode().Perm())
	}
}

func TestCreateNeverOverwrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if err := durable.Create(path, []byte("first")); err != nil {
		t.Fatal(err)
	}
	if err := durable.Create(path, []byte("second")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v, want that the file exists", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "first" {
		t.Errorf("the file has %q, want what was there first", got)
	}
}

func TestMoveMakesTheFolderAndReplaces(t *testing.T) {
	dir := t.TempDir()
	to := filepath.Join(dir, "one", "two", "file")
	for _, content := range []string{"first", "second"} {
		from := filepath.Join(dir, "part")
		if err := durable.Create(from, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if err := durable.Move(from, to); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(to); string(got) != content {
			t.Errorf("the file has %q, want %q", got, content)
		}
	}
}

func TestMakeDirByManyAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b", "c")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := durable.MakeDir(dir); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("folder %v, %v; want one with mode 0700", info, err)
	}
}

func TestErrorsAreTold(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := durable.Create(file, nil); err != nil {
		t.Fatal(err)
	}
	below := filepath.Join(file, "below") // a file is no folder
	for name, err := range map[string]error{
		"create":     durable.Create(below, nil),
		"make":       durable.MakeDir(below),
		"move":       durable.Move(file, below),
		"move what?": durable.Move(filepath.Join(dir, "absent"), filepath.Join(dir, "to")),
		"sync":       durable.SyncDir(filepath.Join(dir, "absent")),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
