package fabric_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// listen takes a port, and gives its number.
func listen(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// without makes a folder with the programs that the scripts call, but for one.
func without(t *testing.T, missing string) string {
	dir := t.TempDir()
	for _, program := range []string{"bash", "env", "dirname", "mkdir", "cat", "ls", "go", "ps", "awk", "sed", "tar", "gzip"} {
		path, err := exec.LookPath(program)
		if err != nil {
			t.Skipf("%s is not here either: %v", program, err)
		}
		if program != missing {
			if err := os.Symlink(path, filepath.Join(dir, program)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}
