package serving_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/trust/key"
)

const statusMapping = "mapping: status\nversion: 1\ntype: EntrySummary\nshape:\n  - {model: /event, native: /status, table: {file: FILED}}\n"

// A mirror that is given the ledger's secret gives the same ids, and knows the keys of those that the other has read.
func TestAMirrorSharesTheSecret(t *testing.T) {
	signer, err := key.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	const chain = "memory://serving-mirror"
	writer, err := driver.Open(t.Context(), chain, driver.Env{Signer: signer})
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	if _, err := writer.Append(t.Context(), &driver.Write{Key: "E-1", Body: []byte(`{"status":"FILED"}`)}); err != nil {
		t.Fatal(err)
	}
	c, dir := settings(t), t.TempDir()
	write(t, dir, "status.yaml", statusMapping)
	write(t, dir, "shared.secret", strings.Repeat("s", 32))
	l := config.Ledger{URL: chain, Mapping: filepath.Join(dir, "status.yaml"), Secret: filepath.Join(dir, "shared.secret")}
	mirror, stranger := l, l
	mirror.Mirror, stranger.Secret = true, ""
	c.Ledgers = map[string]config.Ledger{"a": l, "b": mirror, "c": stranger}
	g, _ := open(t, c)

	batch, err := g.Members[0].Changes(t.Context(), "", 0, 0)
	if err != nil || len(batch.Readings) != 1 {
		t.Fatalf("%+v, %v", batch, err)
	}
	id := batch.Readings[0].ID
	if r, err := g.Members[1].Read(t.Context(), id, 0); err != nil || r.Says.Event != "file" {
		t.Errorf("the mirror: %+v, %v", r, err)
	}
	if _, err := g.Members[2].Read(t.Context(), id, 0); driver.CodeOf(err) != driver.Unsupported {
		t.Errorf("a secret of its own: %v, want that the id is not known", err)
	}
}
