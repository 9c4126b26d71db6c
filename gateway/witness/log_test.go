package witness_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/ld"
)

// TestEvidenceKeepsBothSidesOfAFork, each with the proof captured with it.
func TestEvidenceKeepsBothSidesOfAFork(t *testing.T) {
	kv, c := memory(t), newClock()
	l := open(t, kv, c)
	mustSee(t, l, shown(1, "a"))
	mustSee(t, l, shown(1, "x"))
	both, err := l.Evidence(trade, id, 1)
	if err != nil || len(both) != 2 {
		t.Fatalf("%d entries, %v", len(both), err)
	}
	for i, content := range []string{"a", "x"} {
		e, want := both[i], shown(1, content)
		if e.Digest != want.Digest || e.Height != want.Height || !e.ChainTime.Equal(want.ChainTime) {
			t.Errorf("entry %d is %+v", i, e)
		}
		if wantData := `{"path":["<` + content + `>",12345678901234567890]}`; string(e.Proof.Data) != wantData {
			t.Errorf("the proof is %s, want %s", e.Proof.Data, wantData)
		}
	}
	if none, err := l.Evidence(trade, id, 7); len(none) != 0 || err != nil {
		t.Errorf("of a version never seen: %v %v", none, err)
	}
}

// TestForksAreBounded: two who collude cannot fill the disk by signing one version for ever.
func TestForksAreBounded(t *testing.T) {
	kv, c := memory(t), newClock()
	l := open(t, kv, c)
	for n := range 40 {
		seen := mustSee(t, l, shown(1, fmt.Sprint(n)))
		if (n > 0) != (seen.Relation == witness.Differs) {
			t.Fatalf("fork %d is %s", n, seen.Relation)
		}
	}
	if kept, err := l.Evidence(trade, id, 1); len(kept) != 16 || err != nil {
		t.Errorf("kept %d, %v", len(kept), err)
	}
}

func TestKnown(t *testing.T) {
	kv, c := memory(t), newClock()
	l := open(t, kv, c)
	mustSee(t, l, shown(1, "a"))
	mustSee(t, l, shown(2, "b"))
	mustSee(t, l, on(other, shown(1, "copy")))
	mustSee(t, l, named(id+"0", shown(9, "of a longer id")))
	got, err := l.Known(id)
	if err != nil || len(got) != 2 {
		t.Fatalf("known on %d ledgers, %v", len(got), err)
	}
	newest := map[string]uint64{}
	for _, e := range got {
		newest[e.Ledger] = e.Version
		if e.Proof == nil {
			t.Errorf("%s: the proof is missing", e.Ledger)
		}
	}
	if newest[trade] != 2 || newest[other] != 1 {
		t.Errorf("newest versions %v", newest)
	}
	if got, err := l.Known("urn:uuid:never"); len(got) != 0 || err != nil {
		t.Errorf("of an id never seen: %v, %v", got, err)
	}
}

// TestSeeRefuses what is no observation, and keeps nothing of it.
func TestSeeRefuses(t *testing.T) {
	long := make([]byte, 513)
	cases := map[string]func(o *witness.Observation){
		"no ledger":       func(o *witness.Observation) { o.Ledger = "" },
		"long ledger":     func(o *witness.Observation) { o.Ledger = string(long) },
		"no id":           func(o *witness.Observation) { o.ID = "" },
		"id not UTF-8":    func(o *witness.Observation) { o.ID = "\xff" },
		"version 0":       func(o *witness.Observation) { o.Version = 0 },
		"no digest":       func(o *witness.Observation) { o.Digest = ld.Digest{} },
		"year 10000":      func(o *witness.Observation) { o.ChainTime = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"proof not JSON":  func(o *witness.Observation) { o.Proof = &driver.Proof{Type: "x", Data: json.RawMessage(`{`)} },
		"proof of a kind": func(o *witness.Observation) { o.Proof = &driver.Proof{Data: json.RawMessage(`{}`)} },
	}
	l := open(t, memory(t), newClock())
	for name, spoil := range cases {
		o := shown(1, "a")
		spoil(&o)
		if seen, err := l.See(o); err == nil {
			t.Errorf("%s: %+v", name, seen)
		}
	}
	if page, err := l.Page(witness.Query{}); len(page.Entries) != 0 || err != nil {
		t.Errorf("the log has %d entries, %v", len(page.Entries), err)
	}
}

// TestLargeProofIsKeptByItsDigest, and does not make the observation fail.
func TestLargeProofIsKeptByItsDigest(t *testing.T) {
	l := open(t, memory(t), newClock())
	o := shown(1, "a")
	o.Proof.Data, _ = json.Marshal(string(make([]byte, 1<<20)))
	mustSee(t, l, o)
	kept, err := l.Evidence(trade, id, 1)
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	if p := kept[0].Proof; p.Data != nil || p.Omitted == nil || *p.Omitted != ld.Sum(o.Proof.Data) {
		t.Errorf("kept %d bytes and the digest %v", len(p.Data), p.Omitted)
	}
}

// TestOpenRefusesABrokenEnd: an altered last entry, and a store restored by half.
func TestOpenRefusesABrokenEnd(t *testing.T) {
	for name, change := range map[string]driver.Change{
		"altered": {Key: []byte("e\x00\x00\x00\x00\x00\x00\x00\x02"), Value: []byte(`{}`)},
		"missing": {Key: []byte("e\x00\x00\x00\x00\x00\x00\x00\x02")},
		"no head": {Key: []byte("h"), Value: []byte(`{"seq":`)},
	} {
		kv, c := memory(t), newClock()
		l := open(t, kv, c)
		mustSee(t, l, shown(1, "a"))
		mustSee(t, l, shown(2, "b"))
		if err := kv.Apply(change); err != nil {
			t.Fatal(err)
		}
		if _, err := witness.Open(kv, c.now); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}
