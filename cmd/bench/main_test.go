package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// What is passed over is CometBFT's, see the test of closing in adapters/webledger/node, and go-ethereum's cache of senders,
// which has no end; and toxiproxy's slicer, which does not notice that its connection has ended.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/Shopify/toxiproxy/v2/toxics.(*SlicerToxic).Pipe"),
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"),
		goleak.IgnoreAnyFunction("github.com/cometbft/cometbft/libs/autofile.(*AutoFile).closeFileRoutine"),
		goleak.IgnoreAnyFunction("github.com/cometbft/cometbft/libs/autofile.OpenAutoFile.func1"),
		goleak.IgnoreAnyFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"))
}

func TestEveryPartMeasuresWhatIsRight(t *testing.T) {
	if testing.Short() {
		t.Skip("two nodes, an evidence server and a gateway")
	}
	file := filepath.Join(t.TempDir(), "benchmarks.md")
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-quick", "-rounds", "1", "-out", file}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, work := range []string{"read with verdict", "over HTTP", "first read", "from a contract", "fetched by capability", "entry file", "operation committed", "Fabric",
		"cached read", "black-holed", "open breaker", "Web Ledger of 1000 records", "resident"} {
		if !strings.Contains(out.String(), work) {
			t.Errorf("no row of %q in\n%s", work, &out)
		}
	}
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{strings.TrimSpace(out.String()), "cometbft v", "go1."} {
		if !strings.Contains(string(page), part) {
			t.Errorf("the page does not say %q:\n%s", part, page)
		}
	}
}

func TestOptionsThatCannotBeAreNamed(t *testing.T) {
	for flags, want := range map[string]string{
		"-rounds 0": "-rounds 0: must be at least 1", "-only [": "missing closing ]", "-unheard-of": "unheard-of",
	} {
		err := run(context.Background(), strings.Fields(flags), io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", flags, err, want)
		}
	}
}
