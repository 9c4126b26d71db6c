package command_test

import (
	"os"
	"slices"
	"testing"
)

func mkdir(t testing.TB, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// without takes a flag and its value out of a command line.
func without(line []string, flag string) []string {
	i := slices.Index(line, flag)
	return slices.Delete(slices.Clone(line), i, i+2)
}
