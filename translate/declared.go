package translate

import (
	"strings"

	"github.com/ftagateway/ftagateway/translate/format"
	"github.com/ftagateway/ftagateway/translate/shape"
	"github.com/ftagateway/ftagateway/translate/source"
)

// topKeys are what a mapping file may hold.
var topKeys = source.Keys{
	{Name: "mapping", Needed: true, Takes: "text", Says: "The name of the mapping.", Examples: []string{`mapping: acme-status`}},
	{Name: "version", Needed: true, Takes: "a whole number from 1", Says: "Yours to count. It is under the digest that stands in every verdict, as all else is but examples and notes.",
		Examples: []string{`version: 2`}},
	{Name: "note", Takes: "text", Says: "What a reader should know. It defines nothing.", Examples: []string{`note: a chain of statuses`}},
	{Name: "type", Needed: true, Takes: "one of " + strings.Join(shape.Types(), ", "), Words: typeWords(), Says: "What an entry gives.", Examples: []string{`type: EntrySummary`}},
	{Name: "direction", Words: []source.Word{{Name: "both", Says: "it reads and writes"}, {Name: "read", Says: "it writes nothing, and so may read what the ledger's policy forbids to write"}},
		Says: "Whether it is only read by.", Examples: []string{`direction: read`}},
	{Name: "unmapped", Words: []source.Word{{Name: "refuse", Says: "an entry that holds one is refused"}, {Name: "ignore", Says: "they are passed over"}},
		Says: "What becomes of native values that no pair names.", Examples: []string{`unmapped: ignore`}},
	{Name: "key", Takes: "id, foreign, or a format",
		Says: "How the ledger's keys and record ids belong together. id: they are the same. A format: the key is the id in that spelling. foreign: the key is the " +
			"ledger's own and may tell something; the gateway gives it an id. A record has id where it is not there, all else foreign.",
		Examples: []string{`key: foreign`, `key: {without: "urn:uuid:"}`}},
	{Name: "keyAt", Takes: "a path of the ledger's shape", Says: "Where an entry's body says its own key, as text. An entry whose body says another key than the one it stands under is refused.",
		Examples: []string{`keyAt: /status`}},
	{Name: "find", Takes: "/subject/entryNumber with the keys below", Says: "How the ledger is asked for an entry by its number; for EntrySummary only.",
		Examples: []string{`find: {/subject/entryNumber: {lookup: entryNo}}`}},
	{Name: "tables", Takes: "tables by name", Says: "Code tables for pairs to name.", Examples: []string{`tables: {steps: {file: FILED, accept: OK}}`}},
	{Name: "parts", Takes: "lists of pairs by name", Says: "Pairs for other pairs to use. A part must not use itself.",
		Examples: []string{`parts: {party: [{model: /name, native: /company}]}`}},
	{Name: "shape", Needed: true, Takes: "a list of pairs", Says: "The pairs.", Examples: []string{`shape: [{model: /event, native: /status}]`}},
	{Name: "lacks", Takes: "a list of paths of the model, lists as *",
		Says:     "What the ledger's shape has no place for. The model may require it; who writes loses it, and is told.",
		Examples: []string{`lacks: [/subject/remarks, /subject/lines/*/netCost]`}},
	{Name: "ledger", Takes: "an object", Says: "For the driver: which contract, which namespace. It is handed over undecoded.", Examples: []string{`ledger: {namespace: anchors}`}},
	{Name: "examples", Takes: "a list, see below", Says: "What the mapping is tried on by fta map test.",
		Examples: []string{`examples: [{name: filed, native: {status: file}, model: {event: file}}]`}},
}

func typeWords() []source.Word {
	words := []source.Word{{Name: kindRecord, Says: "our record, under other names and spellings"}}
	for _, name := range shape.Types()[1:] {
		words = append(words, source.Word{Name: name, Says: "derived, of an entry that is about one"})
	}
	return words
}

// pathKeys are by what a ledger can be asked for an entry.
var pathKeys = source.Keys{{Name: entryNumber, Needed: true, Takes: "by what the ledger is asked for it"}}

var findKeys = source.Keys{
	{Name: "lookup", Takes: "text", Says: "The lookup of the ledger to which the driver hands the number.", Examples: []string{`find: {/subject/entryNumber: {lookup: entryNo}}`}},
	{Name: "key", Takes: "true", Says: "The ledger's key is the number itself. Either this or lookup.", Examples: []string{`find: {/subject/entryNumber: {key: true}}`}},
	{Name: "format", Takes: "a format", Says: "How the number is spelled; as the pair spells it that gives it, where this is not there.",
		Examples: []string{`find: {/subject/entryNumber: {lookup: entryNo, format: {groups: XXX-XXXXXXX-X}}}`}},
}

var exampleKeys = source.Keys{
	{Name: "name", Takes: "text", Says: "What it shows.", Examples: []string{`examples: [{name: filed, native: {status: file}}]`}},
	{Name: "native", Takes: "an entry's body", Says: "What stands on the ledger. Either this or nativeFile.", Examples: []string{`examples: [{native: {status: file}}]`}},
	{Name: "nativeFile", Takes: "a file beside the mapping or below it", Says: "A file that holds it.", Examples: []string{`examples: [{nativeFile: acme-0017.json}]`}},
	{Name: "model", Takes: "an object", Says: "What it must give. Without it, that it gives something sound is enough.",
		Examples: []string{`examples: [{native: {status: file}, model: {event: file}}]`}},
	{Name: "modelFile", Takes: "a file beside the mapping or below it", Says: "A file that holds it.", Examples: []string{`examples: [{nativeFile: acme-0017.json, modelFile: certificate.json}]`}},
}

var limits = []source.Limit{
	{Most: maxVersion, Of: "version of a mapping"},
	{Most: maxExamples, Of: "examples of a mapping"},
	{Most: maxSamples, Of: "samples that a mapping is begun from"},
	{Most: maxPaths, Of: "values of those samples outside lists"},
	{Most: maxShown, Of: "members of a list's items that a begun mapping names"},
	{Most: maxKey, Of: "bytes of a ledger's own key"},
	{Most: maxBody, Of: "bytes of a foreign document"},
	{Most: maxBodyDepth, Of: "levels of a foreign document"},
	{Most: maxBodyMembers, Of: "members and items of a foreign document"},
	{Most: maxRecord, Of: "bytes of a record in a shape of its own"},
	{Most: maxRecordDepth, Of: "levels of such a record"},
	{Most: maxRecordMembers, Of: "members and items of such a record"},
}

// Section is a part of the mapping language: an object of a mapping file, and what it may hold.
type Section struct {
	Title, Says string
	Keys        source.Keys
}

// Reference gives the mapping language as the loader takes it: every key that a file may hold, by where it stands, in the
// order in which they are told. docs/reference/mapping.md is written from it.
func Reference() []Section {
	return []Section{
		{"The file", "A mapping is one YAML file, an object of these keys.", topKeys},
		{"Pairs", "`shape`, `each` and parts are lists of pairs. A pair has model, native or both, and at most one of the keys that say what kind it is.", shape.PairKeys},
		{"Cases", "What an item of `cases` may hold.", shape.CaseKeys},
		{"When", "What `when` of a case may hold.", shape.WhenKeys},
		{"Conditions", "What a condition holds: `at`, and either `is` or `present`.", shape.ConditionKeys},
		{"Find", "What stands at `/subject/entryNumber` in `find`: `lookup` or `key`, and perhaps a `format`.", findKeys},
		{"Examples", "What an item of `examples` may hold.", exampleKeys},
	}
}

// Formats lists every format that a pair may have.
func Formats() []format.Kind { return shape.Formats() }

// Limits lists the bounds of mapping files, and of what they read and write.
func Limits() (all []source.Limit) {
	for _, some := range [][]source.Limit{source.Limits(), limits, shape.Limits(), format.Limits()} {
		all = append(all, some...)
	}
	return all
}
