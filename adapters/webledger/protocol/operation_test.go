package protocol_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

func create(t testing.TB, record ld.Object) *protocol.Operation {
	t.Helper()
	op, err := protocol.NewCreate(record, sender(key(1)))
	if err != nil {
		t.Fatal(err)
	}
	return op
}

func update(t testing.TB, from, to ld.Object, sequence uint64) *protocol.Operation {
	t.Helper()
	op, err := protocol.NewUpdate(from, to, sequence, sender(key(1)))
	if err != nil {
		t.Fatal(err)
	}
	return op
}

func TestSignedOperationIsReadBackAsItWasMade(t *testing.T) {
	made := update(t, ld.Object{"id": "urn:uuid:1", "a": 1.0}, ld.Object{"id": "urn:uuid:1", "a": 2.0}, 3)
	read, err := protocol.ParseOperation(made.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if read.Hash != made.Hash || string(read.Bytes) != string(made.Bytes) || read.RecordID() != "urn:uuid:1" || read.Patch.Sequence != 3 {
		t.Errorf("%+v, want %+v", read, made)
	}
	signer, err := configuration(t, key(1)).Permits(read)
	if err != nil || signer != didOf(key(1)) {
		t.Errorf("signed by %s: %v", signer, err)
	}
}

func TestPermitsOnlyWhoIsApproved(t *testing.T) {
	op := create(t, ld.Object{"id": "urn:uuid:1"})
	altered := func(edit func(ld.Object)) *protocol.Operation { return reparseOperation(t, op, edit) }
	for name, test := range map[string]struct {
		op   *protocol.Operation
		want string
	}{
		"another record":  {altered(func(o ld.Object) { o["record"] = ld.Object{"id": "urn:uuid:2"} }), "it is not valid"},
		"another creator": {altered(func(o ld.Object) { o["creator"] = didOf(key(3)) }), "it is not valid"},
		"no proof":        {altered(func(o ld.Object) { delete(o, "proof") }), "without a proof"},
		"another purpose": {altered(func(o ld.Object) { o["proof"].(map[string]any)["proofPurpose"] = "authentication" }), "it is not valid"},
		"unknown suite":   {altered(func(o ld.Object) { o["proof"].(map[string]any)["cryptosuite"] = "ecdsa-jcs-2019" }), "not known here"},
	} {
		_, err := configuration(t, key(1)).Permits(test.op)
		var refusal *protocol.Refusal
		if !errors.As(err, &refusal) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
	if _, err := configuration(t, key(2)).Permits(op); err == nil || !strings.Contains(err.Error(), "not an approved signer") {
		t.Errorf("signed by one who is not approved: %v", err)
	}
}

func reparseOperation(t testing.TB, op *protocol.Operation, edit func(ld.Object)) *protocol.Operation {
	t.Helper()
	obj, err := ld.Parse(op.Bytes, ld.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	edit(obj)
	text, err := ld.JCS(obj)
	if err != nil {
		t.Fatal(err)
	}
	read, err := protocol.ParseOperation(text)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

const (
	createHead = `{"@context":"https://w3id.org/webledger/v1","type":"CreateWebLedgerRecord"`
	updateHead = `{"@context":"https://w3id.org/webledger/v1","type":"UpdateWebLedgerRecord","recordPatch":{"@context":["https://w3id.org/json-ld-patch/v1","urn:c:1"],"target":"urn:uuid:1","sequence":0`
)

// refusedOperations are texts that are no operation, each with the pointer of a fault, or "" where it is no JSON that
// is read at all.
var refusedOperations = map[string]struct{ text, pointer string }{
	"truncated":             {createHead + `,"record":{"id":"urn:uuid:1"`, ""},
	"two values":            {createHead + `,"record":{"id":"urn:uuid:1"}}{}`, ""},
	"not an object":         {`[]`, ""},
	"not UTF-8":             {createHead + `,"record":{"id":"urn:uuid:1","a":"` + "\xff" + `"}}`, ""},
	"a key twice":           {createHead + `,"record":{"id":"urn:uuid:1","a":1,"a":2}}`, ""},
	"too deep":              {createHead + `,"record":{"id":"urn:uuid:1","a":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}}`, ""},
	"too large":             {createHead + `,"record":{"id":"urn:uuid:1","a":"` + strings.Repeat("x", protocol.MaxOperation) + `"}}`, ""},
	"no such type":          {`{"@context":"https://w3id.org/webledger/v1","type":"DeactivateWebLedgerRecord"}`, "/type"},
	"type is a list":        {`{"@context":"https://w3id.org/webledger/v1","type":["CreateWebLedgerRecord"],"record":{"id":"urn:uuid:1"}}`, "/type"},
	"unknown property":      {createHead + `,"record":{"id":"urn:uuid:1"},"note":"x"}`, "/note"},
	"unknown patch member":  {updateHead + `,"patch":[],"frame":{}}}`, "/recordPatch/frame"},
	"record and patch":      {createHead + `,"record":{"id":"urn:uuid:1"},"recordPatch":{}}`, "/recordPatch"},
	"no record":             {createHead + `}`, "/record"},
	"record is text":        {createHead + `,"record":"urn:uuid:1"}`, "/record"},
	"record without id":     {createHead + `,"record":{}}`, "/record/id"},
	"relative id":           {createHead + `,"record":{"id":"r/1"}}`, "/record/id"},
	"id with a space":       {createHead + `,"record":{"id":"urn:uuid:1 2"}}`, "/record/id"},
	"id of 1025 bytes":      {createHead + `,"record":{"id":"urn:x:` + strings.Repeat("1", 1019) + `"}}`, "/record/id"},
	"relative creator":      {createHead + `,"record":{"id":"urn:uuid:1"},"creator":"me"}`, "/creator"},
	"no context":            {`{"type":"CreateWebLedgerRecord","record":{"id":"urn:uuid:1"}}`, "/@context"},
	"another context":       {`{"@context":["https://w3id.org/webledger/v1","https://w3id.org/zcap/v1"],"type":"CreateWebLedgerRecord","record":{"id":"urn:uuid:1"}}`, "/@context"},
	"a context in place":    {`{"@context":["https://w3id.org/webledger/v1",{"record":"urn:x:y"}],"type":"CreateWebLedgerRecord","record":{"id":"urn:uuid:1"}}`, "/@context"},
	"proof of no context":   {createHead + `,"record":{"id":"urn:uuid:1"},"proof":{"type":"DataIntegrityProof"}}`, "/@context"},
	"two proofs":            {createHead + `,"record":{"id":"urn:uuid:1"},"proof":[{"type":"DataIntegrityProof"},{"type":"DataIntegrityProof"}]}`, "/proof"},
	"negative sequence":     {strings.Replace(updateHead, `"sequence":0`, `"sequence":-1`, 1) + `,"patch":[]}}`, "/recordPatch/sequence"},
	"fractional sequence":   {strings.Replace(updateHead, `"sequence":0`, `"sequence":0.5`, 1) + `,"patch":[]}}`, "/recordPatch/sequence"},
	"sequence is text":      {strings.Replace(updateHead, `"sequence":0`, `"sequence":"0"`, 1) + `,"patch":[]}}`, "/recordPatch/sequence"},
	"patch context alone":   {strings.Replace(updateHead, `,"urn:c:1"`, ``, 1) + `,"patch":[]}}`, "/recordPatch/@context"},
	"patch is an object":    {updateHead + `,"patch":{}}}`, "/recordPatch/patch"},
	"1001 steps":            {updateHead + `,"patch":[` + strings.Repeat(`{"op":"remove","path":"/a"},`, 1000) + `{"op":"remove","path":"/a"}]}}`, "/recordPatch/patch"},
	"a copy, which grows":   {updateHead + `,"patch":[{"op":"copy","from":"/a","path":"/b"}]}}`, "/recordPatch/patch/0/op"},
	"a move":                {updateHead + `,"patch":[{"op":"move","from":"/a","path":"/b"}]}}`, "/recordPatch/patch/0/op"},
	"step without value":    {updateHead + `,"patch":[{"op":"add","path":"/a"}]}}`, "/recordPatch/patch/0/value"},
	"whole record replaced": {updateHead + `,"patch":[{"op":"replace","path":"","value":{}}]}}`, "/recordPatch/patch/0/path"},
	"path is no pointer":    {updateHead + `,"patch":[{"op":"remove","path":"a"}]}}`, "/recordPatch/patch/0/path"},
	"path with a stray ~":   {updateHead + `,"patch":[{"op":"remove","path":"/a~2"}]}}`, "/recordPatch/patch/0/path"},
	"unknown step member":   {updateHead + `,"patch":[{"op":"remove","path":"/a","why":"x"}]}}`, "/recordPatch/patch/0/why"},
	"step is text":          {updateHead + `,"patch":["remove"]}}`, "/recordPatch/patch/0"},
}

func TestParseOperationRefuses(t *testing.T) {
	for name, test := range refusedOperations {
		_, err := protocol.ParseOperation([]byte(test.text))
		var faults protocol.Faults
		switch {
		case err == nil:
			t.Errorf("%s: taken", name)
		case test.pointer == "" && errors.As(err, &faults):
			t.Errorf("%s: read as JSON: %v", name, err)
		case test.pointer != "" && !names(err, test.pointer):
			t.Errorf("%s: %v, want a fault at %s", name, err, test.pointer)
		}
	}
}

func names(err error, pointer string) bool {
	var faults protocol.Faults
	errors.As(err, &faults)
	for _, f := range faults {
		if f.Pointer == pointer {
			return true
		}
	}
	return false
}

func TestFaultShortensWhatItShows(t *testing.T) {
	_, err := protocol.ParseOperation([]byte(createHead + `,"record":{"id":"` + strings.Repeat("é ", 5000) + `"}}`))
	if err == nil || len(err.Error()) > 400 {
		t.Errorf("%d bytes: %.100s", len(fmt.Sprint(err)), fmt.Sprint(err))
	}
}

func TestNumberAndStringSpellDifferentOperations(t *testing.T) {
	number, text := create(t, ld.Object{"id": "urn:uuid:1", "a": 1.0}), create(t, ld.Object{"id": "urn:uuid:1", "a": "1"})
	if number.Hash == text.Hash {
		t.Error("the same hash for 1 and \"1\"")
	}
}
