package store_test

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
)

// A child process of these tests is told by its environment where to write, and whether its disk is to fail.
const (
	crashDir     = "STORE_CRASH_DIR"
	crashDisk    = "STORE_CRASH_DISK"
	crashWriters = 4
	mostBatches  = 20_000
)

// TestKilledProcessLosesNothing kills a process that writes, at an arbitrary moment, three times over the same folder.
// Each time everything it acknowledged is there, and of every batch both halves or none.
func TestKilledProcessLosesNothing(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[string]bool{}
	for round := range 3 {
		before := len(acknowledged)
		killAfter(t, dir, 150+100*round, acknowledged)
		if len(acknowledged) == before {
			t.Fatal("nothing was acknowledged")
		}
		checkRecovered(t, dir, acknowledged)
	}
}

// killAfter starts a writing child, notes what it acknowledges, and kills it in the middle of its work.
func killAfter(t *testing.T, dir string, acks int, acknowledged map[string]bool) {
	t.Helper()
	child, out := startChild(t, crashDir+"="+dir)
	for n := 0; out.Scan(); n++ { // reads on after the kill: what was printed was acknowledged
		acknowledged[out.Text()] = true
		if n == acks {
			_ = child.Process.Kill()
		}
	}
	if err := child.Wait(); err == nil || child.ProcessState.ExitCode() != -1 {
		t.Fatalf("the child was not killed: %v", err)
	}
}

func startChild(t *testing.T, env ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), env...)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	return child, bufio.NewScanner(out)
}

// checkRecovered opens what the killed process left.
func checkRecovered(t *testing.T, dir string, acknowledged map[string]bool) {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, s)
	found := contents(t, s.Sub("batches"))
	for name := range acknowledged {
		if found["left/"+name] == "" {
			t.Fatalf("batch %s was acknowledged and is lost", name)
		}
	}
	for key, value := range found {
		half, name, _ := strings.Cut(key, "/")
		if other := map[string]string{"left": "right/", "right": "left/"}[half]; found[other+name] != value {
			t.Fatalf("batch %s is there by half", name)
		}
	}
}

func contents(t *testing.T, kv driver.KV) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pair := range pairs(t, kv, "", nil) {
		key, value, _ := strings.Cut(pair, "=")
		all[key] = value
	}
	return all
}

// writeUntilKilled is the child: several writers, each batch with two halves far apart, told on standard output once it
// is on disk.
func writeUntilKilled(s *store.Store) {
	for w := range crashWriters {
		go writeMuch(s.Sub("batches"), strconv.Itoa(w)+"-"+rand.Text())
	}
	select {}
}

func writeMuch(kv driver.KV, name string) {
	for n := range mostBatches {
		key, value := fmt.Sprint(name, "-", n), strings.Repeat(rand.Text(), 40)
		if err := kv.Apply(set("left/"+key, value), set("right/"+key, value)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		fmt.Println(key)
	}
	os.Exit(2) // nobody killed it
}
