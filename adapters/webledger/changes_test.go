package webledger_test

import (
	"encoding/base64"
	"fmt"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

func TestChangesComeInTheOrderOfTheBlocksOnce(t *testing.T) {
	s, a, b := newStandIn(t), newID(), newID()
	s.block(s.create(record(a, 1)), s.create(record(b, 1)))
	s.block(s.update(record(b, 1), record(b, 2), 0), s.update(record(a, 1), record(a, 2), 0))
	s.history(newID(), 3)
	l := s.open(t)
	var cursor driver.Cursor
	var got []string
	for {
		batch, err := l.Changes(within(t), cursor, 3, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range batch.Entries {
			got = append(got, fmt.Sprintf("%d/%d v%d", e.Height, e.Index, e.Version))
		}
		cursor = batch.Next
		if batch.Head.Hash != "" {
			break
		}
	}
	want := "[1/0 v1 1/1 v1 2/0 v2 2/1 v2 3/0 v1 4/0 v2 5/0 v3]"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestChangesGoOnFromAnEntryAndFromTheHead(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 3)
	l := s.open(t)
	e, err := l.Get(within(t), driver.Ref{Key: key, Version: 2})
	if err != nil {
		t.Fatal(err)
	}
	head, err := l.Head(within(t))
	if err != nil || head.Final.Height != 3 || head.Final != head.Newest || head.ChainID == "" {
		t.Fatalf("head %+v, %v", head, err)
	}
	for cursor, want := range map[driver.Cursor]int{e.Cursor: 1, head.Cursor: 0} {
		b, err := l.Changes(within(t), cursor, 0, 0)
		if err != nil || len(b.Entries) != want || b.Head != head.Final {
			t.Errorf("got %+v, %v, want %d entries", b, err, want)
		}
	}
}

// A batch that happens to be full at the chain's end says that it has caught up, so that nobody waits to learn it.
func TestAFullBatchMayHaveCaughtUp(t *testing.T) {
	s := newStandIn(t)
	s.history(newID(), 3)
	b, err := s.open(t).Changes(within(t), "", 3, patience)
	if err != nil || len(b.Entries) != 3 || b.Head.Height != 3 {
		t.Errorf("got %+v, %v", b, err)
	}
}

func TestChangesWaitForTheNextBlock(t *testing.T) {
	s, key := newStandIn(t), newID()
	s.history(key, 1)
	l := s.open(t)
	head, err := l.Head(within(t))
	if err != nil {
		t.Fatal(err)
	}
	asked := s.count(endsService)
	got := make(chan *driver.Batch, 1)
	go func() {
		b, err := l.Changes(within(t), head.Cursor, 0, patience)
		if err != nil {
			t.Error(err)
		}
		got <- b
	}()
	waitFor(t, func() bool { return s.count(endsService) > asked })
	s.block(s.update(record(key, 1), record(key, 2), 0))
	if b := <-got; len(b.Entries) != 1 || b.Entries[0].Version != 2 {
		t.Errorf("got %+v", b)
	}
}

func TestChangesWithNothingNewEndInTime(t *testing.T) {
	s := newStandIn(t)
	s.history(newID(), 1)
	l := s.open(t)
	head, err := l.Head(within(t))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	b, err := l.Changes(within(t), head.Cursor, 0, 300*time.Millisecond)
	if err != nil || len(b.Entries) != 0 || b.Next == "" {
		t.Errorf("got %+v, %v", b, err)
	}
	if took := time.Since(began); took < 300*time.Millisecond || took > patience/2 {
		t.Errorf("took %s", took)
	}
}

func TestCursorsThatAreNoneOfThisChain(t *testing.T) {
	s, other := newStandIn(t), newStandIn(t)
	s.history(newID(), 1)
	other.history(newID(), 1)
	l := s.open(t)
	foreign, err := other.open(t).Head(within(t))
	if err != nil {
		t.Fatal(err)
	}
	own, err := l.Head(within(t))
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := base64.RawURLEncoding.DecodeString(string(own.Cursor))
	raw[len(raw)-5]++ // a later block
	for name, cursor := range map[string]driver.Cursor{
		"text": "not a cursor", "short": "AAAA", "of another chain": foreign.Cursor,
		"cut": own.Cursor[:len(own.Cursor)-4], "of no block": driver.Cursor(base64.RawURLEncoding.EncodeToString(raw)),
	} {
		_, err := l.Changes(within(t), cursor, 0, 0)
		if driver.CodeOf(err) != driver.CursorInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// waitFor waits until a condition holds, which it does soon.
func waitFor(t testing.TB, holds func() bool) {
	t.Helper()
	for until := time.Now().Add(patience); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("what was waited for did not come")
		}
	}
}
