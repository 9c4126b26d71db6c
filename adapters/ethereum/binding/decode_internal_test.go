package binding

import (
	"bytes"
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

const address = "0x00000000000000000000000000000000000000aa"

func compiled(t testing.TB, section string) *Binding {
	t.Helper()
	s, err := ParseSection(json.RawMessage(strings.Replace(section, "{", `{"contract": "`+address+`", `, 1)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// rich is an event with an argument of each kind.
func rich(t testing.TB) (*Binding, *types.Log) {
	t.Helper()
	b := compiled(t, `{"abi": ["event Filed(bytes32 indexed key, uint64 version, address who, bool ok, int16 least, bytes4 code, string text, uint8[] list, (address a, string b)[2] pair, bytes body, address indexed by)"],
		"events": [{"event": "Filed", "key": "key", "version": "version", "author": "by"}]}`)
	e, err := b.event("", "Filed")
	if err != nil {
		t.Fatal(err)
	}
	type pair = struct {
		A common.Address
		B string
	}
	data, err := e.Inputs.NonIndexed().Pack(uint64(3), common.Address{1}, true, int16(-2), [4]byte{1, 2, 3, 4}, "text", []byte{1, 2},
		[2]pair{{common.Address{2}, "x"}, {common.Address{3}, strings.Repeat("y", 40)}}, []byte("body"))
	if err != nil {
		t.Fatal(err)
	}
	return b, &types.Log{Address: common.HexToAddress(address), Topics: []common.Hash{e.ID, {7}, common.BytesToHash([]byte{9})}, Data: data}
}

// TestALogIsDecodedOrCorrupt: of all logs that differ in one bit from a right one, none is taken that the ABI does not
// make: it is Corrupt, or it says something else, and comes out as it went in.
func TestALogIsDecodedOrCorrupt(t *testing.T) {
	b, log := rich(t)
	right, err := b.Decode(log)
	if err != nil || right.Version != 3 || right.Author != "0x0000000000000000000000000000000000000009" {
		t.Fatalf("%+v, %v", right, err)
	}
	refused := 0
	for i := range len(log.Data) * 8 {
		data := bytes.Clone(log.Data)
		data[i/8] ^= 1 << (i % 8)
		got, err := b.Decode(&types.Log{Address: log.Address, Topics: log.Topics, Data: data})
		switch {
		case err == nil && bytes.Equal(got.Body, right.Body) && got.Version == right.Version:
			t.Errorf("bit %d changes nothing", i)
		case err != nil && driver.CodeOf(err) != driver.Corrupt:
			t.Errorf("bit %d: %v, want corrupt", i, err)
		case err != nil:
			refused++
		}
	}
	if refused < len(log.Data)*8/4 {
		t.Errorf("%d of %d were refused", refused, len(log.Data)*8)
	}
}

// TestLogsThatAreNotOfTheABI: cut, longer, empty, with other topics, or with bits where a value has none.
func TestLogsThatAreNotOfTheABI(t *testing.T) {
	b, log := rich(t)
	dirty := log.Topics[2]
	dirty[0] = 1
	for name, bent := range map[string]*types.Log{
		"cut":             {Topics: log.Topics, Data: log.Data[:len(log.Data)-32]},
		"cut by a byte":   {Topics: log.Topics, Data: log.Data[:len(log.Data)-1]},
		"longer":          {Topics: log.Topics, Data: append(bytes.Clone(log.Data), make([]byte, 32)...)},
		"empty":           {Topics: log.Topics},
		"a topic less":    {Topics: log.Topics[:2], Data: log.Data},
		"a topic more":    {Topics: append(log.Topics[:3:3], common.Hash{}), Data: log.Data},
		"no topics":       {Topics: log.Topics[:1], Data: log.Data},
		"a dirty address": {Topics: []common.Hash{log.Topics[0], log.Topics[1], dirty}, Data: log.Data},
		"version 0":       {Topics: log.Topics, Data: append(make([]byte, 32), log.Data[32:]...)},
	} {
		bent.Address = log.Address
		if got, err := b.Decode(bent); driver.CodeOf(err) != driver.Corrupt {
			t.Errorf("%s: %+v, %v; want corrupt", name, got, err)
		}
	}
	for name, other := range map[string]*types.Log{
		"another contract": {Address: common.Address{1}, Topics: log.Topics, Data: log.Data},
		"another event":    {Address: log.Address, Topics: []common.Hash{{1}}, Data: log.Data},
		"anonymous":        {Address: log.Address, Data: log.Data},
	} {
		if got, err := b.Decode(other); got != nil || err != nil {
			t.Errorf("%s: %+v, %v; want nothing", name, got, err)
		}
	}
}

// TestIndexedValuesOfMoreThanAWord are their hash: a struct too, which the abi package does not take.
func TestIndexedValuesOfMoreThanAWord(t *testing.T) {
	b := compiled(t, `{"abi": ["event Filed(uint256 indexed key, (address a, uint8 b) indexed pair, string indexed text)"],
		"events": [{"event": "Filed", "key": "key"}]}`)
	e, err := b.event("", "Filed")
	if err != nil {
		t.Fatal(err)
	}
	f, err := b.Decode(&types.Log{Address: b.Contract, Topics: []common.Hash{e.ID, common.BigToHash(big.NewInt(17)), {1}, {2}}})
	if err != nil || f.Key != "17" {
		t.Fatalf("%+v, %v", f, err)
	}
	if got := f.Arguments["pair"]; got != "0x01"+strings.Repeat("00", 31) {
		t.Errorf("%v", got)
	}
}

// TestAnAnswerOfOtherTypesIsCorrupt, and never a zero value.
func TestAnAnswerOfOtherTypesIsCorrupt(t *testing.T) {
	b := compiled(t, `{"builtin": "reference"}`)
	word := func(n int64) []byte { return common.BigToHash(big.NewInt(n)).Bytes() }
	digest := append(bytes.Repeat([]byte{7}, 23), make([]byte, 9)...)
	good := bytes.Join([][]byte{word(2), word(9), digest}, nil)
	if s, err := b.Newest(good); err != nil || s.Version != 2 {
		t.Fatalf("%+v, %v", s, err)
	}
	for name, answer := range map[string][]byte{
		"nothing": nil, "one word": word(2), "two words": good[:64], "a byte less": good[:95], "a byte more": append(bytes.Clone(good), 0),
		"a word more":        append(bytes.Clone(good), word(1)...),
		"a version too wide": bytes.Join([][]byte{bytes.Repeat([]byte{255}, 32), word(9), digest}, nil),
		"a dirty digest":     bytes.Join([][]byte{word(2), word(9), bytes.Repeat([]byte{7}, 32)}, nil),
		"a string":           bytes.Join([][]byte{word(32), word(40), bytes.Repeat([]byte{'x'}, 40), make([]byte, 24)}, nil),
	} {
		if s, err := b.Newest(answer); driver.CodeOf(err) != driver.Corrupt {
			t.Errorf("%s: %+v, %v; want corrupt", name, s, err)
		}
	}
}

// TestARefusalIsClassified by its error, and told by that error's name alone.
func TestARefusalIsClassified(t *testing.T) {
	b := compiled(t, `{"builtin": "reference", "errors": {"Conflict": "conflict", "NotAWriter": "permission-denied"}}`)
	secret := bytes.Repeat([]byte{0xab}, 32)
	of := func(sig string, args ...byte) []byte {
		return append(crypto.Keccak256([]byte(sig))[:4], append(secret, args...)...)
	}
	reason := append(common.FromHex("0x08c379a0"), common.FromHex("0x"+strings.Repeat("0", 62)+"20"+strings.Repeat("0", 62)+"04"+"6e6f6e6f"+strings.Repeat("0", 56))...)
	for name, test := range map[string]struct {
		data []byte
		code driver.Code
		says string
	}{
		"a known error":         {of("Conflict(bytes32,uint64)", secret...), driver.Conflict, "Conflict"},
		"of another meaning":    {of("NotAWriter(address)"), driver.PermissionDenied, "NotAWriter"},
		"one without a meaning": {of("Empty()"), driver.Invalid, "Empty"},
		"a stranger's":          {of("Other()"), driver.Invalid, "does not say why"},
		"a text":                {reason, driver.Invalid, `"nono"`},
		"nothing":               {nil, driver.Invalid, "does not say why"},
		"three bytes":           {[]byte{1, 2, 3}, driver.Invalid, "does not say why"},
	} {
		err := b.Revert(test.data)
		if err.Code != test.code || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "abab") {
			t.Errorf("%s: %v, want %s and %q", name, err, test.code, test.says)
		}
	}
}

// TestWrongSectionsAreNamed by the place that is wrong.
func TestWrongSectionsAreNamed(t *testing.T) {
	for section, want := range map[string]string{
		`{"builtin": "reference", "contract": "0x12"}`:                                                             "ledger.contract",
		`{"builtin": "reference", "contract": "0x52908400098527886E0F7030069857D2E4169Ee7"}`:                       "EIP-55",
		`{"builtin": "referense", "contract": "` + address + `"}`:                                                  `"reference"`,
		`{"builtin": "reference"}`:                                                                                 "ledger.contract",
		`{"builtin": "reference", "contract": "` + address + `", "finality": "lates"}`:                             "finalized, safe, latest",
		`{"builtin": "reference", "contract": "` + address + `", "finality": {"confirmations": 0}}`:                "n from 1",
		`{"builtin": "reference", "contract": "` + address + `", "evants": []}`:                                    `"events"`,
		`{"builtin": "reference", "contract": "` + address + `", "events": [{"event": "Appendet", "key": "key"}]}`: `"Appended"`,
		`{"builtin": "reference", "contract": "` + address + `", "events": [{"event": "Appended", "key": "kay"}]}`: `"key"`,
		`{"builtin": "reference", "contract": "` + address + `", "errors": {"Conflict": "conflikt"}}`:              `"conflict"`,
		`{"builtin": "reference", "contract": "` + address + `", "logSpan": "many"}`:                               "whole number",
	} {
		s, err := ParseSection(json.RawMessage(section))
		if err == nil {
			_, err = Compile(s)
		}
		if driver.CodeOf(err) != driver.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want invalid, with %s", section, err, want)
		}
	}
}

// FuzzDecode: no log makes anything but an entry or Corrupt, and a body that is composed is canonical JSON.
func FuzzDecode(f *testing.F) {
	b, log := rich(f)
	f.Add(log.Data, log.Topics[1][:], log.Topics[2][:])
	f.Add([]byte{}, []byte{}, []byte{})
	f.Fuzz(func(t *testing.T, data, key, by []byte) {
		got, err := b.Decode(&types.Log{Address: log.Address, Data: data,
			Topics: []common.Hash{log.Topics[0], common.BytesToHash(key), common.BytesToHash(by)}})
		if err != nil {
			if driver.CodeOf(err) != driver.Corrupt {
				t.Errorf("%v, want corrupt", err)
			}
			return
		}
		whole, err := ld.Parse(got.Body, ld.Limits{Bytes: len(got.Body)})
		if err != nil {
			t.Fatalf("%q: %v", got.Body, err)
		}
		if again, err := ld.JCS(whole); err != nil || !bytes.Equal(again, got.Body) {
			t.Errorf("%q is not canonical: %v", got.Body, err)
		}
	})
}
