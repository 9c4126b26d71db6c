package store_test

import (
	"crypto/rand"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/adapters/store/killtest"
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
	killtest.Repeatedly(t, crashDir+"="+dir, []int{150, 250, 350}, func(acknowledged map[string]bool) {
		checkRecovered(t, dir, acknowledged)
	})
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
