package ld_test

import (
	"encoding/json"
	"fmt"
	"testing"

	jsonld "github.com/piprate/json-gold/ld"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// embedded loads the contexts for json-gold as it comes.
type embedded struct{}

func (embedded) LoadDocument(url string) (*jsonld.RemoteDocument, error) {
	data, ok := schemas.Context(url)
	if !ok {
		return nil, fmt.Errorf("no context %s", url)
	}
	var doc any
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	return &jsonld.RemoteDocument{DocumentURL: url, Document: doc}, nil
}

// jsonGold canonicalises as json-gold alone does, in its safe mode.
func jsonGold(t *testing.T, doc ld.Object) string {
	t.Helper()
	options := jsonld.NewJsonLdOptions("")
	options.Algorithm = jsonld.AlgorithmURDNA2015
	options.Format = "application/n-quads"
	options.DocumentLoader = embedded{}
	options.SafeMode = true
	out, err := jsonld.NewJsonLdProcessor().Normalize(doc, options)
	if err != nil {
		t.Fatal(err)
	}
	return out.(string)
}

// trap is a pair of documents that say two things, and that json-gold alone canonicalises alike: a signature over one
// would be one over the other.
type trap struct{ one, other string }

var traps = map[string]trap{
	"an array in a JSON literal": {
		`{"@context":"https://w3id.org/webledger/v1","type":"CreateWebLedgerRecord","record":["pay",1]}`,
		`{"@context":"https://w3id.org/webledger/v1","type":"CreateWebLedgerRecord","record":["pay",1000]}`,
	},
	"a string in a JSON literal": {
		`{"@context":"https://w3id.org/webledger/v1","type":"CreateWebLedgerRecord","record":"one"}`,
		`{"@context":"https://w3id.org/webledger/v1","type":"CreateWebLedgerRecord","record":"other"}`,
	},
	"a null in a JSON literal": {
		`{"@context":"https://w3id.org/webledger/v1","type":"CreateWebLedgerRecord","record":null}`,
		`{"@context":"https://w3id.org/webledger/v1","type":"CreateWebLedgerRecord","record":[]}`,
	},
	"an IRI that json-gold takes for malformed": {
		`{"@context":"https://w3id.org/zcap/v1","id":"urn:x:1","expires":"x","controller":"http://-/"}`,
		`{"@context":"https://w3id.org/zcap/v1","id":"urn:x:1","expires":"x","controller":"http://-/other"}`,
	},
}

func TestRDFCTellsApartWhatJSONGoldDoesNot(t *testing.T) {
	for name, trap := range traps {
		t.Run(name, func(t *testing.T) {
			one, other := mustParse(t, trap.one), mustParse(t, trap.other)
			if jsonGold(t, one) != jsonGold(t, other) {
				t.Error("json-gold alone tells them apart by now: the trap is gone")
			}
			a, errA := ld.RDFC(one)
			b, errB := ld.RDFC(other)
			if errA != nil || errB != nil || string(a) == string(b) {
				t.Errorf("got\n%s%s%v %v", a, b, errA, errB)
			}
		})
	}
}

// escapes are documents of which json-gold drops, or writes down, something that jsonld.js refuses.
var escapes = map[string]trap{
	"a type that is relative": {
		`{"@context":"https://w3id.org/zcap/v1","id":"urn:x:1","expires":"x","type":"Nope"}`,
		"<urn:x:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <Nope> .\n" +
			`<urn:x:1> <https://w3id.org/security#expiration> "x"^^<http://www.w3.org/2001/XMLSchema#dateTime> .` + "\n",
	},
	"an id that is relative": {
		`{"@context":"https://w3id.org/zcap/v1","id":"urn:x:1","expires":"x","controller":"somebody"}`,
		`<urn:x:1> <https://w3id.org/security#expiration> "x"^^<http://www.w3.org/2001/XMLSchema#dateTime> .` + "\n",
	},
}

func TestRDFCRefusesRelativeIRIsThatJSONGoldLetsPass(t *testing.T) {
	for name, c := range escapes {
		t.Run(name, func(t *testing.T) {
			doc := mustParse(t, c.one)
			if got := jsonGold(t, doc); got != c.other {
				t.Errorf("json-gold alone answers something else by now:\n%s", got)
			}
			if got, err := ld.RDFC(doc); err == nil {
				t.Errorf("got %s", got)
			}
		})
	}
}
