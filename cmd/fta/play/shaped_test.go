package play_test

import (
	"context"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/cmd/fta/play"
	"github.com/ftagateway/ftagateway/conformance"
	"github.com/ftagateway/ftagateway/translate"
	"github.com/ftagateway/ftagateway/trust/key"
)

// shaped is a ledger that takes nothing but its own shape, as a chaincode or contract does.
type shapedLedger struct {
	driver.Ledger
	mapping *translate.Mapping
}

func (s shapedLedger) Append(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
	if _, err := s.mapping.ID(w.Key); err != nil {
		return nil, driver.Errorf(driver.Invalid, "key: %w", err)
	}
	if len(w.Body) > s.Describe().MaxBody {
		return nil, driver.Errorf(driver.TooLarge, "%d bytes", len(w.Body))
	}
	if _, err := s.mapping.Record(&driver.Entry{Key: w.Key, Body: w.Body}); err != nil {
		return nil, driver.Errorf(driver.Invalid, "body: %w", err)
	}
	return s.Ledger.Append(ctx, w)
}

// contract is a mapping for a ledger that knows numbers, bytes32 and lists, and neither JSON-LD nor ids with colons.
func contract(t *testing.T) *translate.Mapping {
	t.Helper()
	m, err := translate.Load(os.DirFS("../../../translate/testdata"), "contract.yaml", translate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A ledger that takes only its own shape is played at every level: keys and bodies are drawn by its mapping.
func TestALedgerOfItsOwnShapeIsPlayedByItsMapping(t *testing.T) {
	m := contract(t)
	s, err := key.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	h, end, err := play.Ledger{URL: "memory://shaped?testing=1", Mapping: m, Signer: s}.Harness()
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	open := h.Open
	h.Open = func(ctx context.Context) (driver.Ledger, error) {
		l, err := open(ctx)
		return shapedLedger{l, m}, err
	}
	h.Reopen = h.Open
	report := conformance.Test(t, h, conformance.Options{Seed: 3, Levels: []conformance.Level{conformance.LevelRead, conformance.LevelWrite, conformance.LevelStream}})
	if report.Summary.Pass < 50 {
		t.Errorf("%+v", report.Summary)
	}
}

// A ledger that takes any bytes is not a judge of the bodies: they are read by the mapping itself, whatever their size.
func TestBodiesAreInTheMappingsShape(t *testing.T) {
	m := contract(t)
	h, end, err := play.Ledger{URL: "memory://shaped?testing=1", Mapping: m}.Harness()
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	r := rand.New(rand.NewPCG(1, 2))
	key := h.NewKey(r)
	lookup := driver.Lookup{Name: "lookup", Value: "u" + strings.Repeat("A", 43)}
	for _, size := range []int{0, 4096, 60_000} {
		body := h.NewBody(r, conformance.Body{Key: key, Size: size, Lookups: []driver.Lookup{lookup}})
		p, err := m.Record(&driver.Entry{Key: key, Body: body})
		if err != nil {
			t.Fatal(err)
		}
		if id, err := m.ID(key); err != nil || p.ID != id || len(p.Lookups) != 1 || p.Lookups[0] != lookup.Value {
			t.Errorf("key %s: %+v, %v", key, p.Record, err)
		}
		if size > 0 && len(body) != size {
			t.Errorf("%d bytes, asked for %d", len(body), size)
		}
	}
}

// What writes nothing draws nothing: it is refused before the ledger is asked.
func TestAMappingThatWritesNothingIsRefused(t *testing.T) {
	data, err := os.ReadFile("../../../translate/testdata/contract.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(string(data), "\nexamples:")
	m, err := translate.Parse("contract.yaml", []byte(text+"\ndirection: read\n"), translate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := (play.Ledger{URL: "memory://x", Mapping: m}).Harness(); err == nil || !strings.Contains(err.Error(), m.Name()) {
		t.Errorf("%v", err)
	}
}
