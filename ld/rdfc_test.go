package ld_test

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// vector is a document with what jsonld.js makes of it; testdata/npm makes them.
type vector struct {
	Name     string
	Document json.RawMessage
	NQuads   string
	Refused  string // why jsonld.js refuses it, in its words
}

func loadVectors(t testing.TB) []vector {
	t.Helper()
	data, err := os.ReadFile("testdata/rdfc.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []vector
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func mustParse(t testing.TB, text string) ld.Object {
	t.Helper()
	doc, err := ld.Parse([]byte(text), ld.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestRDFCAnswersWhatJsonldJsAnswers(t *testing.T) {
	for _, v := range loadVectors(t) {
		t.Run(v.Name, func(t *testing.T) {
			got, err := ld.RDFC(mustParse(t, string(v.Document)))
			switch {
			case v.Refused != "" && err == nil:
				t.Errorf("jsonld.js refuses it (%s); got\n%s", v.Refused, got)
			case v.Refused == "" && err != nil:
				t.Error(err)
			case string(got) != v.NQuads:
				t.Errorf("got\n%swant\n%s", got, v.NQuads)
			}
		})
	}
}

func TestRDFCLeavesItsDocumentAlone(t *testing.T) {
	for _, v := range loadVectors(t) {
		doc := mustParse(t, string(v.Document))
		_, _ = ld.RDFC(doc)
		if want := mustParse(t, string(v.Document)); !reflect.DeepEqual(doc, want) {
			t.Errorf("%s: became %v", v.Name, doc)
		}
	}
}

// The contexts are processed once and shared; the race detector sees whether they are also left alone.
func TestRDFCIsSafeForConcurrentUse(t *testing.T) {
	all := loadVectors(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, v := range all {
				got, err := ld.RDFC(mustParse(t, string(v.Document)))
				if err == nil && string(got) != v.NQuads {
					t.Errorf("%s: got\n%s", v.Name, got)
				}
			}
		})
	}
	wg.Wait()
}

const zcap = `"@context":"https://w3id.org/zcap/v1","id":"urn:x:1"`

// What would be dropped, rounded or read in another way elsewhere is a fault, with the place where it stands.
func TestRDFCRefusesWhatWouldEscapeASignature(t *testing.T) {
	for name, c := range map[string]struct{ doc, pointer string }{
		"an undefined member":              {`{` + zcap + `,"expires":"x","foo":1}`, "/foo"},
		"an undefined member inside":       {`{` + zcap + `,"caveat":[{"type":"urn:t"},{"foo":1}]}`, "/caveat/1/foo"},
		"a null":                           {`{` + zcap + `,"expires":"x","caveat":null}`, "/caveat"},
		"a null in a list":                 {`{` + zcap + `,"allowedAction":["read",null]}`, "/allowedAction/1"},
		"a relative type":                  {`{` + zcap + `,"type":["urn:y","Nope"]}`, "/type/1"},
		"a relative id":                    {`{` + zcap + `,"controller":"somebody"}`, "/controller"},
		"a relative datatype":              {`{` + zcap + `,"urn:p":{"@value":"x","@type":"number"}}`, ""},
		"a blank predicate":                {`{` + zcap + `,"_:p":"x"}`, ""},
		"an IRI with a space":              {`{` + zcap + `,"controller":"urn:a b"}`, "/controller"},
		"an IRI with a quote":              {`{` + zcap + `,"controller":"urn:a\"b"}`, "/controller"},
		"a language that is none":          {`{` + zcap + `,"urn:p":{"@value":"x","@language":"e n"}}`, "/urn:p/@language"},
		"a number of 17 digits":            {`{` + zcap + `,"urn:p":0.30000000000000004}`, "/urn:p"},
		"a number halfway between two":     {`{` + zcap + `,"urn:p":2251799813685248.5}`, "/urn:p"},
		"a number jsonld.js takes for 0":   {`{` + zcap + `,"urn:p":1e-7}`, "/urn:p"},
		"a graph that is only named":       {`{` + zcap + `,"expires":"x","proof":"urn:x:2"}`, "/proof"},
		"nothing but a name":               {`{` + zcap + `}`, ""},
		"nothing but an empty array":       {`{` + zcap + `,"caveat":[]}`, ""},
		"nothing at all":                   {`{}`, ""},
		"an id that is a number":           {`{"@context":"https://w3id.org/zcap/v1","id":5,"expires":"x"}`, ""},
		"a type that is a number":          {`{` + zcap + `,"type":5}`, ""},
		"a value with a language and type": {`{` + zcap + `,"urn:p":{"@value":"x","@language":"en","@type":"urn:t"}}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ld.RDFC(mustParse(t, c.doc))
			var faults schemas.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("got %q, %v; want faults", got, err)
			}
			if faults[0].Pointer != c.pointer || faults[0].Rule == "" {
				t.Errorf("got %+v, want a rule at %q", faults[0], c.pointer)
			}
		})
	}
}

func TestRDFCNamesAllUndefinedMembersAtOnce(t *testing.T) {
	_, err := ld.RDFC(mustParse(t, `{`+zcap+`,"b":1,"a":null,"caveat":{"c":2}}`))
	var faults schemas.Faults
	if !errors.As(err, &faults) || len(faults) != 4 {
		t.Errorf("got %v, want four faults", err)
	}
}

// What says nothing about the document, only about what is known here, is told apart from what is wrong with it.
func TestRDFCTellsWhatItCannotRead(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		want error
	}{
		"an unknown context":         {`{"@context":["https://w3id.org/zcap/v1","https://unknown.example/"],"id":"urn:x:1"}`, ld.ErrUnknownContext},
		"an unknown context inside":  {`{` + zcap + `,"caveat":{"@context":"https://unknown.example/"}}`, ld.ErrUnknownContext},
		"a context spelled inline":   {`{"@context":[{"x":"urn:x"}],"x":1}`, ld.ErrUnknownContext},
		"an inline context inside":   {`{` + zcap + `,"caveat":{"@context":{"expires":null},"expires":"x"}}`, ld.ErrUnknownContext},
		"a URL in another spelling":  {`{"@context":"HTTPS://w3id.org/zcap/v1","id":"urn:x:1"}`, ld.ErrUnknownContext},
		"too many contexts":          {`{"@context":[` + strings.Repeat(`"https://w3id.org/zcap/v1",`, 20) + `"https://w3id.org/zcap/v1"],"expires":"x"}`, ld.ErrUnknownContext},
		"a context that is null":     {`{` + zcap + `,"caveat":{"@context":null,"urn:p":"x"}}`, ld.ErrUnsupported},
		"a graph":                    {`{` + zcap + `,"@graph":[{"expires":"x"}]}`, ld.ErrUnsupported},
		"an index":                   {`{` + zcap + `,"urn:p":{"@value":"x","@index":"dropped"}}`, ld.ErrUnsupported},
		"a direction":                {`{` + zcap + `,"urn:p":{"@value":"x","@direction":"rtl"}}`, ld.ErrUnsupported},
		"a reverse property":         {`{` + zcap + `,"@reverse":{"urn:p":{"id":"urn:x:2"}}}`, ld.ErrUnsupported},
		"an array in an array":       {`{` + zcap + `,"urn:p":{"@list":[["a"]]}}`, ld.ErrUnsupported},
		"a double written as a text": {`{` + zcap + `,"urn:p":{"@value":"5","@type":"http://www.w3.org/2001/XMLSchema#double"}}`, ld.ErrUnsupported},
		// json-gold loses the graph that the term's values stand in
		"a term with container and context": {`{"@context":"https://www.w3.org/ns/credentials/v2","type":"VerifiablePresentation",
			"verifiableCredential":{"type":"VerifiableCredential"}}`, ld.ErrUnsupported},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ld.RDFC(mustParse(t, c.doc))
			if !errors.Is(err, c.want) {
				t.Errorf("got %q, %v; want %v", got, err, c.want)
			}
		})
	}
}

func TestRDFCRefusesGoValuesThatAreNoDecodedJSON(t *testing.T) {
	for name, v := range map[string]any{"an int": 5, "a number": json.Number("5"), "a list of strings": []string{"x"}} {
		t.Run(name, func(t *testing.T) {
			if got, err := ld.RDFC(ld.Object{"@context": "https://w3id.org/zcap/v1", "expires": v}); err == nil {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestKnownContexts(t *testing.T) {
	for text, want := range map[string]bool{
		`{}`: true,
		`{"@context":"https://w3id.org/zcap/v1"}`:   true,
		`{"@context":["https://w3id.org/zcap/v1"]}`: true,
		`{"@context":["https://w3id.org/zcap/v2"]}`: false,
		`{"@context":{"x":"urn:x"}}`:                false,
		`{"@context":[null]}`:                       false,
		`{"@context":5}`:                            false,
	} {
		if err := ld.KnownContexts(mustParse(t, text)); (err == nil) != want || err != nil && !errors.Is(err, ld.ErrUnknownContext) {
			t.Errorf("%s: got %v", text, err)
		}
	}
}
