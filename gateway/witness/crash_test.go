package witness_test

import (
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/adapters/store/killtest"
	"github.com/ftagateway/ftagateway/gateway/witness"
)

// crashDir tells a child process of this test where to keep its log until it is killed.
const crashDir = "WITNESS_CRASH_DIR"

// TestKilledWitnessForgetsNothing kills a witness in the middle of its work, three times over the same log. Each time all
// that it acknowledged is known, and the chain is whole.
func TestKilledWitnessForgetsNothing(t *testing.T) {
	dir := t.TempDir()
	killtest.Repeatedly(t, crashDir+"="+dir, []int{100, 150, 200}, func(acknowledged map[string]bool) {
		checkRemembered(t, dir, acknowledged)
	})
}

func checkRemembered(t *testing.T, dir string, acknowledged map[string]bool) {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	l := open(t, s.Sub("witness"), newClock())
	for id := range acknowledged {
		if known, err := l.Known(id); err != nil || len(known) != 1 {
			t.Fatalf("%s was acknowledged, and is known as %v, %v", id, known, err)
		}
	}
	text := export(t, l, "")
	if _, err := witness.VerifyExport(strings.NewReader(text), did(t, signer("gateway"))); err != nil {
		t.Fatal(err)
	}
}

// witnessUntilKilled is the child: several readers, each of new records, told on standard output once they are witnessed.
func witnessUntilKilled(dir string) {
	s, err := store.Open(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	l, err := witness.Open(s.Sub("witness"), time.Now)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	for range 4 {
		go witnessMuch(l)
	}
	select {}
}

func witnessMuch(l *witness.Log) {
	for range 20_000 {
		id := "urn:uuid:" + rand.Text()
		if _, err := l.See(named(id, shown(1, id))); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		fmt.Println(id)
	}
	os.Exit(2) // nobody killed it
}
