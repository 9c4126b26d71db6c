package translate

import (
	"github.com/ftagateway/ftagateway/translate/format"
	"github.com/ftagateway/ftagateway/translate/shape"
)

// FileKeys are the keys of mapping files by where they stand, in the order in which they are told: what a reference has to explain.
type FileKeys struct {
	File, Find, Pair, Case, When, Condition, Example, Formats []string
}

// Reference lists every key that a mapping file may hold. docs/mappings.md is held against it.
func Reference() FileKeys {
	return FileKeys{File: topKeys, Find: findKeys, Pair: shape.PairKeys(), Case: shape.CaseKeys, When: []string{"model", "native"},
		Condition: shape.ConditionKeys, Example: exampleKeys, Formats: append(format.Names(), "key")}
}
