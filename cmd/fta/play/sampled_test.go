package play_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust/key"
)

func acme(t *testing.T) *translate.Mapping {
	t.Helper()
	kept := store.Memory()
	t.Cleanup(func() { _ = kept.Close() })
	keys, err := translate.NewKeys(make([]byte, 32), kept)
	if err != nil {
		t.Fatal(err)
	}
	m, err := translate.Load(os.DirFS("../../../examples/vendor-node"), "acme.yaml", translate.Options{Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// certificates is a ledger that was there before anybody thought of FTA, and takes its own documents only.
type certificates struct{ driver.Ledger }

func (c certificates) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	var d struct{ Doc, No string }
	if w.Key == "" || len(w.Body) <= c.Describe().MaxBody && (json.Unmarshal(w.Body, &d) != nil || d.Doc != "ACME-COO" || d.No != w.Key) {
		return nil, driver.Errorf(driver.Invalid, "no certificate")
	}
	return c.Ledger.Append(ctx, w)
}

// A ledger without records of ours is played at every level that it describes: its bodies are its mapping's examples.
func TestALedgerWithoutRecordsIsPlayedByTheExamplesOfItsMapping(t *testing.T) {
	s, err := key.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	h, end, err := play.Ledger{URL: "memory://certificates?testing=1", Mapping: acme(t), Signer: s}.Harness()
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	open := h.Open
	h.Open = func(ctx context.Context) (driver.Ledger, error) {
		l, err := open(ctx)
		return certificates{l}, err
	}
	h.Reopen = h.Open
	report := conformance.Test(t, h, conformance.Options{Seed: 3, Levels: []conformance.Level{conformance.LevelRead, conformance.LevelWrite, conformance.LevelStream}})
	if report.Summary.Pass < 50 {
		t.Errorf("%+v", report.Summary)
	}
}

// No two bodies are the same, and each is as large as was asked for.
func TestExamplesAreSpeltAnew(t *testing.T) {
	h, end, err := play.Ledger{URL: "memory:", Mapping: acme(t)}.Harness()
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	r := rand.New(rand.NewPCG(1, 2))
	one, other := h.NewBody(r, conformance.Body{Key: "A"}), h.NewBody(r, conformance.Body{Key: "A", Size: 5000})
	if bytes.Equal(one, other) || len(other) != 5000 || !json.Valid(one) || !json.Valid(other) {
		t.Errorf("%s\n%d bytes", one, len(other))
	}
}

// Whatever the key is, the body says that one, and is one that the mapping reads under it.
func TestExamplesSayTheKeyTheyAreWrittenUnder(t *testing.T) {
	m := acme(t)
	h, end, err := play.Ledger{URL: "memory:", Mapping: m}.Harness()
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	r := rand.New(rand.NewPCG(1, 2))
	for _, key := range []string{"ACME-9", "a \"quoted\" key", "ключ"} {
		body := h.NewBody(r, conformance.Body{Key: key, Size: 3000})
		d, err := m.DeriveBody(&driver.Entry{Body: body})
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Standing(d, key); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	if body := h.NewBody(r, conformance.Body{Key: "\xff"}); !json.Valid(body) {
		t.Errorf("%q", body)
	}
	if samples, _ := m.Samples(); !bytes.Contains(samples[0].Under("ACME-9"), []byte(`"no":"ACME-9"`)) || bytes.Contains(samples[0].Under("X"), []byte("ACME-9")) {
		t.Error("samples share what they say")
	}
}

// A mapping that has nothing to draw bodies from says so before anything is asked of the ledger.
func TestAMappingWithoutExamplesDrawsNothing(t *testing.T) {
	m, err := translate.Parse("bare.yaml", []byte("mapping: bare\nversion: 1\ntype: EntrySummary\nshape: [{model: /event, native: /s}]\n"), translate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = play.Ledger{URL: "memory:", Mapping: m}.Harness()
	if err == nil || !strings.Contains(err.Error(), "bare") {
		t.Errorf("%v", err)
	}
}
