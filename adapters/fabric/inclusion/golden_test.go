package inclusion_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/inclusion"
)

var write = flag.Bool("write", false, "write testdata/proof.json from the network in FTA_FABRIC")

// golden is a proof of an entry on a network that is long gone, as it is kept.
type golden struct {
	Entry   *driver.Entry   `json:"entry"`
	Proof   *driver.Proof   `json:"proof"`
	Anchors json.RawMessage `json:"anchors"`
}

var goldenFile = filepath.Join("testdata", "proof.json")

func readGolden(t testing.TB) *golden {
	t.Helper()
	var g golden
	text, err := os.ReadFile(goldenFile)
	if err == nil {
		err = json.Unmarshal(text, &g)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &g
}

// TestAKeptProofStillVerifies: a real block of Fabric 2.5.9, which no code here made.
func TestAKeptProofStillVerifies(t *testing.T) {
	g := readGolden(t)
	if got := driver.Verify(g.Entry, g.Proof, driver.Anchors(g.Anchors)); got.Outcome != driver.Verified {
		t.Fatalf("%+v", got)
	}
	g.Entry.Body[0] ^= 1
	if got := driver.Verify(g.Entry, g.Proof, driver.Anchors(g.Anchors)); got.Outcome != driver.Failed {
		t.Errorf("%+v", got)
	}
}

// TestEveryBitOfAKeptProofCounts turns a bit of each part, here and there.
func TestEveryBitOfAKeptProofCounts(t *testing.T) {
	g := readGolden(t)
	s := &subject{entry: g.Entry, proof: g.Proof, anchors: driver.Anchors(g.Anchors)}
	for name, part := range map[string]func(p *sent) []byte{
		"previous":   func(p *sent) []byte { return p.Previous },
		"data":       func(p *sent) []byte { return p.Data },
		"signatures": func(p *sent) []byte { return p.Signatures },
		"before":     func(p *sent) []byte { return p.Answers[0].Before },
		"after":      func(p *sent) []byte { return p.Answers[1].After },
		"endorser":   func(p *sent) []byte { return p.Answers[1].Endorser },
		"signature":  func(p *sent) []byte { return p.Answers[0].Signature },
	} {
		size := len(part(s.sent(t)))
		for at := 0; at < size; at += 1 + size/40 {
			p := s.sent(t)
			part(p)[at] ^= 1
			if got := driver.Verify(s.entry, p.proof(t), s.anchors); got.Outcome == driver.Verified {
				t.Errorf("%s: bit of byte %d of %d turned: %+v", name, at, size, got)
			}
		}
	}
}

// TestNetworkGolden writes the kept proof anew, with -write.
func TestNetworkGolden(t *testing.T) {
	s := running(t)
	if !*write {
		t.Skip("the kept proof is written with -write only")
	}
	text, err := json.MarshalIndent(golden{s.entry, s.proof, json.RawMessage(s.anchors)}, "", " ")
	if err == nil {
		err = os.WriteFile(goldenFile, append(text, '\n'), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// FuzzVerify: whatever a proof is, it is never a proof of another entry, and never crashes.
func FuzzVerify(f *testing.F) {
	g := readGolden(f)
	g.Entry.Body = append(bytes.Clone(g.Entry.Body), '.')
	f.Add([]byte(g.Proof.Data))
	f.Add([]byte(`{"data":"CgA=","answers":[{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p := &driver.Proof{Type: inclusion.ProofType, Data: data}
		if got := driver.Verify(g.Entry, p, driver.Anchors(g.Anchors)); got.Outcome == driver.Verified {
			t.Errorf("%+v", got)
		}
	})
}

// BenchmarkVerify is what holding a block of one transaction against anchors costs.
func BenchmarkVerify(b *testing.B) {
	g := readGolden(b)
	b.ReportAllocs()
	for b.Loop() {
		if got := driver.Verify(g.Entry, g.Proof, driver.Anchors(g.Anchors)); got.Outcome != driver.Verified {
			b.Fatal(got)
		}
	}
}
