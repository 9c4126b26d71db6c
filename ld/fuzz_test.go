package ld_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/gowebpki/jcs"

	"github.com/ftagateway/ftagateway/ld"
)

// FuzzParse holds the parser against two by other hands: what it reads, encoding/json must read as the same, and what
// JCS makes of it, another implementation of RFC 8785 must make of the text itself.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"a":[1,-2.5e3,"x\u20ac\ud83d\ude00\n",true,false,null,{"b":{}}]}`, `{"a":1,"\u0061":2}`, `{"a":"\ud800"}`,
		`{"a":1e400}`, `{"a":01}`, `[{}]`, `{"a":"`, "{\"a\":\"\xff\"}", `{"":{"":[[[[[[]]]]]]}}`, `{"a":-0}`, `{"😀":1,"ﬓ":2}`,
		string(record()),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := ld.Parse(data, ld.Limits{})
		if err != nil {
			if err.Error() == "" || doc != nil {
				t.Fatalf("got %v with an error %q", doc, err)
			}
			return
		}
		var want map[string]any
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatalf("encoding/json refuses it: %v", err)
		}
		if !reflect.DeepEqual(doc, want) {
			t.Fatalf("got %#v, encoding/json %#v", doc, want)
		}
		holdJCS(t, doc, data)
	})
}

func holdJCS(t *testing.T, doc ld.Object, data []byte) {
	canonical, err := ld.JCS(doc)
	if err != nil {
		t.Fatal(err)
	}
	if other, err := jcs.Transform(data); err != nil || !bytes.Equal(canonical, other) {
		t.Fatalf("got\n%s, another implementation\n%s, %v", canonical, other, err)
	}
	again, err := ld.Parse(canonical, ld.Limits{Bytes: 1 << 30})
	if err != nil || !reflect.DeepEqual(again, doc) {
		t.Fatalf("canonical form is read as %#v, %v", again, err)
	}
}

// FuzzRDFC holds that nothing panics or hangs, and that a document has one canonical form.
func FuzzRDFC(f *testing.F) {
	for _, v := range loadVectors(f) {
		f.Add([]byte(v.Document))
	}
	f.Add([]byte(`{"@context":"https://w3id.org/zcap/v1","@type":[1],"@id":{},"@list":[[]]}`))
	f.Add([]byte(`{"@context":["https://w3id.org/webledger/v1"],"@value":{"@type":"@json","@value":[1]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := ld.Parse(data, ld.Limits{Members: 200})
		if err != nil {
			return
		}
		one, err := ld.RDFC(doc)
		if err != nil {
			return
		}
		if other, err := ld.RDFC(doc); err != nil || !bytes.Equal(one, other) || len(one) == 0 {
			t.Fatalf("got\n%s, then\n%s, %v", one, other, err)
		}
	})
}

// FuzzParseDigest holds that a digest has one text in each spelling.
func FuzzParseDigest(f *testing.F) {
	for _, seed := range []string{emptyBase64, emptyBase58, "u", "z", "", "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VR"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ld.ParseDigest(s); err == nil && d.String() != s && d.Base58() != s {
			t.Fatalf("%q is read, and written %s or %s", s, d, d.Base58())
		}
	})
}
