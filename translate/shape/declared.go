package shape

import (
	"github.com/ftagateway/ftagateway/translate/format"
	"github.com/ftagateway/ftagateway/translate/source"
)

// PairKeys are what a pair may hold.
var PairKeys = source.Keys{
	{Name: "model", Takes: "a path of the model", Says: "Where the value stands in the model.",
		Examples: []string{`{model: /event, native: /status}`}},
	{Name: "native", Takes: "a path of the ledger's shape",
		Says:     "Where it stands in an entry's body. Without model, the value is kept beside what is derived, and written again.",
		Examples: []string{`{native: /memo}`}},
	{Name: "const", Takes: "any value", Says: "A value that never changes, on one side: written one way, held against what stands there the other way.",
		Examples: []string{`{native: /docType, const: entry}`, `{model: /subject/agreement, const: USMCA}`}},
	{Name: "format", Takes: "a format, see below", Says: "How the ledger spells the value.",
		Examples: []string{`{model: /issued, native: /changed, format: {epoch: seconds}}`}},
	{Name: "table", Takes: "codes of the model, each with the ledger's; or the name of a table",
		Says:     "Codes, one-to-one. A code without a row is an error and never passed on.",
		Examples: []string{`{model: /event, native: /status, table: {file: FILED, reject: 9, accept: true}}`}},
	{Name: "each", Takes: "pairs", Says: "Pairs for each item of two lists, in their order.",
		Examples: []string{`{model: /links, native: /certificates, each: [{model: /rel, const: certificate}, {model: /id, native: /key, format: key}]}`}},
	{Name: "shape", Takes: "pairs", Says: "Pairs at a place of their own. Where that place is not there, none of them is.",
		Examples: []string{`{model: /subject/certifier, native: /issuer, shape: [{model: /name, native: /company}]}`}},
	{Name: "use", Takes: "the name of a part", Says: "The pairs of that part, at a place of their own.",
		Examples: []string{`{model: /subject/certifier, native: /issuer, use: party}`}},
	{Name: "cases", Takes: "a list of cases", Says: "The first of several shapes whose conditions hold on the side that is read.",
		Examples: []string{`{cases: [{when: {model: {at: /event, is: file}, native: {at: /open, is: true}}, shape: [{model: /event, const: file}, {native: /open, const: true}]}, {shape: [{model: /event, native: /status}]}]}`}},
	{Name: "position", Takes: "true", Says: "The model's number of an item is its place in the list, from 1.",
		Examples: []string{`{model: /subject/goods, native: /goods, each: [{model: /number, position: true}, {model: /description, native: /text}]}`}},
	{Name: "required", Takes: "true or false",
		Says:     "The ledger's shape must have it: without it nothing is read, and nothing written.",
		Examples: []string{`{model: /issued, native: /changed, required: true}`}},
	{Name: "otherwise", Takes: "any value", Says: "What is written for a native value that the model lacks where none was kept.",
		Examples: []string{`{native: /schemaVersion, otherwise: 3}`}},
}

// CaseKeys are what a case may hold.
var CaseKeys = source.Keys{
	{Name: "when", Takes: "conditions, see below", Says: "When the case holds, on both sides. Only the last case may be without.",
		Examples: []string{`{cases: [{when: {model: {at: /event, is: file}, native: {at: /open, present: true}}, shape: [{model: /event, native: /open}]}, {shape: []}]}`}},
	{Name: "shape", Needed: true, Takes: "the pairs of this case", Says: "What holds then.", Examples: []string{`{cases: [{shape: [{model: /event, native: /status}]}]}`}},
}

// WhenKeys are the sides of which a case's conditions are told.
var WhenKeys = source.Keys{
	{Name: sides[ofModel], Takes: "a condition, or a list of which all must hold", Says: "When it is written.",
		Examples: []string{`{cases: [{when: {model: [{at: /event, is: file}, {at: /reason, present: false}], native: {at: /open, is: true}}, shape: [{model: /event, const: file}, {native: /open, const: true}]}, {shape: []}]}`}},
	{Name: sides[ofNative], Takes: "a condition, or a list of which all must hold", Says: "When it is read.",
		Examples: []string{`{cases: [{when: {model: {at: /event, is: file}, native: {at: /open, is: true}}, shape: [{model: /event, const: file}, {native: /open, const: true}]}, {shape: []}]}`}},
}

// ConditionKeys are what a condition may hold.
var ConditionKeys = source.Keys{
	{Name: "at", Needed: true, Takes: "a path from where the cases stand", Says: "What is looked at.", Examples: chosenBy(`{at: /event, present: true}`)},
	{Name: "is", Takes: "any value", Says: "It must stand there. Either this or present.", Examples: chosenBy(`{at: /event, is: file}`)},
	{Name: "present", Takes: "true or false", Says: "Whether anything must stand there.", Examples: chosenBy(`{at: /reason, present: false}`)},
}

// chosenBy is a pair with a condition.
func chosenBy(condition string) []string {
	return []string{`{cases: [{when: {model: ` + condition + `, native: {at: /open, is: true}}, shape: [{model: /event, native: /status}]}, {shape: []}]}`}
}

// keyFormat is the format of links, which are spelled as the ledger's own keys: it is no spelling, and so stands here.
var keyFormat = format.Kind{Name: "key", Says: "The id of a link as the ledger's own key. Only where the mapping derives.", Examples: []string{
	`{model: /links, native: /refs, each: [{model: /rel, const: certificate}, {model: /id, native: /certificateKey, format: key}]}`}}

// Formats lists every format that a pair may have.
func Formats() []format.Kind { return append(format.Kinds(), keyFormat) }

func formatNames() []string { return append(format.Names(), keyFormat.Name) }

var limits = []source.Limit{
	{Most: maxPairs, Of: "pairs, parts written out"},
	{Most: maxNest, Of: "pairs in pairs, deep"},
	{Most: maxCases, Of: "cases of a pair"},
	{Most: maxConditions, Of: "conditions of a case, on a side"},
	{Most: maxTokens, Of: "parts of a path"},
	{Most: maxToken, Of: "characters of a part of a path"},
	{Most: maxIndex, Of: "index of an item in a path"},
	{Most: maxCodesTold, Of: "codes that a begun mapping names"},
	{Most: maxRefusals, Of: "things wrong with a file that are told"},
	{Most: maxSteps, Of: "steps of one translation"},
	{Most: maxMade, Of: "values that one translation writes"},
	{Most: maxWritten, Of: "bytes that one translation writes"},
}

// Limits lists the bounds of pairs, and of a translation.
func Limits() []source.Limit { return limits }
