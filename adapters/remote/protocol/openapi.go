package protocol

import (
	"bytes"
	_ "embed" // the document
)

//go:embed openapi.json
var openAPI []byte

// OpenAPI gives the protocol's OpenAPI 3.1 document. The copy is the caller's.
func OpenAPI() []byte { return bytes.Clone(openAPI) }
