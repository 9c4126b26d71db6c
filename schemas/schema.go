// Package schemas holds everything about the shared model that is data: JSON-LD contexts, JSON Schemas (draft-07) and
// code lists. All of it is embedded, compiled once, and never fetched. It is the leaf of the import tree, and the only
// package that knows the JSON Schema engine.
package schemas

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"

	"github.com/xeipuuv/gojsonschema"
)

//go:embed json/*.json
var schemaFiles embed.FS

// common holds the definitions that the schemas share; it describes no document by itself.
const common = "Common"

// validated are the schemas that Validate knows: the document types and the record.
var validated = []string{"CertificateOfOrigin", "EntryDisposition", "EntrySummary", "Participant", "Record"}

// SchemaNames lists what Schema knows, sorted: the five that Validate takes, and Common, which they refer to.
func SchemaNames() []string {
	names := append([]string{common}, validated...)
	sort.Strings(names)
	return names
}

// Schema gives a JSON Schema as it is published under its $id.
func Schema(name string) ([]byte, bool) {
	for _, known := range SchemaNames() {
		if known == name {
			raw, err := schemaFiles.ReadFile("json/" + name + ".json")
			return raw, err == nil
		}
	}
	return nil, false
}

var compiled = sync.OnceValue(compileAll)

// compileAll panics when an embedded schema does not compile: the binary itself is wrong then.
func compileAll() map[string]*gojsonschema.Schema {
	all := make(map[string]*gojsonschema.Schema, 2*len(validated))
	for _, name := range validated {
		raw, _ := Schema(name)
		all[name] = mustCompile(name, raw)
		if name != "Record" {
			all[Subject(name)] = mustCompile(name, []byte(`{"$ref": "`+schemaBase+name+`#/properties/credentialSubject"}`), raw)
		}
	}
	return all
}

const schemaBase = "https://w3id.org/fta/schemas/"

// Subject names, for Validate, the schema of what a type of document says, without the credential around it.
func Subject(documentType string) string { return documentType + "#credentialSubject" }

func mustCompile(name string, raw []byte, others ...[]byte) *gojsonschema.Schema {
	s, err := compile(raw, others...)
	if err != nil {
		panic(fmt.Sprintf("schemas: %s.json: %v", name, err))
	}
	return s
}

// compile turns a schema into its validator, which may refer to the embedded Common, to others, and to nothing else.
func compile(raw []byte, others ...[]byte) (*gojsonschema.Schema, error) {
	shared, _ := Schema(common)
	loader := gojsonschema.NewSchemaLoader()
	loader.Draft = gojsonschema.Draft7
	loader.AutoDetect = false
	for _, other := range append(others, shared) {
		if err := loader.AddSchemas(offline{gojsonschema.NewBytesLoader(other)}); err != nil {
			return nil, fmt.Errorf("reading shared definitions: %w", err)
		}
	}
	return loader.Compile(offline{gojsonschema.NewBytesLoader(raw)})
}

// offline keeps the engine from what it does by default, which is to fetch a $ref that it does not know from the
// network or from a file.
type offline struct{ gojsonschema.JSONLoader }

var errOffline = errors.New("refers to a schema that is not embedded")

// LoaderFactory makes the loaders for whatever is not embedded; each of them refuses.
func (offline) LoaderFactory() gojsonschema.JSONLoaderFactory { return refusing{} }

type refusing struct{}

func (refusing) New(source string) gojsonschema.JSONLoader {
	return refused{JSONLoader: gojsonschema.NewReferenceLoader(source), source: source}
}

type refused struct {
	gojsonschema.JSONLoader
	source string
}

func (r refused) LoadJSON() (any, error) { return nil, fmt.Errorf("%q: %w", r.source, errOffline) }

// Validate holds decoded JSON against a schema (Record, a type of document, or the Subject of one) and gives every fault.
// Numbers may be float64 or json.Number. An unknown schema name is a fault of the whole document.
func Validate(schema string, doc any) Faults {
	s, ok := compiled()[schema]
	if !ok {
		return Faults{NewFault("", schema, "must be a type with a schema: "+strings.Join(validated, ", "), "")}
	}
	result, err := s.Validate(gojsonschema.NewRawLoader(withNumbers(doc)))
	if err != nil {
		return Faults{NewFault("", nil, "cannot be held against its schema: "+err.Error(), "")}
	}
	return faultsOf(result.Errors())
}

// withNumbers copies doc with its numbers as the engine wants them: it takes a float64 for no JSON type at all, and
// would let one pass where a string is due.
func withNumbers(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for k, item := range v {
			m[k] = withNumbers(item)
		}
		return m
	case []any:
		a := make([]any, len(v))
		for i, item := range v {
			a[i] = withNumbers(item)
		}
		return a
	case float64:
		b, _ := json.Marshal(v)
		return json.Number(b)
	}
	return v
}
