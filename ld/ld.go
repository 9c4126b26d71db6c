// Package ld turns bytes into JSON-LD objects and back into the exact bytes that are hashed and signed: strict parsing,
// JCS (RFC 8785) and RDFC-1.0 canonicalisation, digests. It knows JSON and RDF, and no document of this project.
//
// Everything here is deterministic and does no I/O, so that it can be used inside consensus: work is bounded by counts
// and never by time, and contexts come from the embedded set alone.
package ld

import (
	"encoding/json"
	"fmt"
)

// Object is a decoded JSON object. Its values are string, float64, bool, nil, []any and map[string]any, and nothing
// else: a Go int is not decoded JSON, and is refused where it would be hashed.
type Object = map[string]any

// ToObject turns any Go value that encodes to a JSON object into decoded JSON, under DefaultLimits.
func ToObject(v any) (Object, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encoding %T as JSON: %w", v, err)
	}
	return Parse(data, Limits{})
}
