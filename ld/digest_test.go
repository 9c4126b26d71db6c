package ld_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
)

// The digest of no bytes, in both spellings, as other implementations of multihash write it.
const (
	emptyBase64 = "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ"
	emptyBase58 = "zQmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n"
)

func TestDigestSpellings(t *testing.T) {
	d := ld.Sum(nil)
	if d.String() != emptyBase64 || d.Base58() != emptyBase58 {
		t.Errorf("got %s, %s", d, d.Base58())
	}
	for _, s := range []string{emptyBase64, emptyBase58} {
		if got, err := ld.ParseDigest(s); err != nil || got != d {
			t.Errorf("%s: got %v, %v", s, got, err)
		}
	}
}

func TestParseDigestRefusesEveryOtherSpelling(t *testing.T) {
	for name, s := range map[string]string{
		"nothing":                    "",
		"no base":                    emptyBase64[1:],
		"another base":               "f1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"padding":                    emptyBase64 + "==",
		"bits after the end":         emptyBase64[:len(emptyBase64)-1] + "R",
		"the other alphabet":         strings.Replace(ld.Sum([]byte("14")).String(), "_", "/", 1) + " ",
		"a line break":               emptyBase64[:10] + "\n" + emptyBase64[10:],
		"a line break for a letter":  emptyBase64[:46] + "\n",
		"cut":                        emptyBase64[:46],
		"another hash":               "uEyDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ",
		"another length":             "uEh_jsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ",
		"base58 of the wrong letter": "zQmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR10",
		"base58 too large":           "z" + strings.Repeat("z", 46),
		"base58 with zeros before":   "z1" + emptyBase58[2:],
		"long":                       "u" + strings.Repeat("A", 1<<20),
	} {
		if got, err := ld.ParseDigest(s); err == nil {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestParseDigestShortensWhatItQuotes(t *testing.T) {
	_, err := ld.ParseDigest(strings.Repeat("x", 1<<20))
	if err == nil || len(err.Error()) > 200 {
		t.Errorf("got %d bytes", len(err.Error()))
	}
}

func TestDigestInJSON(t *testing.T) {
	type record struct {
		Digest   ld.Digest  `json:"digest"`
		Previous *ld.Digest `json:"previous,omitempty"`
	}
	data, err := json.Marshal(record{Digest: ld.Sum(nil)})
	if err != nil || string(data) != `{"digest":"`+emptyBase64+`"}` {
		t.Fatalf("got %s, %v", data, err)
	}
	var back record
	if err := json.Unmarshal([]byte(`{"digest":"`+emptyBase58+`","previous":"`+emptyBase64+`"}`), &back); err != nil {
		t.Fatal(err)
	}
	if back.Digest != ld.Sum(nil) || *back.Previous != ld.Sum(nil) {
		t.Errorf("got %+v", back)
	}
	if err := json.Unmarshal([]byte(`{"digest":"uEi"}`), &back); err == nil {
		t.Error("a digest cut short was read")
	}
}

func TestDigestJCSIsThatOfTheCanonicalBytes(t *testing.T) {
	one := mustParse(t, `{"b":1.0,"a":[]}`)
	got, err := ld.DigestJCS(one)
	if err != nil || got != ld.Sum([]byte(`{"a":[],"b":1}`)) || got.IsZero() {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := ld.DigestJCS(ld.Object{"a": 1}); err == nil {
		t.Error("a Go int was hashed")
	}
}
