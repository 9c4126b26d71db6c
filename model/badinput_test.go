package model_test

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/schemas"
)

// bad is one way to spoil bytes that are right, and where the fault must be named.
type bad struct {
	name    string
	spoil   func(good []byte) []byte
	pointer string
	rule    string // a part of what it must say
}

func replaced(from, to string) func([]byte) []byte {
	return func(good []byte) []byte {
		if !bytes.Contains(good, []byte(from)) {
			panic("nothing to spoil: " + from)
		}
		return bytes.Replace(good, []byte(from), []byte(to), 1)
	}
}

func matched(pattern, to string) func([]byte) []byte {
	return func(good []byte) []byte {
		form := regexp.MustCompile(pattern)
		if len(form.FindAll(good, -1)) != 1 {
			panic("not one thing to spoil: " + pattern)
		}
		return form.ReplaceAll(good, []byte(to))
	}
}

// broken are the ways in which any bytes are no document and no record.
func broken(limit int) []bad {
	return []bad{
		{"empty", func([]byte) []byte { return nil }, "", ""},
		{"not JSON", func([]byte) []byte { return []byte("entry") }, "", ""},
		{"not an object", func(g []byte) []byte { return []byte("[" + string(g) + "]") }, "", ""},
		{"null", func([]byte) []byte { return []byte("null") }, "", ""},
		{"truncated", func(g []byte) []byte { return g[:len(g)/2] }, "", ""},
		{"with more behind it", func(g []byte) []byte { return append(g, "{}"...) }, "", ""},
		{"not UTF-8", replaced(`"issuer":"did`, "\"issuer\":\"\xff"), "", ""},
		{"a lone surrogate", replaced(`"issuer":"did`, `"issuer":"\ud800`), "", ""},
		{"a member twice", replaced(`"issuer":`, `"issuer":"x","issuer":`), "", ""},
		{"a member twice, once escaped", replaced(`"issuer":`, `"\u0069ssuer":"x","issuer":`), "", ""},
		{"oversized", func(g []byte) []byte { return append(g, bytes.Repeat([]byte(" "), limit)...) }, "", ""},
		{"deeply nested", replaced(`"issuer":`, `"x":`+strings.Repeat("[", 5000)+strings.Repeat("]", 5000)+`,"issuer":`), "", ""},
		{"with too many values", replaced(`"issuer":`, `"x":[`+strings.Repeat("1,", 250_000)+`1],"issuer":`), "", ""},
		{"a number beyond all", replaced(`"issuer":`, `"x":1e999,"issuer":`), "", ""},
		{"an unknown member", replaced(`"issuer":`, `"hint":"secret","issuer":`), "/hint", "not a member"},
		{"a member missing", replaced(`"issuer":`, `"iss":`), "/issuer", "must be present"},
		{"a member of another type", replaced(`"issuer":"`, `"issuer":7,"x":"`), "/issuer", "must be of JSON type string"},
		{"a member that is null", replaced(`"issuer":"`, `"issuer":null,"x":"`), "/issuer", "must be of JSON type string"},
		{"another context", replaced(`https://w3id.org/fta/v1`, `https://evil.example/v1`), "/@context", "must be"},
		{"a context more", replaced(`"https://w3id.org/fta/v1"]`, `"https://w3id.org/fta/v1","https://evil.example"]`), "/@context", "must be"},
		{"an issuer that is no key", replaced(`"issuer":"did:key:`, `"issuer":"did:web:`), "/issuer", "did:key"},
		{"another key's proof", replaced(`"verificationMethod":"did:key:z6Mk`, `"verificationMethod":"did:key:z6Mj`), "/proof/verificationMethod", "did:key"},
		{"another suite", replaced(`eddsa-jcs-2022`, `ecdsa-jcs-2019`), "/proof/cryptosuite", "must be"},
		{"another purpose", replaced(`assertionMethod`, `authentication`), "/proof/proofPurpose", "must be"},
		{"a member more in the proof", replaced(`"proofPurpose":`, `"domain":"x","proofPurpose":`), "/proof/domain", "not a member"},
		{"an upper-case id", matched(`"id":"urn:uuid:[^"]*","iss`, `"id":"urn:uuid:3F1A6F0E-52C8-4D57-9D0B-7F5A4E2C1B90","iss`), "/id", "in lower case"},
		{"an id that is no random one", matched(`"id":"urn:uuid:[^"]*","iss`, `"id":"urn:uuid:3f1a6f0e-52c8-1d57-9d0b-7f5a4e2c1b90","iss`), "/id", "version 4"},
	}
}

func TestBadRecordsAreRefusedByName(t *testing.T) {
	good := record(t, sign(t, sample.Summary(model.USMCA, pin("certificate"))), "file").Bytes
	cases := append(broken(model.RecordLimits.Bytes), []bad{
		{"a host name for a ledger", replaced(`"ledger":"urn:uuid:`, `"ledger":"https://node.example/","x":"`), "/ledger", "never a host name"},
		{"a did:web for a ledger", replaced(`"ledger":"`, `"ledger":"did:web:node.example","x":"`), "/ledger", "never a host name"},
		{"an event that no life cycle has", replaced(`"event":"file"`, `"event":"filed for Acme"`), "/event", "must be one of"},
		{"a reason in words", replaced(`"event":"file"`, `"event":"file","reason":["late"]`), "/reason/0", "must be one of"},
		{"remarks", replaced(`"event":"file"`, `"event":"file","remarks":"late"`), "/remarks", "not a member"},
		{"a day that is none", replaced(`"issued":"2026-11-20`, `"issued":"2026-02-30`), "/issued", "calendar"},
		{"an instant with a zone", replaced(`14:00:00Z"`, `14:00:00+01:00"`), "/issued", "UTC"},
		{"an instant with a fraction", replaced(`14:00:00Z"`, `14:00:00.5Z"`), "/issued", "UTC"},
		{"version 0", replaced(`"event":"file"`, `"event":"file","versio":0`), "/versio", "not a member"},
		{"an unkeyed lookup", replaced(`"event":"file"`, `"event":"file","lookups":["ABC12345676"]`), "/lookups/0", "32 bytes"},
		{"a digest of another kind", replaced(`"digest":"uEi`, `"digest":"uEy`), "/digest", "SHA-256"},
		{"a link with a note", replaced(`"rel":"certificate"`, `"rel":"certificate","note":"x"`), "/links/0/note", "not a member"},
		{"a link of another kind", replaced(`"rel":"certificate"`, `"rel":"invoice"`), "/links/0/rel", "must be one of"},
		{"evidence with a URL", replaced(`"mediaType":"application/vc"`, `"mediaType":"application/vc","url":"https://x"`), "/evidence/0/url", "not a member"},
		{"a media type in words", replaced(`application/vc`, `application/acme`), "/evidence/0/mediaType", "must be one of"},
		{"a type that is no document", replaced(`"type":"EntrySummary"`, `"type":"Invoice"`), "/type", "must be one of"},
		{"a participant, which stands on no ledger", replaced(`"type":"EntrySummary"`, `"type":"Participant"`), "/type", "must be one of"},
		{"a previous in version 1", replaced(`"proof":`, `"previous":"`+pin("x").Digest.String()+`","proof":`), "/previous", "absent in version 1"},
		{"version 2 without previous", matched(`"version":1}$`, `"version":2}`), "/previous", "must be present"},
		{"version 1.5", matched(`"version":1}$`, `"version":1.5}`), "/version", "integer"},
	}...)
	refused(t, cases, good, func(b []byte) error { _, err := model.ParseRecord(b); return err })
}

func TestBadDocumentsAreRefusedByName(t *testing.T) {
	good := sign(t, sample.Summary(model.USMCA, pin("certificate"))).Bytes
	cases := append(broken(model.DocumentLimits.Bytes), []bad{
		{"a type that is none of ours", replaced(`"VerifiableCredential","EntrySummary"`, `"VerifiableCredential","Invoice"`), "/type", "type of document"},
		{"a type alone", replaced(`["VerifiableCredential","EntrySummary"]`, `"EntrySummary"`), "/type", "type of document"},
		{"another type first", replaced(`"VerifiableCredential","EntrySummary"`, `"Credential","EntrySummary"`), "/type", "must be"},
		{"no salt", replaced(`"salt":"`, `"pepper":"`), "/salt", "must be present"},
		{"a short salt", replaced(`"salt":"u`, `"salt":"uA","x":"`), "/salt", "16 random bytes"},
		{"an entry number with hyphens", replaced(`"ABC20261105"`, `"ABC-2026110-5"`), "/credentialSubject/entryNumber", "without hyphens"},
		{"a number for a decimal", replaced(`"value":"4800"`, `"value":4800`), "/credentialSubject/lines/0/quantities/0/value", "JSON type string"},
		{"an exponent", replaced(`"value":"4800"`, `"value":"48e2"`), "/credentialSubject/lines/0/quantities/0/value", "without exponent"},
		{"leading zeros", replaced(`"value":"4800"`, `"value":"04800"`), "/credentialSubject/lines/0/quantities/0/value", "leading"},
		{"trailing zeros", replaced(`"value":"4800"`, `"value":"4800.0"`), "/credentialSubject/lines/0/quantities/0/value", "trailing"},
		{"a sign", replaced(`"value":"4800"`, `"value":"-4800"`), "/credentialSubject/lines/0/quantities/0/value", "sign"},
		{"too many digits", replaced(`"value":"4800"`, `"value":"4800480048004800"`), "/credentialSubject/lines/0/quantities/0/value", "15 digits"},
		{"a date with a zone", replaced(`"importDate":"2026-11-09"`, `"importDate":"2026-11-09Z"`), "/credentialSubject/importDate", "without zone"},
		{"a date that is none", replaced(`"importDate":"2026-11-09"`, `"importDate":"2026-11-31"`), "/credentialSubject/importDate", "calendar"},
		{"29 February of another year", replaced(`"importDate":"2026-11-09"`, `"importDate":"2026-02-29"`), "/credentialSubject/importDate", "calendar"},
		{"a date the other way round", replaced(`"importDate":"2026-11-09"`, `"importDate":"11/09/2026"`), "/credentialSubject/importDate", "YYYY-MM-DD"},
		{"an HTS number with points", replaced(`"8544300000"`, `"8544.30.0000"`), "/credentialSubject/lines/0/hts", "without points"},
		{"no lines", replaced(`"lines":[`, `"lines":[],"rows":[`), "/credentialSubject/lines", "at least 1"},
		{"line 1000", replaced(`"number":1,`, `"number":1000,`), "/credentialSubject/lines/0/number", "at most 999"},
		{"control characters", replaced(`"Brake pads, mounted"`, `"Brake\u0000pads"`), "/credentialSubject/lines/1/description", "control characters"},
		{"remarks of 501 characters", replaced(`"remarks":"`, `"remarks":"`+strings.Repeat("é", 501)), "/credentialSubject/remarks", "at most 500"},
		{"a capability for the proof", replaced(`"type":"DataIntegrityProof"`, `"type":"Ed25519Signature2020"`), "/proof/type", "must be"},
	}...)
	refused(t, cases, good, func(b []byte) error { _, err := model.ParseDocument(b); return err })
}

func refused(t *testing.T, cases []bad, good []byte, parse func([]byte) error) {
	t.Helper()
	if err := parse(good); err != nil {
		t.Fatalf("what is right is refused:\n%v", err)
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { namesFault(t, parse(c.spoil(slices.Clone(good))), c.pointer, c.rule) })
	}
}

func namesFault(t *testing.T, err error, pointer, rule string) {
	t.Helper()
	var faults schemas.Faults
	if !errors.As(err, &faults) || len(faults) == 0 {
		t.Fatalf("error %v, want faults", err)
	}
	named := slices.ContainsFunc(faults, func(f schemas.Fault) bool {
		return strings.HasPrefix(f.Pointer, pointer) && strings.Contains(f.Rule, rule) && f.Rule != ""
	})
	if !named {
		t.Errorf("faults:\n%v\nwant one at %q that says %q", faults, pointer, rule)
	}
}

// One answer names everything: what breaks the schema, and what breaks the rules in the part that is sound.
func TestAllFaultsAtOnce(t *testing.T) {
	sum := sample.Summary(model.USMCA, pin("certificate"))
	sum.EntryNumber = "ABC20261109"           // check digit
	sum.Lines[0].SPI = "CA"                   // not for Mexico
	sum.Lines[1].Quantities[0].UnitCode = "?" // no unit code at all
	sum.TransportMode = "99"                  // not in the list
	_, err := model.SignDocument(sum, signer(), model.Signing{ValidFrom: instant(t, "2026-11-20T14:00:00Z")})
	for pointer, rule := range map[string]string{
		"/credentialSubject/entryNumber":                   "check digit",
		"/credentialSubject/lines/0/spi":                   "must be one for goods of MX",
		"/credentialSubject/lines/1/quantities/0/unitCode": "one to three characters",
		"/credentialSubject/transportMode":                 "list transportModes",
	} {
		namesFault(t, err, pointer, rule)
	}
	var faults schemas.Faults
	if errors.As(err, &faults); len(faults) != 4 {
		t.Errorf("%d faults, want 4:\n%v", len(faults), faults)
	}
}

// A record's faults of both kinds come together too.
func TestAllFaultsOfARecordAtOnce(t *testing.T) {
	good := record(t, sign(t, sample.Summary(model.USMCA, pin("certificate"))), "file").Bytes
	spoilt := replaced(`"event":"file"`, `"event":"FILE"`)(matched(`"version":1}$`, `"version":2}`)(good))
	_, err := model.ParseRecord(spoilt)
	namesFault(t, err, "/event", "must be one of")
	namesFault(t, err, "/previous", "must be present")
}

// Nothing in a record or a document is worth more than its bound in time and text, however hostile.
func TestHostileDocumentHasBoundedFaults(t *testing.T) {
	members := make([]string, 20_000)
	for i := range members {
		members[i] = `"` + strings.Repeat("m", 40) + string(rune('a'+i%26)) + strings.Repeat("x", i%50) + `":1`
	}
	slices.Sort(members)
	body := `{"type":["VerifiableCredential","EntrySummary"],` + strings.Join(slices.Compact(members), ",") + `}`
	_, err := model.ParseDocument([]byte(body))
	var faults schemas.Faults
	if !errors.As(err, &faults) || len(faults) != schemas.MaxFaults {
		t.Errorf("%d faults, want %d", len(faults), schemas.MaxFaults)
	}
}
