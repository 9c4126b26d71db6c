package memory_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
)

// proven gives an entry among others, with its proof.
func proven(t testing.TB) (*memory.Ledger, *driver.Entry, *driver.Proof) {
	l := memory.New(memory.Options{})
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		if _, err := l.Append(t.Context(), &driver.Write{Key: key, Body: []byte("body of " + key)}); err != nil {
			t.Fatal(err)
		}
	}
	e, err := l.Get(t.Context(), driver.Ref{Key: "c"})
	if err != nil {
		t.Fatal(err)
	}
	p, err := l.Prove(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return l, e, p
}

func TestAProofFailsWhereAnythingInItIsChanged(t *testing.T) {
	l, e, p := proven(t)
	for name, change := range map[string]func(head, proof map[string]any){
		"size":      func(head, _ map[string]any) { head["size"] = 6 },
		"height":    func(head, _ map[string]any) { head["height"] = 6 },
		"chain":     func(head, _ map[string]any) { head["chain"] = "another" },
		"root":      func(head, _ map[string]any) { head["root"] = "AAAA" },
		"signature": func(head, _ map[string]any) { head["signature"] = "AAAA" },
		"index":     func(_, proof map[string]any) { proof["index"] = 3 },
		"path":      func(_, proof map[string]any) { proof["path"] = []string{} },
		"step":      func(_, proof map[string]any) { proof["path"] = []string{"AAAA", "AAAA", "AAAA"} },
		"long path": func(_, proof map[string]any) { proof["path"] = make([]string, 65) },
	} {
		t.Run(name, func(t *testing.T) {
			changed := map[string]any{}
			if err := json.Unmarshal(p.Data, &changed); err != nil {
				t.Fatal(err)
			}
			change(changed["head"].(map[string]any), changed)
			data, err := json.Marshal(changed)
			if err != nil {
				t.Fatal(err)
			}
			result := driver.Verify(e, &driver.Proof{Type: p.Type, Data: data}, l.Chain().Anchors())
			if result.Outcome != driver.Failed || result.Reason == "" {
				t.Errorf("%+v", result)
			}
		})
	}
}

func TestAProofIsBoundedBeforeItIsRead(t *testing.T) {
	l, e, p := proven(t)
	padded := strings.Repeat(" ", 1<<20) + string(p.Data)
	result := driver.Verify(e, &driver.Proof{Type: p.Type, Data: []byte(padded)}, l.Chain().Anchors())
	if result.Outcome != driver.Failed || !strings.Contains(result.Reason, "the most is") {
		t.Errorf("%+v", result)
	}
}

func TestWithoutAnAnchorNothingIsSaid(t *testing.T) {
	_, e, p := proven(t)
	for _, anchors := range []string{"", "null", "{}", `{"key":"did:web:example.com"}`, `{"key":"did:key:z6Mk"}`} {
		if result := driver.Verify(e, p, driver.Anchors(anchors)); result.Outcome != driver.Undetermined {
			t.Errorf("anchors %q: %+v", anchors, result)
		}
	}
}

func TestWhatIsNotFinalIsNotProvenYet(t *testing.T) {
	l := memory.New(memory.Options{FinalAfter: 1})
	write(t, l, "a", 0)
	e, err := l.Get(t.Context(), driver.Ref{Key: "a", Finality: driver.Latest})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Prove(t.Context(), e); driver.CodeOf(err) != driver.NotReady {
		t.Errorf("%v, want %s", err, driver.NotReady)
	}
	l.Chain().Advance()
	if _, err := l.Prove(t.Context(), e); err != nil {
		t.Errorf("a block later: %v", err)
	}
}

// Whatever a node sends, a proof shows only the entry that it was made of.
func FuzzVerify(f *testing.F) {
	l, e, p := proven(f)
	f.Add([]byte(p.Data), "body of c")
	f.Add([]byte(p.Data), "body of d")
	f.Add([]byte(`{"path":[null]}`), "")
	f.Add([]byte(`{"head":{"size":18446744073709551615},"index":9223372036854775808}`), "")
	f.Fuzz(func(t *testing.T, data []byte, body string) {
		other := *e
		other.Body = []byte(body)
		result := driver.Verify(&other, &driver.Proof{Type: memory.ProofType, Data: data}, l.Chain().Anchors())
		if result.Outcome == driver.Verified && body != string(e.Body) {
			t.Errorf("%q is proven by %s", body, data)
		}
	})
}
