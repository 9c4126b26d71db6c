package archive_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/ftagateway/ftagateway/evidence/internal/archive"
	"github.com/ftagateway/ftagateway/ld"
)

// leftover is what a process that was killed at some point of an upload of "x" leaves behind.
type leftover struct {
	content string // in incoming; empty: none
	item    int    // how many bytes of the description are in incoming; -1: all
	placed  bool   // the content has moved into place
	want    bool   // whether the item is there after Open
}

func (l leftover) make(t *testing.T, dir string, it archive.Item) {
	t.Helper()
	it.Digest, it.Size = ld.Sum([]byte("x")), 1
	item, err := json.Marshal(it)
	if err != nil {
		t.Fatal(err)
	}
	if l.item >= 0 {
		item = item[:l.item]
	}
	if len(item) > 0 {
		write(t, filepath.Join(dir, "incoming", "ABC.item"), string(item))
	}
	if l.content != "" {
		write(t, filepath.Join(dir, "incoming", "ABC.content"), l.content)
	}
	if l.placed {
		write(t, contentFile(dir, it), "x")
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestOpenClearsUpAfterAKilledProcess(t *testing.T) {
	for name, l := range map[string]leftover{
		"killed while writing the content":             {content: "half of it"},
		"killed while writing the description":         {content: "x", item: 30},
		"killed before anything moved":                 {content: "x", item: -1},
		"killed between the moves":                     {item: -1, placed: true, want: true},
		"killed before anything moved, content shared": {content: "x", item: -1, placed: true},
		"a description without content":                {item: -1},
		"half a description without content":           {item: 30},
	} {
		t.Run(name, func(t *testing.T) {
			dir, it := t.TempDir(), newItem()
			l.make(t, dir, it)
			a := open(t, dir)
			_, ok, err := a.Find(it.Collection, it.UUID)
			if err != nil || ok != l.want {
				t.Errorf("found %v, %v; want %v", ok, err, l.want)
			}
			if left, _ := os.ReadDir(filepath.Join(dir, "incoming")); len(left) != 0 {
				t.Errorf("%d files stayed in incoming", len(left))
			}
		})
	}
}

func TestOpenNeverFollowsADescriptionOutOfTheFolder(t *testing.T) {
	dir := t.TempDir()
	it := newItem()
	it.Collection = "../.."
	leftover{item: -1, placed: true}.make(t, dir, it)
	open(t, dir)
	if _, err := os.Stat(filepath.Join(dir, "..", it.UUID+".json")); err == nil {
		t.Error("a description was moved out of the folder")
	}
}
