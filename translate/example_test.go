package translate_test

import (
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/translate"
)

func ExampleParse() {
	m, err := translate.Parse("acme.yaml", []byte(`
mapping: acme-status
version: 1
type: EntrySummary
unmapped: ignore
key: id
shape:
  - {model: /event, native: /status, table: {file: FILED, accept: OK, reject: REFUSED}}
  - {model: /issued, native: /changed, format: {epoch: seconds}}
lacks: [/subject]
examples:
  - native: {status: OK, changed: 1795132800}
`), translate.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(translate.Test(m).OK())

	entry := &driver.Entry{Key: "urn:uuid:0d9c1c5e-95a4-4c9a-8b1f-6f2f1f3f9a01", Body: []byte(`{"status":"REFUSED","changed":1795132800}`)}
	d, err := m.Derive(entry, "urn:fabric:abc")
	if err != nil {
		panic(err)
	}
	fmt.Println(d.Event, d.Issued)

	entry.Body = []byte(`{"status":"LOST","changed":1795132800}`)
	_, err = m.Derive(entry, "urn:fabric:abc")
	fmt.Println(err)
	// Output:
	// true
	// reject 2026-11-20T00:00:00Z
	// /event "LOST": must be a code that has a row in the table (native /status) (mapping acme.yaml:8)
}

func ExampleParse_refused() {
	_, err := translate.Parse("acme.yaml", []byte(`mapping: acme-status
version: 1
type: EntrySummary
shape:
  - {model: /evnt, native: /status}
`), translate.Options{})
	fmt.Println(err)
	// Output:
	// acme.yaml:5: shape/0/model: path /evnt cannot exist in the model: there is no "evnt"; did you mean "event"?
}
