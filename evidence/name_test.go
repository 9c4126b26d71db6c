package evidence_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/schemas"
)

const plain = "3f2c9a1e-5b7d-4c8e-9f10-2a3b4c5d6e7f"

func TestACollectionIsATokenAndNothingElse(t *testing.T) {
	one, other := evidence.NewCollection(), evidence.NewCollection()
	if one == other || evidence.CheckCollection(one) != nil {
		t.Errorf("NewCollection made %q and %q", one, other)
	}
	for _, bad := range []string{"", "..", "acme", strings.ToUpper(one), one + "a", one[1:] + "/", one[1:] + "\n", one[1:] + "1"} {
		if evidence.CheckCollection(bad) == nil {
			t.Errorf("%q passes as a token", bad)
		}
	}
}

func TestAnIDHasOneSpelling(t *testing.T) {
	if got, err := evidence.ParseID("urn:uuid:" + plain); err != nil || got != plain {
		t.Errorf("got %q, %v", got, err)
	}
	for _, bad := range []string{
		"", plain, "urn:uuid:", "urn:uuid:" + strings.ToUpper(plain), "urn:uuid:{" + plain + "}", "URN:UUID:" + plain,
		"urn:uuid:" + strings.ReplaceAll(plain, "-", ""), "urn:uuid:urn:uuid:" + plain, "urn:uuid:../" + plain,
	} {
		if _, err := evidence.ParseID(bad); err == nil {
			t.Errorf("%q passes as an id", bad)
		}
	}
}

func TestEvidenceStandsUnderTheTargetOrIsIt(t *testing.T) {
	token := evidence.NewCollection()
	collection := evidence.Target("https://evidence.example", token)
	want := "https://evidence.example/evidence/" + token + "/" + plain
	for name, target := range map[string]string{"collection": collection, "one document": want} {
		if got, err := evidence.Locate(target, "urn:uuid:"+plain); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
	if _, err := evidence.Locate(collection, "../"+plain); err == nil {
		t.Error("an id that is none was located")
	}
	if _, err := evidence.Locate(collection+"/5b7d4c8e-9a1e-4f10-8c8e-2a3b4c5d6e7f", "urn:uuid:"+plain); err == nil {
		t.Error("evidence was located under a target that is another piece")
	}
	if got := evidence.Target("https://evidence.example", ""); got != "https://evidence.example/evidence" {
		t.Errorf("the root's target is %q", got)
	}
}

func TestTheMediaTypesAreThoseOfARecord(t *testing.T) {
	raw, ok := schemas.Schema("Common")
	if !ok {
		t.Fatal("no schema Common")
	}
	var common struct {
		Definitions struct{ MediaType struct{ Enum []string } }
	}
	if err := json.Unmarshal(raw, &common); err != nil {
		t.Fatal(err)
	}
	named := common.Definitions.MediaType.Enum
	for _, media := range named {
		if err := evidence.CheckMediaType(media); err != nil {
			t.Error(err)
		}
	}
	all := evidence.CheckMediaType("").Error()
	if got := strings.Count(all, "/"); got != len(named) {
		t.Errorf("%d media types are taken, a record names %d", got, len(named))
	}
}

func TestOtherSpellingsOfAMediaTypeAreRefused(t *testing.T) {
	for _, bad := range []string{"", "pdf", "text/html", "Text/Plain", "text/plain; charset=utf-8", "text/plain ", "*/*"} {
		if evidence.CheckMediaType(bad) == nil {
			t.Errorf("%q passes", bad)
		}
	}
}

func TestSameMediaType(t *testing.T) {
	for header, want := range map[string]bool{
		"application/pdf": true, "Application/PDF; name=x": true, "text/html": false, "": false, "application/pdf;": true, ";;": false,
	} {
		if got := evidence.SameMediaType(header, "application/pdf"); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}
