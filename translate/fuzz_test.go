package translate_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate"
)

// Whatever a mapping file holds: no panic, and one that is taken can be tried and described.
func FuzzLoad(f *testing.F) {
	for _, name := range []string{"testdata/contract.yaml", "testdata/status.yaml", "published/usmca.yaml"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(status("{model: /reason, native: /why}", "unmapped: ignore\n"))
	f.Add(status("cases: [{when: {model: {at: /event, is: file}, native: {at: /a, present: true}}, shape: []}, {shape: []}]", ""))
	f.Add([]byte("{mapping: x, shape: [&a [*a]]}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := translate.Parse("fuzz.yaml", data, translate.Options{Policy: public})
		if err != nil {
			return
		}
		again, err := translate.Parse("fuzz.yaml", data, translate.Options{})
		if err != nil || again.Digest() != m.Digest() {
			t.Errorf("taken, and then: %v", err)
		}
		_ = translate.Test(again).String()
		translate.Diff(m)
		_, _ = m.Record(&driver.Entry{Key: "k", Body: []byte(`{"step":"file","at":1}`)})
	})
}

// Whatever bytes come through mappings: no panic, and what is read is written, and read as the same again.
func FuzzRecordThroughMapping(f *testing.F) {
	contract := load(f, "contract.yaml", translate.Options{})
	p := sign(f)
	body, _, err := contract.Body(p)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add(bytes.Replace(body, []byte(`"kind":1`), []byte(`"kind":9`), 1))
	f.Add(sample(f, "usmca-blanket.json"))
	f.Add([]byte(`{"docType":"entry","status":"FILED","certificates":[{"key":"C","version":"1"}]}`))
	usmca := published(f, "usmca", translate.Options{Keys: keys(f, newStore())})
	entries := load(f, "status.yaml", translate.Options{Keys: keys(f, newStore())})
	f.Fuzz(func(t *testing.T, body []byte) {
		if got, err := contract.Record(&driver.Entry{Body: body}); err == nil {
			written, _, err := contract.Body(got)
			if err != nil {
				t.Fatalf("read, and not written: %v", err)
			}
			if back, err := contract.Record(&driver.Entry{Body: written}); err != nil || !bytes.Equal(back.Bytes, got.Bytes) {
				t.Fatalf("came back otherwise: %v", err)
			}
		}
		for _, m := range []*translate.Mapping{usmca, entries} {
			d, err := m.Derive(&driver.Entry{Key: "k", Body: body}, "urn:fabric:abc")
			if err != nil {
				continue
			}
			if _, _, err := m.Render(d); err != nil {
				t.Fatalf("%s: derived, and not written: %v", m.Name(), err)
			}
		}
	})
}
