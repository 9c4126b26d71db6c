package witness_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/ld"
)

const (
	trade = "urn:uuid:5d2a3c60-0f1a-4a8e-8d1e-0c8a9f1d2b30"
	other = "eip155:1:0xab16a96D359eC26a11e2C2b3d8f8B8942d5Bfcdb"
	id    = "urn:uuid:0d6cf4a5-6a37-4a8c-9a53-0b7f3f0e6a11"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		witnessUntilKilled(dir)
		return
	}
	goleak.VerifyTestMain(m)
}

// clock is a gateway's clock that a test moves.
type clock struct {
	sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.Lock()
	defer c.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) time.Time {
	c.Lock()
	defer c.Unlock()
	c.at = c.at.Add(d)
	return c.at
}

func memory(t testing.TB) driver.KV {
	t.Helper()
	s := store.Memory()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Sub("witness")
}

func open(t testing.TB, kv driver.KV, c *clock) *witness.Log {
	t.Helper()
	l, err := witness.Open(kv, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// digest is that of a made-up record.
func digest(name string) ld.Digest { return sha256.Sum256([]byte(name)) }

// shown is a version of the record on the trade ledger.
func shown(version uint64, content string) witness.Observation {
	return witness.Observation{
		Ledger: trade, ID: id, Version: version, Digest: digest(content), Height: 10 * version,
		ChainTime: time.Date(2026, 11, 1, 0, 0, int(version), 0, time.UTC),
		Proof:     &driver.Proof{Type: "MerkleTree-sha256", Data: json.RawMessage(`{"path": ["<` + content + `>", 12345678901234567890]}`)},
	}
}

func on(ledger string, o witness.Observation) witness.Observation {
	o.Ledger = ledger
	return o
}

func named(id string, o witness.Observation) witness.Observation {
	o.ID = id
	return o
}

func mustSee(t testing.TB, l *witness.Log, o witness.Observation) witness.Seen {
	t.Helper()
	seen, err := l.See(o)
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// TestSee goes through what a ledger may show, one after the other.
func TestSee(t *testing.T) {
	steps := []struct {
		name   string
		shows  witness.Observation
		want   witness.Relation
		newest uint64
		forked bool
	}{
		{"nothing was known", shown(1, "a"), witness.First, 0, false},
		{"the same again", shown(1, "a"), witness.Same, 1, false},
		{"a correction", shown(2, "b"), witness.Newer, 1, false},
		{"history, known", shown(1, "a"), witness.Older, 2, false},
		{"another history than before", shown(1, "x"), witness.Differs, 2, true},
		{"and again", shown(1, "x"), witness.Differs, 2, true},
		{"the history first seen", shown(1, "a"), witness.Older, 2, true},
		{"the newest still", shown(2, "b"), witness.Same, 2, false},
		{"another newest under the same number", shown(2, "y"), witness.Differs, 2, true},
		{"the newest first seen", shown(2, "b"), witness.Same, 2, true},
		{"a version further on", shown(5, "e"), witness.Newer, 2, false},
		{"history that was passed over", shown(3, "c"), witness.Older, 5, false},
		{"the same, known now", shown(3, "c"), witness.Older, 5, false},
		{"another one than that", shown(3, "z"), witness.Differs, 5, true},
		{"the same record on another ledger", on(other, shown(1, "a")), witness.First, 0, false},
		{"another record", named("urn:uuid:2", shown(1, "a")), witness.First, 0, false},
		{"and the first one stays as it is", shown(5, "e"), witness.Same, 5, false},
	}
	kv, c := memory(t), newClock()
	l := open(t, kv, c)
	for _, s := range steps {
		c.pass(time.Minute)
		got := mustSee(t, l, s.shows)
		if got.Relation != s.want || got.Newest.Version != s.newest || got.Forked != s.forked {
			t.Errorf("%s: %s after version %d, forked %v; want %s after %d, %v",
				s.name, got.Relation, got.Newest.Version, got.Forked, s.want, s.newest, s.forked)
		}
		if again := mustSee(t, open(t, kv, c), s.shows); again.Relation == witness.First || again.Relation == witness.Newer {
			t.Errorf("%s: opened again, it is %s", s.name, again.Relation)
		}
	}
}

// TestWitnessedTimeIsTheFirst, for each version and digest, and stays when the log is opened again.
func TestWitnessedTimeIsTheFirst(t *testing.T) {
	kv, c := memory(t), newClock()
	first := c.now()
	mustSee(t, open(t, kv, c), shown(1, "a"))
	forked := c.pass(time.Hour + 123456789*time.Nanosecond)
	mustSee(t, open(t, kv, c), shown(1, "x"))
	c.pass(time.Hour)
	for range 2 {
		l := open(t, kv, c)
		if got := mustSee(t, l, shown(1, "a")).Witnessed; !got.Equal(first) {
			t.Errorf("a was witnessed at %v, want %v", got, first)
		}
		if got := mustSee(t, l, shown(1, "x")).Witnessed; !got.Equal(forked) {
			t.Errorf("x was witnessed at %v, want %v", got, forked)
		}
		if got, ok, err := l.FirstSeen(trade, id, 1); !got.Equal(first) || !ok || err != nil {
			t.Errorf("version 1 was first seen at %v %v %v, want %v", got, ok, err, first)
		}
	}
	if got, ok, err := open(t, kv, c).FirstSeen(trade, id, 2); ok || err != nil {
		t.Errorf("version 2 was seen at %v, %v", got, err)
	}
}

func TestRolledBack(t *testing.T) {
	kv, c := memory(t), newClock()
	l := open(t, kv, c)
	early := c.now()
	mustSee(t, l, shown(1, "a"))
	c.pass(time.Second)
	mustSee(t, l, shown(2, "b"))
	later := c.pass(time.Second)
	seen := mustSee(t, l, shown(1, "a"))
	if !seen.RolledBack(later) {
		t.Error("asked after version 2 was witnessed, the ledger answered version 1 as its newest")
	}
	if seen.RolledBack(early) {
		t.Error("version 2 came while the read was under way")
	}
	if mustSee(t, l, shown(2, "b")).RolledBack(later) {
		t.Error("the newest is no rollback")
	}
}

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
