package format

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/multiformats/go-multibase"
)

// octets is how a form of the model spells bytes. size 0 means any number.
type octets struct {
	size  int
	bytes func(model string) ([]byte, error)
	text  func([]byte) (string, error)
}

// forms: each spelling of the model that stands for bytes, by the name of its definition. What is none of these is text,
// and its bytes are those of UTF-8.
var forms = map[string]octets{
	"digest":             multibased("u", 32, 0x12, 0x20),
	"commitment":         multibased("u", 32),
	"salt":               multibased("u", 16),
	"proofValue":         multibased("z", 64),
	"signingKey":         key(func(fragment string) string { return "did:key:" + fragment }),
	"verificationMethod": key(func(fragment string) string { return "did:key:" + fragment + "#" + fragment }),
	"uuid":               {16, uuidBytes, uuidText},
	"recordId":           {16, uuidBytes, uuidText},
}

func octetsOf(of Leaf) (octets, error) {
	if of.Type != "string" {
		return octets{}, fmt.Errorf("must stand at text of the model")
	}
	if form, ok := forms[of.Form]; ok {
		return form, nil
	}
	return octets{bytes: func(s string) ([]byte, error) { return []byte(s), nil }, text: utf8Text}, nil
}

func utf8Text(b []byte) (string, error) {
	if !utf8.Valid(b) {
		return "", fmt.Errorf("must be the bytes of UTF-8 text")
	}
	return string(b), nil
}

// multibased is base and then header and size bytes: "u" is base64url, "z" is base 58.
func multibased(base string, size int, header ...byte) octets {
	encoding := map[string]multibase.Encoding{"u": multibase.Base64url, "z": multibase.Base58BTC}[base]
	text := func(b []byte) (string, error) {
		if len(b) != size {
			return "", fmt.Errorf("must be %d bytes", size)
		}
		if base == "u" {
			return base + base64.RawURLEncoding.EncodeToString(append(header[:len(header):len(header)], b...)), nil
		}
		return multibase.Encode(encoding, append(header[:len(header):len(header)], b...))
	}
	return octets{size, func(s string) ([]byte, error) {
		if !strings.HasPrefix(s, base) || len(s) > maxBase58 {
			return nil, fmt.Errorf("must be %d bytes in multibase %q", size, base)
		}
		_, b, err := multibase.Decode(s)
		b, ok := bytes.CutPrefix(b, header)
		if err != nil || !ok {
			return nil, fmt.Errorf("must be %d bytes in multibase %q", size, base)
		}
		return exactly(s, b, text)
	}, text}
}

// exactly refuses a model value that would come back in another spelling.
func exactly(s string, b []byte, text func([]byte) (string, error)) ([]byte, error) {
	back, err := text(b)
	if err != nil {
		return nil, err
	}
	if back != s {
		return nil, fmt.Errorf("must be in its one spelling")
	}
	return b, nil
}

// key is the 32 bytes of an Ed25519 key in a did:key (multicodec 0xed 0x01).
func key(spell func(fragment string) string) octets {
	inner := multibased("z", 32, 0xed, 0x01)
	text := func(b []byte) (string, error) {
		fragment, err := inner.text(b)
		return spell(fragment), err
	}
	return octets{32, func(s string) ([]byte, error) {
		fragment, _, _ := strings.Cut(strings.TrimPrefix(s, "did:key:"), "#")
		b, err := inner.bytes(fragment)
		if err != nil {
			return nil, err
		}
		return exactly(s, b, text)
	}, text}
}

func uuidBytes(s string) ([]byte, error) {
	b, err := hex.DecodeString(strings.ReplaceAll(strings.TrimPrefix(s, "urn:uuid:"), "-", ""))
	if err != nil {
		return nil, fmt.Errorf("must be a urn:uuid")
	}
	return exactly(s, b, uuidText)
}

func uuidText(b []byte) (string, error) {
	if len(b) != 16 {
		return "", fmt.Errorf("must be 16 bytes")
	}
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), nil
}
