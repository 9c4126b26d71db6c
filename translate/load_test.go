package translate_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate"
)

func load(t testing.TB, name string, o translate.Options) *translate.Mapping {
	t.Helper()
	m, err := translate.Load(os.DirFS("testdata"), name, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A signed record goes through a contract's own shape and comes back byte for byte: its proof still holds.
func TestARecordGoesThroughAForeignShapeAndBack(t *testing.T) {
	m, p := load(t, "contract.yaml", translate.Options{Policy: translate.Policy{Readers: translate.Public}}), sign(t)
	body, lookups, err := m.Body(p)
	if err != nil {
		t.Fatal(err)
	}
	back, err := m.Record(&driver.Entry{Body: body})
	if err != nil || !bytes.Equal(back.Bytes, p.Bytes) {
		t.Fatalf("came back as\n%v\n%v", back, err)
	}
	if len(lookups) != 2 {
		t.Errorf("lookups %v", lookups)
	}
}

func TestTheExamplesOfAMappingHoldItsLaws(t *testing.T) {
	r := translate.Test(load(t, "contract.yaml", translate.Options{}))
	if !r.OK() || len(r.Examples) != 1 {
		t.Error(r)
	}
}
