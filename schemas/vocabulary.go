package schemas

import _ "embed"

//go:embed vocabulary/fta.jsonld
var vocabulary []byte

// Vocabulary gives the document that the terms of the context https://w3id.org/fta/v1 lead to (https://w3id.org/fta):
// each class and property with what it means and, by skos:closeMatch, its neighbours in W3C CCG traceability, schema.org
// and UN/CEFACT. It is JSON-LD, for readers and mappings; no signature depends on it.
func Vocabulary() []byte { return append([]byte(nil), vocabulary...) }
