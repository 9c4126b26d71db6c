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
	for _, name := range []string{"testdata/contract.yaml", "testdata/status.yaml", "published/usmca.yaml", "published/entry-3461.yaml",
		"published/entry-summary-7501.yaml", "../examples/vendor-node/acme.yaml"} {
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

// meetings are mappings with bodies that they read.
func meetings(t testing.TB) (all [][2][]byte) {
	t.Helper()
	usmca, err := os.ReadFile("published/usmca.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all = [][2][]byte{
		{usmca, sample(t, "usmca-blanket.json")},
		{[]byte(head + "  - {model: /event, native: /s}\n  - {native: /no, required: true}\nkeyAt: /no\nlacks: [/subject]\n"), []byte(`{"s":"file","no":"k"}`)},
		{status("{model: /subject/remarks, native: /at2, format: {base64: url}}", lacking("")), []byte(`{"step":"file","at2":"YQ"}`)},
		{status("{model: /reason, native: /why}", ""), []byte(`{"step":"file","at":1795132800,"why":["004"]}`)},
		{[]byte(head + "  - {model: /links, native: /l, each: [{model: /id, native: /i}, {model: /rel, const: entry}, {native: /c, const: xxxxxxxx}]}\n"),
			[]byte(`{"l":[{"i":"` + id + `","c":"xxxxxxxx"}]}`)},
	}
	for _, name := range []string{"entry-summary-7501", "entry-3461"} {
		file, err := os.ReadFile("published/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, [2][]byte{file, sample(t, name+".json")})
	}
	return all
}

// meet reads a body by a mapping and writes it again. read is false where either is refused.
func meet(t testing.TB, file, body []byte) (written []byte, read bool) {
	t.Helper()
	m, err := translate.Parse("fuzz.yaml", file, translate.Options{Keys: keys(t, newStore())})
	if err != nil || !m.Derives() {
		return nil, false
	}
	d, err := m.Derive(&driver.Entry{Key: "k", Body: body}, "urn:fabric:abc")
	if err != nil {
		return nil, false
	}
	written, _, err = m.Render(d)
	return written, err == nil
}

// The fuzz target begins where there is something to find: each of its seeds is read and written.
func TestMappingsMeetTheirBodies(t *testing.T) {
	for i, s := range meetings(t) {
		if written, read := meet(t, s[0], s[1]); !read || len(written) == 0 {
			t.Errorf("seed %d is refused", i)
		}
	}
}

// Whatever mapping meets whatever body: it ends, and what it makes is bounded by what both of them are.
func FuzzAnyMappingOnAnyBody(f *testing.F) {
	for _, s := range meetings(f) {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, file, body []byte) {
		written, read := meet(t, file, body)
		// A pair writes at most once for each item that was read, and parts are written out to a bound.
		if most := 64 * (len(body) + 1) * (len(file) + 1); read && len(written) > most {
			t.Errorf("%d bytes of a mapping of %d and a body of %d", len(written), len(file), len(body))
		}
	})
}
