package webledger_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

// A block that is not what the chain can hold is refused as Corrupt, kept as evidence, and not followed. When the node
// shows the right one again, the driver goes on.
func TestForgedBlocksAreNotFollowed(t *testing.T) {
	for name, forge := range map[string]func(s *standIn, b *protocol.Block, a *protocol.BlockAnswer){
		"altered record": func(_ *standIn, _ *protocol.Block, a *protocol.BlockAnswer) {
			a.Block = []byte(strings.Replace(string(a.Block), `"value":2}`, `"value":7}`, 1))
		},
		"other hash": func(_ *standIn, _ *protocol.Block, a *protocol.BlockAnswer) { a.Meta.BlockHash = "zQmOther" },
		"not a block": func(_ *standIn, _ *protocol.Block, a *protocol.BlockAnswer) {
			a.Block = []byte(`{"id":"x"}`)
		},
		"other height": func(s *standIn, _ *protocol.Block, a *protocol.BlockAnswer) { *a = blockAnswer(s.blocks[1]) },
		"no consensus": func(_ *standIn, _ *protocol.Block, a *protocol.BlockAnswer) { a.Meta.Consensus = false },
		"other past": func(s *standIn, b *protocol.Block, a *protocol.BlockAnswer) {
			past := *s.blocks[1]
			past.Hash = s.blocks[0].Hash
			other, err := protocol.NewBlock(s.ledger, &past, b.Events)
			s.must(err)
			*a = blockAnswer(other)
		},
		"another ledger's": func(s *standIn, b *protocol.Block, a *protocol.BlockAnswer) {
			other, err := protocol.NewBlock(newID(), s.blocks[1], b.Events)
			s.must(err)
			*a = blockAnswer(other)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, key := newStandIn(t), newID()
			s.history(key, 3)
			l := s.open(t)
			s.forges(2, forge)
			notFollowed(t, l, key)
			if name != "no consensus" && !l.table.holds(`"why":"block 2 `) {
				t.Error("no evidence was kept")
			}
			s.spoiled(blockService, nil)
			if all, err := l.Versions(within(t), key, 0, 0); err != nil || len(all) != 3 {
				t.Errorf("after the node came to its senses: %d versions, %v", len(all), err)
			}
		})
	}
}

func notFollowed(t *testing.T, l driver.Ledger, key string) {
	t.Helper()
	for range 2 {
		_, err := l.Versions(within(t), key, 0, 0)
		wantCode(t, err, driver.Corrupt)
	}
	if b, err := l.Changes(within(t), "", 10, 0); err != nil || len(b.Entries) != 1 {
		t.Errorf("what came before it: %+v, %v", b, err)
	}
}

// forges makes the node answer another block at one height, and no block where it is not asked for one.
func (s *standIn) forges(height uint64, forge func(s *standIn, b *protocol.Block, a *protocol.BlockAnswer)) {
	s.spoiled(endsService, func(w http.ResponseWriter, _ *http.Request) { s.answer(w, shortened(blockAnswers(s))) })
	s.spoiled(blockService, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("id") != protocol.BlockID(s.ledger, height) {
			s.honest(w, r)
			return
		}
		a := blockAnswer(s.blocks[height])
		forge(s, s.blocks[height], &a)
		s.answer(w, a)
	})
}

// shortened leaves out the events of blocks, as nodes may where the blocks are not asked for by id.
func shortened(a protocol.BlocksAnswer) protocol.BlocksAnswer {
	for _, b := range []*protocol.BlockAnswer{&a.Genesis, &a.Latest} {
		var obj ld.Object
		_ = json.Unmarshal(b.Block, &obj)
		delete(obj, "event")
		b.Block, _ = json.Marshal(obj)
	}
	return a
}

// A node that rewrites the newest block under the same height is caught although nothing new is to be fetched.
func TestARewrittenNewestBlockIsCorrupt(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 2)
	l := s.open(t)
	if _, err := l.Versions(within(t), key, 0, 0); err != nil {
		t.Fatal(err)
	}
	s.spoiled(endsService, func(w http.ResponseWriter, _ *http.Request) {
		a := blockAnswers(s)
		a.Latest.Meta.BlockHash = "zQmOther"
		s.answer(w, a)
	})
	_, err := l.Versions(within(t), key, 0, 0)
	wantCode(t, err, driver.Corrupt)
	_, err = l.Head(within(t))
	wantCode(t, err, driver.Corrupt)
}

// A node that stands behind what was seen may be catching up itself. That is an outage.
func TestANodeThatFellBehindIsUnavailable(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	before := blockAnswers(s)
	s.block(s.update(record(key, 1), record(key, 2), 0))
	l := s.open(t)
	if _, err := l.Versions(within(t), key, 0, 0); err != nil {
		t.Fatal(err)
	}
	s.spoiled(endsService, func(w http.ResponseWriter, _ *http.Request) { s.answer(w, before) })
	_, err := l.Head(within(t))
	wantCode(t, err, driver.Unavailable)
	_, err = l.Versions(within(t), key, 0, 0)
	wantCode(t, err, driver.Unavailable)
}

// Another chain under the same address is never mixed with the one that was there: not while the ledger is open, and
// not after it was opened again on the same store.
func TestAnotherChainIsNeverMixedIn(t *testing.T) {
	for name, ledger := range map[string]func(s *standIn) string{
		"another ledger":          func(*standIn) string { return newID() },
		"same ledger, from start": func(s *standIn) string { return s.ledger },
	} {
		t.Run(name, func(t *testing.T) {
			s, key, later := newStandIn(t), newID(), newID()
			s.history(key, 2)
			l := s.open(t)
			b, err := l.Changes(within(t), "", 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			s.key = newKey(1) // so that the genesis block differs in any case
			s.restart(ledger(s))
			s.history(later, 3)
			refusedOnAnotherChain(t, l, key, b.Next)
			again := openOn(t, s.url(), l.table, s.key)
			_, err = again.Get(within(t), driver.Ref{Key: key})
			wantCode(t, err, driver.NotFound)
			_, err = again.Changes(within(t), b.Next, 0, 0)
			wantCode(t, err, driver.CursorInvalid)
			if all, err := again.Versions(within(t), later, 0, 0); err != nil || len(all) != 3 {
				t.Errorf("the new chain has %d versions, %v", len(all), err)
			}
		})
	}
}

func refusedOnAnotherChain(t *testing.T, l *opened, key string, after driver.Cursor) {
	t.Helper()
	for range 2 {
		_, err := l.Changes(within(t), after, 0, 0)
		wantCode(t, err, driver.CursorInvalid)
		_, err = l.Get(within(t), driver.Ref{Key: key})
		wantCode(t, err, driver.Unavailable, driver.Corrupt)
		_, err = l.Versions(within(t), key, 0, 0)
		wantCode(t, err, driver.Unavailable, driver.Corrupt)
		_, err = l.Head(within(t))
		wantCode(t, err, driver.Unavailable, driver.Corrupt)
	}
}

// Every call goes on where the one before ran out of time, and says so.
func TestCatchingUpGoesOnWhereItStopped(t *testing.T) {
	const blocks = 30
	s, key := newStandIn(t), newID()
	s.history(key, blocks)
	l := s.open(t)
	var budget atomic.Pointer[spendable]
	fetched := s.hesitates(5, func() { budget.Load().spend() })
	tries := 0
	for done := false; !done; tries++ {
		budget.Store(newSpendable())
		all, err := l.Versions(budget.Load(), key, 0, 0)
		if done = len(all) == blocks; done {
			continue
		}
		wantCode(t, err, driver.NotReady)
		var e *driver.Error
		if !errors.As(err, &e) || e.RetryAfter <= 0 {
			t.Fatalf("%v says no time to try again", err)
		}
	}
	if n := int(fetched.Load()); tries < 2 || n > 3*blocks {
		t.Errorf("%d tries and %d fetches for %d blocks: progress was lost", tries, n, blocks)
	}
}

// hesitates makes the node answer every nth block only when it is asked for a second time, and tells that it does not
// the first time. It counts the fetches.
func (s *standIn) hesitates(nth int32, tell func()) *atomic.Int32 {
	var fetched atomic.Int32
	var held sync.Map
	s.spoiled(blockService, func(w http.ResponseWriter, r *http.Request) {
		if fetched.Add(1)%nth == 0 {
			if _, again := held.LoadOrStore(r.URL.Query().Get("id"), true); !again {
				tell()
				<-r.Context().Done()
				return
			}
		}
		s.honest(w, r)
	})
	return &fetched
}

// A reader of changes gets what is there already while the rest is still to come.
func TestChangesOfWhatIsFollowedSoFar(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 12)
	l := s.open(t)
	budget := newSpendable()
	s.spoiled(blockService, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("id") == protocol.BlockID(s.ledger, 8) {
			<-r.Context().Done()
			return
		}
		s.honest(w, r)
		if r.URL.Query().Get("id") == protocol.BlockID(s.ledger, 11) { // the last that is fetched ahead
			budget.spend()
		}
	})
	b, err := l.Changes(budget, "", 100, 0)
	if err != nil || len(b.Entries) != 7 || b.Head.Hash != "" {
		t.Fatalf("got %+v, %v", b, err)
	}
	s.spoiled(blockService, nil)
	b, err = l.Changes(within(t), b.Next, 100, 0)
	if err != nil || len(b.Entries) != 5 || b.Head.Height != 12 {
		t.Fatalf("then %+v, %v", b, err)
	}
}

func TestManyCallsShareOneWayToTheNewestBlock(t *testing.T) {
	const callers, blocks = 40, 20
	s, key := newStandIn(t), newID()
	s.history(key, blocks)
	l := s.open(t)
	before := s.count(blockService)
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			if page, err := l.Versions(within(t), key, 0, 0); err != nil || len(page) != blocks {
				t.Errorf("%d versions, %v", len(page), err)
			}
		})
	}
	all.Wait()
	if n := s.count(blockService) - before; n > blocks+1 {
		t.Errorf("%d blocks were fetched, there are %d", n, blocks)
	}
}

func TestTheIndexLastsAndCanBeDeleted(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 5)
	l := s.open(t)
	first, err := l.Versions(within(t), key, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	before := s.count(blockService)
	if _, err := openOn(t, s.url(), l.table, s.key).Versions(within(t), key, 0, 0); err != nil {
		t.Fatal(err)
	}
	if n := s.count(blockService) - before; n > 1 { // the genesis block, to know the chain by
		t.Errorf("%d blocks were fetched again", n)
	}
	l.table.drop()
	again, err := openOn(t, s.url(), l.table, s.key).Versions(within(t), key, 0, 0)
	if err != nil || len(again) != 5 || again[4].Cursor != first[4].Cursor || string(again[4].Body) != string(first[4].Body) {
		t.Errorf("after the index was deleted: %d versions, %v", len(again), err)
	}
}

// Half a block is never in the index: what could not be written is followed again.
func TestAStoreThatFailsLosesNothing(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 3)
	l := s.open(t)
	l.table.setBroken(true)
	_, err := l.Versions(within(t), key, 0, 0)
	wantCode(t, err, driver.Unknown)
	l.table.setBroken(false)
	all, err := l.Versions(within(t), key, 0, 0)
	if err != nil || len(all) != 3 {
		t.Fatalf("%d versions, %v", len(all), err)
	}
}
