package protocol

import (
	"maps"

	"github.com/ftagateway/ftagateway/ld"
)

const vocabulary = "https://w3id.org/webledger#"

// configurationContext defines what ContextV1 leaves undefined since its version 11: without it the hash of a
// configuration would not cover its approved signers. It is part of every configuration, and never another.
func configurationContext() []any {
	return []any{ContextV1, IntegrityContext, ld.Object{
		SignatureValidator:          vocabulary + SignatureValidator,
		"approvedSigner":            ld.Object{"@id": vocabulary + "approvedSigner", "@type": "@id", "@container": "@set"},
		"minimumSignaturesRequired": ld.Object{"@id": vocabulary + "minimumSignaturesRequired", "@type": "http://www.w3.org/2001/XMLSchema#integer"},
	}}
}

func (s *shape) configurationContexts() {
	v, _ := s.member("@context")
	have, errHave := ld.JCS(v)
	want, errWant := ld.JCS(configurationContext())
	if errHave != nil || errWant != nil || string(have) != string(want) {
		s.fault("@context", v, "must be "+string(want))
	}
}

// plain is the configuration with the terms that its own context defines written out. It stands for the same
// statements, under contexts that canonicalisation here takes: it takes embedded ones alone.
func (c *Configuration) plain() ld.Object {
	plain := maps.Clone(c.Object)
	plain["@context"] = []any{ContextV1, IntegrityContext}
	for _, name := range []string{"operationValidator", "ledgerConfigurationValidator"} {
		if list, ok := plain[name].([]any); ok {
			plain[name] = writtenOut(list)
		}
	}
	return plain
}

// writtenOut takes validators whose shape was checked.
func writtenOut(validators []any) []any {
	out := make([]any, len(validators))
	for i, v := range validators {
		obj := maps.Clone(v.(map[string]any))
		obj["type"] = vocabulary + SignatureValidator
		var signers []any
		for _, signer := range obj["approvedSigner"].([]any) {
			signers = append(signers, ld.Object{"id": signer})
		}
		obj[vocabulary+"approvedSigner"] = signers
		obj[vocabulary+"minimumSignaturesRequired"] = obj["minimumSignaturesRequired"]
		delete(obj, "approvedSigner")
		delete(obj, "minimumSignaturesRequired")
		out[i] = obj
	}
	return out
}

// hashConfiguration hashes a configuration's event.
func hashConfiguration(event ld.Object, c *Configuration) (string, error) {
	event = maps.Clone(event)
	event["ledgerConfiguration"] = c.plain()
	return Hash(event)
}
