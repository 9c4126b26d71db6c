package rdfc_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	jsonld "github.com/piprate/json-gold/ld"
	"pgregory.net/rapid"

	"github.com/ftagateway/ftagateway/ld/internal/rdfc"
)

func iri(s string) rdfc.Term { return rdfc.Term{Kind: rdfc.IRI, Value: s} }
func blank(n int) rdfc.Term  { return rdfc.Term{Kind: rdfc.Blank, Value: fmt.Sprint("n", n)} }
func text(s string) rdfc.Term {
	return rdfc.Term{Kind: rdfc.Literal, Value: s, Datatype: rdfc.XSDString}
}
func quad(s rdfc.Term, p string, o rdfc.Term) rdfc.Quad {
	return rdfc.Quad{Subject: s, Predicate: iri(p), Object: o}
}

func TestCanonicalizeWritesCanonicalNQuads(t *testing.T) {
	for name, c := range map[string]struct {
		quads []rdfc.Quad
		want  string
	}{
		"nothing":     {nil, ""},
		"a statement": {[]rdfc.Quad{quad(iri("urn:s"), "urn:p", iri("urn:o"))}, "<urn:s> <urn:p> <urn:o> .\n"},
		"a repeated one": {[]rdfc.Quad{quad(iri("urn:s"), "urn:p", iri("urn:o")), quad(iri("urn:s"), "urn:p", iri("urn:o"))},
			"<urn:s> <urn:p> <urn:o> .\n"},
		"their order": {[]rdfc.Quad{quad(iri("urn:s"), "urn:q", iri("urn:o")), quad(iri("urn:s"), "urn:p", iri("urn:o"))},
			"<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:q> <urn:o> .\n"},
		"a graph": {[]rdfc.Quad{{Subject: blank(1), Predicate: iri("urn:p"), Object: iri("urn:o"), Graph: blank(2)}},
			"_:c14n1 <urn:p> <urn:o> _:c14n0 .\n"},
		"a typed literal": {[]rdfc.Quad{quad(iri("urn:s"), "urn:p", rdfc.Term{Kind: rdfc.Literal, Value: "1", Datatype: "urn:t"})},
			`<urn:s> <urn:p> "1"^^<urn:t> .` + "\n"},
		"a language": {[]rdfc.Quad{quad(iri("urn:s"), "urn:p",
			rdfc.Term{Kind: rdfc.Literal, Value: "x", Datatype: rdfc.RDFLangString, Language: "es-mx"})},
			`<urn:s> <urn:p> "x"@es-mx .` + "\n"},
		"escapes": {[]rdfc.Quad{quad(iri("urn:s"), "urn:p", text("\x00\b\t\n\v\f\r\x1f\"\\\x7f\u0080é"))},
			`<urn:s> <urn:p> "\u0000\b\t\n\u000B\f\r\u001F\"\\\u007F` + "\u0080é" + `" .` + "\n"},
		"a node that names itself": {[]rdfc.Quad{quad(blank(1), "urn:p", blank(1))}, "_:c14n0 <urn:p> _:c14n0 .\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := rdfc.Canonicalize(c.quads)
			if err != nil || string(got) != c.want {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

// dataset draws a small dataset with few names, so that blank nodes often look alike.
func dataset(t *rapid.T) []rdfc.Quad {
	node := rapid.OneOf(
		rapid.Map(rapid.IntRange(0, 5), blank),
		rapid.Map(rapid.SampledFrom([]string{"urn:a", "urn:b"}), iri))
	object := rapid.OneOf(node, rapid.Map(rapid.SampledFrom([]string{"x", "y\n\"\\"}), text))
	graph := rapid.OneOf(rapid.Just(rdfc.Term{}), rapid.Just(rdfc.Term{}), node)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) rdfc.Quad {
		return rdfc.Quad{Subject: node.Draw(t, "subject"), Predicate: iri(rapid.SampledFrom([]string{"urn:p", "urn:q"}).Draw(t, "predicate")),
			Object: object.Draw(t, "object"), Graph: graph.Draw(t, "graph")}
	}), 0, 12).Draw(t, "quads")
}

// relabelled answers the same dataset with its quads in another order and other labels.
func relabelled(quads []rdfc.Quad, seed uint64) []rdfc.Quad {
	random := rand.New(rand.NewPCG(seed, 0))
	labels := random.Perm(6)
	other := func(t rdfc.Term) rdfc.Term {
		if t.Kind == rdfc.Blank {
			t.Value = fmt.Sprint("m", labels[t.Value[1]-'0'])
		}
		return t
	}
	var out []rdfc.Quad
	for _, i := range random.Perm(len(quads)) {
		q := quads[i]
		out = append(out, rdfc.Quad{Subject: other(q.Subject), Predicate: q.Predicate, Object: other(q.Object), Graph: other(q.Graph)})
	}
	return out
}

func TestCanonicalizeIgnoresLabelsAndOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quads := dataset(t)
		want, errWant := rdfc.Canonicalize(quads)
		got, err := rdfc.Canonicalize(relabelled(quads, rapid.Uint64().Draw(t, "seed")))
		if (err == nil) != (errWant == nil) || string(got) != string(want) {
			t.Fatalf("got %v\n%swant %v\n%s", err, got, errWant, want)
		}
	})
}

// json-gold passes 62 of the 64 tests of the standard, and is an implementation by other hands. A statement that names
// one blank node twice is left out: json-gold counts it twice in that node's hash, jsonld.js and the standard do not.
func TestCanonicalizeAgreesWithJSONGold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quads := slices.DeleteFunc(dataset(t), namesOneTwice)
		got, err := rdfc.Canonicalize(quads)
		if err != nil {
			t.Skip("too symmetric")
		}
		if want := jsonGold(quads); string(got) != want {
			t.Fatalf("got\n%swant\n%s", got, want)
		}
	})
}

func namesOneTwice(q rdfc.Quad) bool {
	s, o, g := q.Subject, q.Object, q.Graph
	return s.Kind == rdfc.Blank && (s == o || s == g) || o.Kind == rdfc.Blank && o == g
}

func jsonGold(quads []rdfc.Quad) string {
	set := jsonld.NewRDFDataset()
	seen := map[rdfc.Quad]bool{}
	for _, q := range quads {
		if seen[q] {
			continue
		}
		seen[q] = true
		graph := "@default"
		if q.Graph.Kind != rdfc.None {
			graph = node(q.Graph).GetValue()
		}
		set.Graphs[graph] = append(set.Graphs[graph], jsonld.NewQuad(node(q.Subject), node(q.Predicate), node(q.Object), graph))
	}
	options := jsonld.NewJsonLdOptions("")
	options.Algorithm = jsonld.AlgorithmURDNA2015
	options.Format = "application/n-quads"
	out, err := jsonld.NewJsonLdApi().Normalize(set, options)
	if err != nil {
		panic(err)
	}
	return out.(string)
}

func node(t rdfc.Term) jsonld.Node {
	switch t.Kind {
	case rdfc.IRI:
		return jsonld.NewIRI(t.Value)
	case rdfc.Blank:
		return jsonld.NewBlankNode("_:" + t.Value)
	}
	return jsonld.NewLiteral(t.Value, t.Datatype, t.Language)
}

// ring, clique and chain are graphs whose nodes only their place tells apart, or nothing.
func ring(n int) (quads []rdfc.Quad) {
	for i := range n {
		quads = append(quads, quad(blank(i), "urn:next", blank((i+1)%n)))
	}
	return quads
}

func clique(n int) (quads []rdfc.Quad) {
	for i := range n {
		for j := range n {
			if i != j {
				quads = append(quads, quad(blank(i), "urn:knows", blank(j)))
			}
		}
	}
	return quads
}

func chain(n int) (quads []rdfc.Quad) {
	for i := range n {
		quads = append(quads, quad(blank(i), "urn:first", text("same")), quad(blank(i), "urn:rest", blank(i+1)))
	}
	return quads
}

func TestCanonicalizeStopsAtItsBound(t *testing.T) {
	for name, quads := range map[string][]rdfc.Quad{
		"a clique of 8": clique(8), "a clique of 100": clique(100),
		"a ring of 1000": ring(1000), "a chain of 1000": chain(1000),
		"too many statements": make([]rdfc.Quad, rdfc.MaxQuads+1),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := rdfc.Canonicalize(quads); !errors.Is(err, rdfc.ErrLimit) {
				t.Errorf("got %d bytes, %v", len(got), err)
			}
		})
	}
}

func TestCanonicalizeBearsWhatIsBelowItsBound(t *testing.T) {
	for name, quads := range map[string][]rdfc.Quad{"a clique of 5": clique(5), "a ring of 40": ring(40), "a chain of 40": chain(40)} {
		t.Run(name, func(t *testing.T) {
			got, err := rdfc.Canonicalize(quads)
			if err != nil || strings.Count(string(got), "\n") != len(quads) {
				t.Errorf("got %v\n%s", err, got)
			}
		})
	}
}
