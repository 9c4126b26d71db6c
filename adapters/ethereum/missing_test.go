package ethereum_test

import (
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// TestLogsThatWereLeftOutAreFound: the newest log of a key is left out by a node that is honest later. The key is
// contradicted meanwhile; then it is right again, the next version follows, and a follower that had gone beyond is told.
func TestLogsThatWereLeftOutAreFound(t *testing.T) {
	for _, how := range []string{"read", "followed"} {
		t.Run(how, func(t *testing.T) {
			c, _ := twoVersions(t)
			c.grow(3)
			w, kv := newWire(t, c.url), newStore(t)
			var now clock
			env := driver.Env{Native: reference(c.contract, `, "finality": "latest"`), Now: now.now, Store: kv}
			l := open(t, via(w.URL), env)
			w.bend(logs(func(all []logged) []logged { return all[:len(all)-1] }))
			first, err := l.Changes(within(t), "", 0, 0)
			if err != nil || len(first.Entries) != 1 {
				t.Fatalf("%+v, %v", first, err)
			}
			w.bend(nil)
			body, version := "second", uint64(2)
			if how == "followed" {
				body, version = "third", 3
				c.send(&c.contract, appended("a", 2, body))
			}
			wantBody(t, l, "a", body, version)
			_, err = l.Changes(within(t), first.Next, 0, 0)
			wantCode(t, err, driver.CursorInvalid)
			if rest, err := l.Changes(within(t), first.Entries[0].Cursor, 0, 0); err == nil && len(rest.Entries) == 0 {
				t.Error("nothing after the first version")
			}
			if err := l.Close(); err != nil {
				t.Error(err)
			}
			again := open(t, via(w.URL), env)
			_, err = again.Changes(within(t), first.Next, 0, 0)
			wantCode(t, err, driver.CursorInvalid)
		})
	}
}

// TestAContradictionThatStays is looked into seldom: reading all logs again at each read would stop the ledger.
func TestAContradictionThatStays(t *testing.T) {
	c, _ := twoVersions(t)
	w := newWire(t, c.url)
	w.bend(logs(func(all []logged) []logged { return all[:1] }))
	var now clock
	l := open(t, via(w.URL), driver.Env{Native: reference(c.contract, `, "finality": "latest"`), Now: now.now})
	for range 50 {
		if e, err := l.Get(within(t), driver.Ref{Key: key32("a")}); err != nil || e.Version != 1 || e.Contradiction == "" {
			t.Fatalf("%+v, %v", e, err)
		}
		now.pass(time.Second)
	}
	if n := w.count("eth_getLogs"); n > 8 {
		t.Errorf("logs were asked for %d times", n)
	}
}
