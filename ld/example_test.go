package ld_test

import (
	"fmt"

	"github.com/ftagateway/ftagateway/ld"
)

func Example() {
	record, err := ld.Parse([]byte(`{"version": 1, "type": "EntrySummary", "event": "file"}`), ld.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	canonical, err := ld.JCS(record)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(canonical))
	fmt.Println(ld.Sum(canonical))
	// Output:
	// {"event":"file","type":"EntrySummary","version":1}
	// uEiBn0PUUcB78Tt-IHbztkLMAOEtFoPE3qjqShuELvZ1mRg
}

// Two members of one name, and a number that no double holds: both are named, with their places.
func ExampleParse_faults() {
	_, err := ld.Parse([]byte(`{"entry": {"line": 1, "line": 2}, "weight": 1e999}`), ld.Limits{})
	fmt.Println(err)
	// Output:
	// /entry/line "line": must be the only member of its name (RFC 7493 (I-JSON) §2.3)
}

// RDF says what a document means: the order of members and of values, and their white space, make no difference.
func ExampleRDFC() {
	document, err := ld.Parse([]byte(`{
		"@context": "https://w3id.org/webledger/v1", "id": "urn:example:block", "type": "WebLedgerEventBlock",
		"blockHeight": 2, "eventHash": ["zQmB", "zQmA"]
	}`), ld.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	canonical, err := ld.RDFC(document)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(string(canonical))
	// Output:
	// <urn:example:block> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/webledger#WebLedgerEventBlock> .
	// <urn:example:block> <https://w3id.org/webledger#blockHeight> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .
	// <urn:example:block> <https://w3id.org/webledger#eventHash> "zQmA" .
	// <urn:example:block> <https://w3id.org/webledger#eventHash> "zQmB" .
}
