package memory

import (
	"bytes"
	"encoding/hex"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// The leaves and roots that Certificate Transparency's implementations are tested with (RFC 6962 §2.1).
var ctLeaves = []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}

func TestTheTreeIsThatOfRFC6962(t *testing.T) {
	for size, want := range map[int]string{
		0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	} {
		var leaves []hash
		for _, text := range ctLeaves[:size] {
			content, err := hex.DecodeString(text)
			if err != nil {
				t.Fatal(err)
			}
			leaves = append(leaves, leafHash(content))
		}
		if got := root(leaves); hex.EncodeToString(got[:]) != want {
			t.Errorf("root of %d leaves: %x, want %s", size, got, want)
		}
	}
}

func TestEveryPathLeadsToTheRootFromItsOwnLeafOnly(t *testing.T) {
	var leaves []hash
	for size := 1; size <= 33; size++ {
		leaves = append(leaves, leafHash([]byte{byte(size)}))
		for index := range size {
			if got := leadsFrom(leaves, index); len(got) != 1 || got[0] != index {
				t.Fatalf("the path of leaf %d of %d leads to the root from %v", index, size, got)
			}
		}
	}
}

// leadsFrom lists the places in the tree from which a leaf's path leads to the root.
func leadsFrom(leaves []hash, index int) []int {
	steps, want := path(leaves, index), root(leaves)
	var out []int
	for at := range leaves {
		if got, ok := climb(leaves[index], uint64(at), uint64(len(leaves)), steps); ok && got == want {
			out = append(out, at)
		}
	}
	return out
}

func TestAPathOfTheWrongLengthLeadsNowhere(t *testing.T) {
	leaves := []hash{{1}, {2}, {3}, {4}, {5}}
	steps := path(leaves, 2)
	for name, tc := range map[string]struct {
		index, size uint64
		path        []hash
	}{
		"too short":        {2, 5, steps[1:]},
		"too long":         {2, 5, append(steps[:len(steps):len(steps)], hash{})},
		"none":             {2, 5, nil},
		"outside the tree": {5, 5, steps},
		"no tree":          {0, 0, nil},
		"huge":             {1 << 63, 1<<63 + 1, steps},
	} {
		if got, ok := climb(leaves[2], tc.index, tc.size, tc.path); ok && got == root(leaves) {
			t.Errorf("%s: leads to the root", name)
		}
	}
}

func TestFramesOfDifferentPartsDiffer(t *testing.T) {
	frames := [][]byte{
		frame("a", []byte("bc")), frame("ab", []byte("c")), frame("a", []byte("b"), []byte("c")),
		frame("a", []byte("bc"), nil), frame("a", nil, []byte("bc")), frame("a"),
	}
	for i, a := range frames {
		for j, b := range frames {
			if i != j && bytes.Equal(a, b) {
				t.Errorf("frames %d and %d are both %q", i, j, a)
			}
		}
	}
}

// Whoever could put another's key on a transaction would be its author.
func TestATransactionWithAnothersSignatureIsRefused(t *testing.T) {
	l, other := New(Options{}), New(Options{})
	tx, err := l.sign(&driver.Write{Key: "a", Body: []byte("b")})
	if err != nil {
		t.Fatal(err)
	}
	forged, err := other.sign(&driver.Write{Key: "a", Body: []byte("b")})
	if err != nil {
		t.Fatal(err)
	}
	tx.signature = forged.signature
	if _, err := l.chain.take(tx); err == nil {
		t.Error("the chain took it")
	}
}
