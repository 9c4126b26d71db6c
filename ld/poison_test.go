package ld_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
)

// clique is a document whose nodes each name every other: nothing tells them apart, and canonicalisation would try
// every order of them.
func clique(size int) ld.Object {
	var nodes []any
	for i := range size {
		var others []any
		for j := range size {
			if j != i {
				others = append(others, ld.Object{"@id": fmt.Sprintf("_:n%d", j)})
			}
		}
		nodes = append(nodes, ld.Object{"@id": fmt.Sprintf("_:n%d", i), "urn:knows": others})
	}
	return ld.Object{"@context": "https://w3id.org/zcap/v1", "id": "urn:x:1", "urn:all": nodes}
}

func TestRDFCRefusesAPoisonGraph(t *testing.T) {
	for _, size := range []int{8, 12, 60} {
		if got, err := ld.RDFC(clique(size)); !errors.Is(err, ld.ErrUnsupported) {
			t.Errorf("%d nodes: got %d bytes, %v", size, len(got), err)
		}
	}
}

// The bound is a count: what passes, passes on every machine, and so does what does not.
func TestRDFCBearsSomeSymmetry(t *testing.T) {
	if _, err := ld.RDFC(clique(4)); err != nil {
		t.Error(err)
	}
}

// summary is a document of many lines, each with parts that look like those of every other line.
func summary(lines int) ld.Object {
	var list []any
	for i := range lines {
		list = append(list, ld.Object{
			"urn:number": float64(i + 1), "urn:hts": "8471.30.0100",
			"urn:quantity": []any{
				ld.Object{"urn:value": "1", "urn:unit": "NO"}, ld.Object{"urn:value": "1.5", "urn:unit": "KG"},
			},
			"urn:value": ld.Object{"urn:amount": "100.00", "urn:currency": "USD"},
		})
	}
	return ld.Object{"@context": "https://w3id.org/zcap/v1", "id": "urn:x:1", "urn:lines": list}
}

func TestRDFCBearsTheLargestSummary(t *testing.T) {
	if _, err := ld.RDFC(summary(999)); err != nil {
		t.Error(err)
	}
}

// Each use of a term that brings a context costs time, whatever the rest of the document looks like.
func TestRDFCRefusesTooManyScopedContexts(t *testing.T) {
	types := make([]any, 10_000)
	for i := range types {
		types[i] = "VerifiableCredential"
	}
	doc := ld.Object{"@context": "https://www.w3.org/ns/credentials/v2", "id": "urn:x:1", "type": types}
	if got, err := ld.RDFC(doc); !errors.Is(err, ld.ErrUnsupported) {
		t.Errorf("got %s, %v", got, err)
	}
}
