package schemas_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/schemas"
)

const ftaContext = "https://w3id.org/fta/v1"

// fromBase are members whose terms the contexts beside ours define.
var fromBase = []string{"@context", "credentialSubject", "proof", "name", "description", "cryptosuite", "created",
	"verificationMethod", "proofPurpose", "proofValue"}

// A member without a term would be left out of the RDF, and so out of the signature.
func TestEveryMemberHasATerm(t *testing.T) {
	terms := context(t)
	everySubschema(t, func(at string, s map[string]any) {
		members, _ := s["properties"].(map[string]any)
		for name := range members {
			if terms[name] == nil && !slices.Contains(fromBase, name) {
				t.Errorf("%s: member %s has no term", at, name)
			}
		}
	})
}

func TestEveryTermIsAMember(t *testing.T) {
	members := []string{"EntrySummary", "CertificateOfOrigin", "EntryDisposition", "Participant"}
	everySubschema(t, func(_ string, s map[string]any) {
		properties, _ := s["properties"].(map[string]any)
		for name := range properties {
			members = append(members, name)
		}
	})
	for term := range context(t) {
		if !strings.HasPrefix(term, "@") && !slices.Contains(members, term) {
			t.Errorf("term %s is no member of any document", term)
		}
	}
}

func TestContextCatchesNothingElse(t *testing.T) {
	terms := context(t)
	for _, keyword := range []string{"@vocab", "@base", "@import", "@propagate"} {
		if _, there := terms[keyword]; there {
			t.Errorf("the context has %s", keyword)
		}
	}
	if terms["@protected"] != true {
		t.Error("the context is not protected")
	}
}

// Two terms of one IRI could be exchanged under a signature.
func TestEveryTermHasAnIRIOfItsOwn(t *testing.T) {
	owner := map[string]string{}
	for term, def := range context(t) {
		iri := iriOf(def)
		if strings.HasPrefix(term, "@") {
			continue
		}
		if owner[iri] != "" {
			t.Errorf("%s and %s are both %s", term, owner[iri], iri)
		}
		owner[iri] = term
	}
}

// What is no text is typed, so that 7 and "7", or a date and a text, are not the same statement.
func TestDecimalsDatesAndInstantsAreTyped(t *testing.T) {
	want := map[string][]string{
		"decimal":  {"value", "adValorem"},
		"date":     {"summaryDate", "entryDate", "importDate", "exportDate", "signedOn", "decidedOn", "from", "to"},
		"dateTime": {"issued", "validFrom", "validUntil", "since"},
		"integer":  {"version", "number"},
		"boolean":  {"relatedParties", "netCost", "certification"},
	}
	terms := context(t)
	for datatype, names := range want {
		for _, name := range names {
			def, _ := terms[name].(map[string]any)
			if got := def["@type"]; got != "http://www.w3.org/2001/XMLSchema#"+datatype {
				t.Errorf("%s: %v, want %s", name, got, datatype)
			}
		}
	}
}

func TestVocabularyHasExactlyTheTermsOfTheContext(t *testing.T) {
	raw, _ := schemas.Context(ftaContext)
	used := regexp.MustCompile(`https://w3id\.org/fta#\w+`).FindAllString(string(raw), -1)
	defined := map[string]bool{}
	for _, d := range vocabulary(t) {
		defined[d.ID] = true
		if d.Comment == "" {
			t.Errorf("%s: has no comment", d.ID)
		}
		if d.Type != "owl:Ontology" && !slices.Contains(used, d.ID) {
			t.Errorf("%s: is no term of the context", d.ID)
		}
	}
	for _, iri := range used {
		if !defined[iri] {
			t.Errorf("%s: is not in the vocabulary", iri)
		}
	}
}

func TestVocabularyIsAlignedWithItsNeighbours(t *testing.T) {
	for _, neighbour := range []string{"https://w3id.org/traceability#", "https://schema.org/", "https://vocabulary.uncefact.org/"} {
		if !slices.ContainsFunc(vocabulary(t), func(d definition) bool {
			return slices.ContainsFunc(d.CloseMatch, func(iri string) bool { return strings.HasPrefix(iri, neighbour) })
		}) {
			t.Errorf("nothing is a close match of %s", neighbour)
		}
	}
}

// definition is what the vocabulary says of a term.
type definition struct {
	ID, Type, Comment string
	CloseMatch        []string
}

func vocabulary(t *testing.T) []definition {
	t.Helper()
	var doc struct {
		Graph []definition `json:"@graph"`
	}
	if err := json.Unmarshal(schemas.Vocabulary(), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Graph
}

func context(t *testing.T) map[string]any {
	t.Helper()
	raw, ok := schemas.Context(ftaContext)
	if !ok {
		t.Fatal("the context is not embedded")
	}
	var doc struct {
		Context map[string]any `json:"@context"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Context
}

func iriOf(def any) string {
	if d, ok := def.(map[string]any); ok {
		iri, _ := d["@id"].(string)
		return iri
	}
	iri, _ := def.(string)
	return iri
}
