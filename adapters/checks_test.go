package adapters_test

import (
	"context"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/memory"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust"
)

func sharing(c *adapters.Checks) func(*adapters.Config, *adapters.Env) {
	return func(_ *adapters.Config, e *adapters.Env) { e.Cache = c }
}

func TestTheSameBytesAreParsedOnce(t *testing.T) {
	checks := adapters.NewChecks(1 << 20)
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	one, two := open(t, n, sharing(checks)), open(t, n, sharing(checks))
	first, again, elsewhere := read(t, one, 0), read(t, one, 0), read(t, two, 0)
	if first.Record != again.Record || first.Record != elsewhere.Record {
		t.Error("the same bytes were parsed again")
	}
	if alone := read(t, open(t, n), 0); alone.Record == first.Record {
		t.Error("a ledger with a cache of its own shares a record")
	}
}

// Every answer is asked of the ledger: what is kept is what the bytes are, never which bytes stand there now.
func TestTheLedgerIsAskedEveryTime(t *testing.T) {
	n := newNode(t)
	chain := versions(t, 2)
	n.put(t, id, chain[0].Bytes)
	l := open(t, n)
	read(t, l, 0)
	if _, err := n.Ledger.Append(ctx, &driver.Write{Key: id, Expect: 1, Body: chain[1].Bytes}); err != nil {
		t.Fatal(err)
	}
	if r := read(t, l, 0); r.Record.Version != 2 {
		t.Errorf("version %d, want the new one", r.Record.Version)
	}
	n.chain.Stop()
	if _, err := l.Read(ctx, id, 1); driver.CodeOf(err) != driver.Unavailable {
		t.Errorf("%v, want unavailable", err)
	}
}

func TestAProofIsAskedForOncePerEntry(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	l := open(t, n, anchored(n))
	for range 3 {
		if got, reason := outcome(read(t, l, 0), trust.Inclusion); got != trust.Valid {
			t.Fatalf("%s: %s", got, reason)
		}
	}
	if n.asks != 1 {
		t.Errorf("asked for %d proofs, want 1", n.asks)
	}
	// Whatever of the entry a proof may cover, another value of it is another entry.
	for name, alter := range map[string]func(*driver.Entry){
		"block": func(e *driver.Entry) { e.Height++ }, "index": func(e *driver.Entry) { e.Index++ },
		"tx": func(e *driver.Entry) { e.Tx = "0" }, "time": func(e *driver.Entry) { e.Time = e.Time.Add(1) },
		"author": func(e *driver.Entry) { e.Author.ID = "did:key:another" }, "chain": func(e *driver.Entry) { e.Cursor = "x" },
		"evidence of the author": func(e *driver.Entry) { e.Author.Evidence = []byte("x") },
		"kind of author":         func(e *driver.Entry) { e.Author.Kind = "x509" },
		"body":                   func(e *driver.Entry) { e.Body = append(e.Body, ' ') },
	} {
		before := n.asks
		n.alter = alter
		read(t, l, 0)
		if n.asks != before+1 {
			t.Errorf("another %s: the known proof was taken for this entry's", name)
		}
	}
}

func TestOtherAnchorsMakeOtherFindings(t *testing.T) {
	checks := adapters.NewChecks(1 << 20)
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	read(t, open(t, n, anchored(n), sharing(checks)), 0)
	strict := open(t, n, sharing(checks), func(c *adapters.Config, _ *adapters.Env) { c.Anchors = newNode(t).chain.Anchors() })
	if got, _ := outcome(read(t, strict, 0), trust.Inclusion); got != trust.Invalid {
		t.Errorf("inclusion is %s under anchors that do not know the chain", got)
	}
}

// What could not be asked is asked again, and a wrong proof does not outlast a right one.
func TestNothingButSuccessIsKeptOfInclusion(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	sick := &sometimes{node: n}
	l := open(t, sick, anchored(n))
	for _, c := range []struct {
		prove func() (*driver.Proof, error)
		want  trust.Outcome
	}{
		{func() (*driver.Proof, error) { return nil, driver.Errorf(driver.Unavailable, "down") }, trust.Undetermined},
		{func() (*driver.Proof, error) { return &driver.Proof{Type: "unheard-of"}, nil }, trust.Undetermined},
		{func() (*driver.Proof, error) {
			return &driver.Proof{Type: memory.ProofType, Data: []byte("{}")}, nil
		}, trust.Invalid},
		{nil, trust.Valid},
	} {
		sick.prove = c.prove
		if got, reason := outcome(read(t, l, 0), trust.Inclusion); got != c.want {
			t.Errorf("%s, %q; want %s", got, reason, c.want)
		}
	}
}

type sometimes struct {
	*node
	prove func() (*driver.Proof, error)
}

func (s *sometimes) Prove(ctx context.Context, e *driver.Entry) (*driver.Proof, error) {
	if s.prove != nil {
		return s.prove()
	}
	return s.node.Prove(ctx, e)
}

// An entry that is not final may move to another block, and what was proven of it is not kept.
func TestNothingIsKeptOfWhatIsNotFinal(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	n.alter = func(e *driver.Entry) { e.Final = false }
	l := open(t, n, anchored(n))
	read(t, l, 0)
	read(t, l, 0)
	if n.asks != 2 {
		t.Errorf("asked for %d proofs, want one each time", n.asks)
	}
	second := record(t, record(t, nil))
	if _, err := n.Ledger.Append(ctx, &driver.Write{Key: id, Expect: 1, Body: second.Bytes}); err != nil {
		t.Fatal(err)
	}
	if h, err := l.History(ctx, id); err != nil || h.Versions.Outcome != trust.Valid {
		t.Fatalf("%+v, %v", h, err)
	}
	if got := read(t, l, 2).Link; got.Outcome != trust.Undetermined {
		t.Errorf("link %+v, want undetermined", got)
	}
}

// A ledger may still show the bytes of what it says is deleted.
func TestADeletedRecordIsNotTheOneThatWasKept(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	l := open(t, n)
	read(t, l, 0)
	n.alter = func(e *driver.Entry) { e.Deleted = true }
	if got, reason := outcome(read(t, l, 0), trust.Schema); got != trust.Invalid {
		t.Errorf("schema is %s, %q; want invalid", got, reason)
	}
	n.alter = nil
	if got, _ := outcome(read(t, l, 0), trust.Schema); got != trust.Valid {
		t.Errorf("schema is %s once it is shown again, want valid", got)
	}
}

// A caller may do to its Reading what it likes: nobody else's changes.
func TestWhatIsKeptCannotBeChanged(t *testing.T) {
	n := newNode(t)
	n.put(t, id, record(t, nil).Bytes)
	l := open(t, n, anchored(n))
	mine := read(t, l, 0)
	for i := range mine.Checks {
		mine.Checks[i].Outcome = trust.Invalid
	}
	mine.Checks = append(mine.Checks[:0], trust.Check{Name: "mine"})
	clear(mine.Entry.Body)
	for name, want := range map[string]trust.Outcome{trust.Schema: trust.Valid, trust.Proof: trust.Valid, trust.Inclusion: trust.Valid} {
		if got, _ := outcome(read(t, l, 0), name); got != want {
			t.Errorf("%s is %s for the next reader, want %s", name, got, want)
		}
	}
}

func TestTheChecksAreBoundedByBytes(t *testing.T) {
	const limit = 64 << 10
	checks := adapters.NewChecks(limit)
	n := newNode(t)
	l := open(t, n, sharing(checks))
	for range 200 {
		fresh := model.NewID()
		n.put(t, fresh, record(t, nil, func(r *model.Record) { r.ID = fresh }).Bytes)
		if _, err := l.Read(ctx, fresh, 0); err != nil {
			t.Fatal(err)
		}
	}
	if checks.Bytes() == 0 {
		t.Error("nothing is kept")
	}
	for patience := time.Now().Add(10 * time.Second); checks.Bytes() > limit; runtime.Gosched() { // eviction lags behind
		if time.Now().After(patience) {
			t.Fatalf("%d bytes are kept, want at most %d", checks.Bytes(), limit)
		}
	}
}

func TestManyReadersOfOneCache(t *testing.T) {
	checks := adapters.NewChecks(1 << 20)
	n := newNode(t)
	n.put(t, id, bodies(versions(t, 3))...)
	var all sync.WaitGroup
	for range 4 {
		l := open(t, n.Ledger, sharing(checks), anchored(n))
		all.Go(func() {
			for i := range 50 {
				r, err := l.Read(ctx, id, uint64(i%3+1))
				if err != nil || len(r.Checks) != 3 {
					t.Errorf("%+v, %v", r, err)
				}
				if h, err := l.History(ctx, id); err != nil || h.Versions.Outcome != trust.Valid {
					t.Errorf("%+v, %v", h, err)
				}
			}
		})
	}
	all.Wait()
}
