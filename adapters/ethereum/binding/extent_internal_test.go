package binding

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// wordOf is a number as the ABI writes it.
func wordOf(n int) []byte {
	return binary.BigEndian.AppendUint64(make([]byte, wordSize-8), uint64(n))
}

// bomb is a list of texts that are all the same one.
func bomb(items, size int) []byte {
	data := append(wordOf(wordSize), wordOf(items)...)
	for range items {
		data = append(data, wordOf(items*wordSize)...)
	}
	return append(append(data, wordOf(size)...), bytes.Repeat([]byte("x"), size)...)
}

// TestPartsThatLieOverOneAnotherAreCorrupt: 100 KB that would be 100 MB of text are not decoded.
func TestPartsThatLieOverOneAnotherAreCorrupt(t *testing.T) {
	b := compiled(t, `{"abi": ["event Filed(bytes32 indexed key, string[] names)"], "events": [{"event": "Filed", "key": "key"}]}`)
	e, err := b.event("", "Filed")
	if err != nil {
		t.Fatal(err)
	}
	decode := func(data []byte) (*Found, error) {
		return b.Decode(&types.Log{Address: b.Contract, Topics: append(b.Topics(), e.ID)[:2], Data: data})
	}
	if _, err := decode(bomb(1, 32)); err != nil {
		t.Errorf("one text over none other: %v", err)
	}
	data := bomb(2000, 51_200)
	bytesUsed := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, err = decode(data)
		}
	}).AllocedBytesPerOp()
	if driver.CodeOf(err) != driver.Corrupt || !strings.Contains(err.Error(), "the one before it ends") {
		t.Errorf("%v", err)
	}
	if bytesUsed > int64(len(data)) {
		t.Errorf("%d bytes of memory for %d", bytesUsed, len(data))
	}
}

// FuzzExtent: what go-ethereum decodes, and encodes to the same bytes, is walked to its end; nothing else is.
func FuzzExtent(f *testing.F) {
	names := []string{"string[]", "uint8[2][]", "(address a, string b)[2]", "(bytes x, (uint256 n, bool[] b)[] y)", "bytes", "int16[3]", "string[][]"}
	args := make([]abi.Arguments, len(names))
	for i, name := range names {
		parsed, err := parseABI([]any{"function f(" + name + " v)"})
		if err != nil {
			f.Fatal(err)
		}
		args[i] = parsed.Methods["f"].Inputs
		f.Add(uint8(i), bomb(1, 32))
		f.Add(uint8(i), bomb(3, 7))
		f.Add(uint8(i), bytes.Repeat(wordOf(wordSize), 6))
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		if len(data) > 2048 {
			return
		}
		inputs := args[int(which)%len(args)]
		n, err := argumentParts(inputs).extent(data)
		walked := err == nil && n == len(data)
		values, err := inputs.UnpackValues(data)
		if err != nil {
			return
		}
		if again, err := inputs.PackValues(values); err == nil && bytes.Equal(again, data) && !walked {
			t.Errorf("%s: %x is right, and %d of %d bytes were walked", names[int(which)%len(names)], data, n, len(data))
		}
	})
}
