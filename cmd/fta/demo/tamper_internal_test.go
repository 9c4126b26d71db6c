package demo

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is altered is altered once, however often a run is killed before it could note that; the length stays.
func TestAlter(t *testing.T) {
	d := &Demo{Options: Options{Data: t.TempDir()}}
	dir := d.path("evidence")
	file := filepath.Join(dir, "content", "ab", "abcd")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(`{"description":"spruce"}`), 0o400); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := d.alter(dir, "spruce", "walnut"); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != `{"description":"walnut"}` {
			t.Fatalf("%s, %v", got, err)
		}
	}
	if err := d.alter(dir, "maple", "birch"); err == nil || !strings.Contains(err.Error(), "maple") {
		t.Errorf("what is not there: %v", err)
	}
}
