package ethereum_test

import (
	"testing"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// TestAReorganisationTakesBackWhatItTook: where the newest block counts as final and the chain goes another way, the
// entries, lookups, transactions and cursors of the blocks that are gone go with them.
func TestAReorganisationTakesBackWhatItTook(t *testing.T) {
	c := newChain(t, 1000)
	at := c.reference()
	l := c.writing(via(c.url), at, `, "finality": "latest"`, nil)
	led := driver.Lookup{Name: "lookup", Value: "one"}
	c.send(&at, appended("kept", 0, "kept"))
	before := c.height()
	gone := c.send(&at, appended("a", 0, "on the first chain", crypto.Keccak256Hash([]byte(led.Value))))
	c.send(&at, appended("kept", 1, "kept, second"))
	wantBody(t, l, "a", "on the first chain", 1)
	wantBody(t, l, "kept", "kept, second", 2)
	first, err := l.Get(within(t), driver.Ref{Key: key32("a")})
	if err != nil {
		t.Fatal(err)
	}

	c.forked(before, 2, func() { c.put(&at, appended("a", 0, "on the second chain")) })
	wantBody(t, l, "a", "on the second chain", 1)
	wantBody(t, l, "kept", "kept", 1)
	if keys, _, err := l.Find(within(t), led, "", 0); err != nil || len(keys) != 0 {
		t.Errorf("found by what is not on the chain any more: %v, %v", keys, err)
	}
	if _, err := l.Receipt(within(t), gone.Hash().Hex()); driver.CodeOf(err) != driver.NotFound {
		t.Errorf("a receipt of what is not on the chain any more: %v", err)
	}
	if _, err := l.Changes(within(t), first.Cursor, 0, 0); driver.CodeOf(err) != driver.CursorInvalid {
		t.Errorf("a cursor of a block that is gone: %v", err)
	}
	if got := bodies(t, l); len(got) != 2 || got[0] != "kept" || got[1] != "on the second chain" {
		t.Errorf("changes are %q", got)
	}
}

// TestAShorterRivalIsFollowedToo: a chain that was taken back below what the index has, and has not grown beyond it yet.
func TestAShorterRivalIsFollowedToo(t *testing.T) {
	c := newChain(t, 1000)
	at := c.reference()
	l := c.reader(via(c.url), at, `, "finality": "latest"`)
	before := c.height()
	c.send(&at, appended("a", 0, "gone"))
	c.grow(40)
	wantBody(t, l, "a", "gone", 1)
	c.forked(before, -30, nil)
	_, err := l.Get(within(t), driver.Ref{Key: key32("a")})
	wantCode(t, err, driver.NotFound)
	c.send(&at, appended("a", 0, "came later"))
	wantBody(t, l, "a", "came later", 1)
}

// TestADeepReorganisation goes below all blocks that the index remembers by their own sake, so that only those with
// entries tell where the chains part.
func TestADeepReorganisation(t *testing.T) {
	c := newChain(t, 1000)
	at := c.reference()
	l := c.reader(via(c.url), at, `, "finality": "latest"`)
	c.send(&at, appended("old", 0, "old"))
	before := c.height()
	c.send(&at, appended("a", 0, "gone"))
	for range 300 { // each is the newest block for one read
		c.grow(1)
		if _, err := l.Head(within(t)); err != nil {
			t.Fatal(err)
		}
	}
	c.forked(before, 1, func() { c.put(&at, appended("b", 0, "new")) })
	wantBody(t, l, "b", "new", 1)
	wantBody(t, l, "old", "old", 1)
	_, err := l.Get(within(t), driver.Ref{Key: key32("a")})
	wantCode(t, err, driver.NotFound)
}

// TestConfirmationsHideAReorganisation that is no deeper than they are: nobody ever sees what went away as final.
func TestConfirmationsHideAReorganisation(t *testing.T) {
	c := newChain(t, 1000)
	at := c.reference()
	l := c.reader(via(c.url), at, `, "finality": {"confirmations": 3}`)
	c.grow(3) // upon the contract
	before := c.height()
	c.send(&at, appended("a", 0, "first"))
	_, err := l.Get(within(t), driver.Ref{Key: key32("a")})
	wantCode(t, err, driver.NotFound)
	wantLatest(t, l, "a", "first")
	c.grow(2)
	_, err = l.Get(within(t), driver.Ref{Key: key32("a")})
	wantCode(t, err, driver.NotFound)
	c.forked(before, 1, func() { c.put(&at, appended("a", 0, "second")) })
	wantBody(t, l, "a", "second", 1) // three blocks stand on it
}

// TestWhatIsNotFinalIsReadAnew: above the final block every read is of the chain as it is now, and says so.
func TestWhatIsNotFinalIsReadAnew(t *testing.T) {
	c := newChain(t, 1000)
	at := c.reference()
	if err := c.advance(t.Context()); err != nil {
		t.Fatal(err)
	}
	l := c.reader(via(c.url), at, "")
	before := c.height()
	for _, body := range []string{"one", "two", "three"} {
		c.forked(before, 1, func() { c.put(&at, appended("a", 0, body)) })
		wantLatest(t, l, "a", body)
		_, err := l.Get(within(t), driver.Ref{Key: key32("a")})
		wantCode(t, err, driver.NotFound)
	}
	if err := c.advance(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantBody(t, l, "a", "three", 1)
}

// TestAWriteThatLostItsBlockIsSentAgain, under the same signature, and is final in the end.
func TestAWriteThatLostItsBlockIsSentAgain(t *testing.T) {
	c := newChain(t, 1000)
	at := c.reference()
	if err := c.advance(t.Context()); err != nil {
		t.Fatal(err)
	}
	l := c.writing(via(c.url), at, "", nil)
	before := c.height()
	r, err := l.Append(within(t), &driver.Write{Key: key32("a"), Body: []byte("body")})
	if err != nil || r.State != driver.Included {
		t.Fatalf("%+v, %v", r, err)
	}
	c.forked(before, 1, nil)
	again, err := l.Receipt(within(t), r.Tx)
	if err != nil || again.State == driver.Finally || again.State == driver.Rejected {
		t.Fatalf("after its block went away: %+v, %v", again, err)
	}
	repeat, err := l.Append(within(t), &driver.Write{Key: key32("a"), Body: []byte("body")})
	if err != nil || repeat.State != driver.Included || repeat.Tx != r.Tx {
		t.Errorf("the same write again: %+v, %v; want transaction %s", repeat, err, r.Tx)
	}
	if err := c.advance(t.Context()); err != nil {
		t.Fatal(err)
	}
	if final, err := l.Receipt(within(t), r.Tx); err != nil || final.State != driver.Finally || final.Version != 1 {
		t.Errorf("%+v, %v, want final", final, err)
	}
	wantBody(t, l, "a", "body", 1)
}

func via(endpoint string) string { return at(endpoint, "") }

func wantLatest(t *testing.T, l driver.Ledger, name, body string) {
	t.Helper()
	e, err := l.Get(within(t), driver.Ref{Key: key32(name), Finality: driver.Latest})
	if err != nil || string(e.Body) != body || e.Final {
		t.Errorf("%s, latest: %+v, %v; want %q, not final", name, e, err, body)
	}
}

// bodies reads all changes from genesis.
func bodies(t *testing.T, l driver.Ledger) (all []string) {
	t.Helper()
	for after := driver.Cursor(""); ; {
		b, err := l.Changes(within(t), after, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range b.Entries {
			all = append(all, string(e.Body))
		}
		if len(b.Entries) == 0 {
			return all
		}
		after = b.Next
	}
}
