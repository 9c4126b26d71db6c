package format

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/multiformats/go-multibase"

	"github.com/ftagateway/ftagateway/translate/source"
)

// maxBase58 bounds what is read in base 58, which costs the square of its length.
const maxBase58 = 256

// encoded spells the bytes of a model value, whose form says which bytes those are.
func encoded(form octets, write func([]byte) (string, error), read func(string) ([]byte, error)) Format {
	return textual{
		native: func(s string) (any, error) {
			b, err := form.bytes(s)
			if err != nil {
				return nil, err
			}
			return write(b)
		},
		model: onText(func(s string) (string, error) {
			b, err := read(s)
			if err != nil {
				return "", err
			}
			return form.text(b)
		}),
	}
}

var hexOptions = source.Keys{
	{Name: "prefix", Words: []source.Word{{Name: "", Says: "nothing stands in front"}, {Name: "0x", Says: "0x stands in front"}}, Says: "What stands in front."},
}

// newHex is hexadecimal; {hex: 0x} with that in front. Read in capitals too.
func newHex(argument any, of Leaf) (Format, error) {
	given, err := options(argument, hexOptions)
	if err != nil {
		return nil, err
	}
	prefix, err := chosen(given, hexOptions, "prefix")
	if err != nil {
		return nil, fmt.Errorf("must be hex, or {hex: \"0x\"}")
	}
	form, err := octetsOf(of)
	return encoded(form, func(b []byte) (string, error) { return prefix + hex.EncodeToString(b), nil }, fromHex(prefix)), err
}

func fromHex(prefix string) func(string) ([]byte, error) {
	return func(s string) ([]byte, error) {
		digits, ok := strings.CutPrefix(s, prefix)
		b, err := hex.DecodeString(digits)
		if !ok || err != nil {
			return nil, fmt.Errorf("must be hexadecimal with the prefix %q", prefix)
		}
		return b, nil
	}
}

// newBytes32 is Solidity's: 0x and 64 digits, what is shorter stands at the left and is filled with zeros.
func newBytes32(argument any, of Leaf) (Format, error) {
	form, err := octetsOf(of)
	if err != nil {
		return nil, err
	}
	if form.size > 32 {
		return nil, fmt.Errorf("must stand at a value of at most 32 bytes; this has %d", form.size)
	}
	return encoded(form, fill32(form.size), cut32(form.size)), noArgument(argument)
}

// fill32 fills with zeros. Where the size is not known from the form, a zero at the end could not be told from those.
func fill32(size int) func([]byte) (string, error) {
	return func(b []byte) (string, error) {
		var word [32]byte
		if len(b) > len(word) || size == 0 && len(b) < len(word) && bytes.HasSuffix(b, []byte{0}) {
			return "", fmt.Errorf("must be at most 32 bytes, and not end with a zero byte")
		}
		copy(word[:], b)
		return "0x" + hex.EncodeToString(word[:]), nil
	}
}

func cut32(size int) func(string) ([]byte, error) {
	return func(s string) ([]byte, error) {
		b, err := fromHex("0x")(s)
		if err != nil || len(b) != 32 {
			return nil, fmt.Errorf("must be 0x and 64 hexadecimal digits")
		}
		end := size
		if size == 0 {
			end = len(strings.TrimRight(string(b), "\x00"))
		}
		if strings.Trim(string(b[end:]), "\x00") != "" {
			return nil, fmt.Errorf("must be %d bytes, filled with zeros at the right", end)
		}
		return b[:end], nil
	}
}

// newBase58 is in Bitcoin's alphabet, without a multibase letter.
func newBase58(argument any, of Leaf) (Format, error) {
	form, err := octetsOf(of)
	if err != nil {
		return nil, err
	}
	write := func(b []byte) (string, error) {
		s, err := multibase.Encode(multibase.Base58BTC, b)
		if err != nil || len(s) > maxBase58 {
			return "", errBase58
		}
		return s[1:], nil
	}
	return encoded(form, write, fromBase58), noArgument(argument)
}

var errBase58 = fmt.Errorf("must be base 58 of at most %d characters", maxBase58)

func fromBase58(s string) ([]byte, error) {
	if s == "" || len(s) > maxBase58 {
		return nil, errBase58
	}
	_, b, err := multibase.Decode("z" + s)
	if err != nil {
		return nil, errBase58
	}
	return b, nil
}

var base64Options = source.Keys{
	{Name: "alphabet", Words: []source.Word{{Name: "standard", Says: "with padding"}, {Name: "url", Says: "that for addresses, without padding"}},
		Says: "Which of the two."},
}

// newBase64 is the standard alphabet with padding, {base64: url} the other without.
func newBase64(argument any, of Leaf) (Format, error) {
	given, err := options(argument, base64Options)
	if err != nil {
		return nil, err
	}
	alphabet, err := chosen(given, base64Options, "alphabet")
	if err != nil {
		return nil, err
	}
	encoding := base64.StdEncoding.Strict()
	if alphabet == "url" {
		encoding = base64.RawURLEncoding.Strict()
	}
	form, err := octetsOf(of)
	read := func(s string) ([]byte, error) {
		b, err := encoding.DecodeString(s)
		if err != nil || strings.ContainsAny(s, "\r\n") {
			return nil, fmt.Errorf("must be base 64")
		}
		return b, nil
	}
	return encoded(form, func(b []byte) (string, error) { return encoding.EncodeToString(b), nil }, read), err
}
