package ethereum_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// TestEachFinalityIsTold in words, and kept: what counts as final is at the height that it says, and no higher.
func TestEachFinalityIsTold(t *testing.T) {
	c, _ := twoVersions(t)
	if err := c.advance(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.grow(7)
	head := c.height()
	final := head / 32 * 32
	for said, want := range map[string]struct {
		words  string
		height uint64
	}{
		``: {"finalised", final}, `, "finality": "finalized"`: {"finalised", final}, `, "finality": "safe"`: {"(safe)", head},
		`, "finality": "latest"`: {"the newest block counts as final", head}, `, "finality": {"confirmations": 5}`: {"when 5 more stand on it", head - 5},
		`, "finality": {"confirmations": 1000}`: {"when 1000 more", 0},
	} {
		l := c.reader(via(c.url), c.contract, said)
		if got := l.Describe().Finality; !strings.Contains(got, want.words) {
			t.Errorf("%s is told as %q", said, got)
		}
		h, err := l.Head(within(t))
		if err != nil || h.Final.Height != want.height || h.Newest.Height != head {
			t.Errorf("%s: %+v, %v; want final %d, newest %d", said, h, err, want.height, head)
		}
	}
}

// TestAStricterFinalityStartsAnew: a block that counted as final while "latest" was configured does not when it is not.
func TestAStricterFinalityStartsAnew(t *testing.T) {
	c, _ := twoVersions(t)
	kv := newStore(t)
	wantBody(t, open(t, via(c.url), driver.Env{Native: reference(c.contract, `, "finality": "latest"`), Store: kv}), "a", "second", 2)
	l := open(t, via(c.url), driver.Env{Native: reference(c.contract, ""), Store: kv})
	_, err := l.Get(within(t), driver.Ref{Key: key32("a")})
	wantCode(t, err, driver.NotReady) // the contract itself is not final
	if h, err := l.Head(within(t)); err != nil || h.Final.Height != 0 {
		t.Errorf("%+v, %v; want final height 0", h, err)
	}
}

// TestNothingIsFinalYet: some nodes answer nothing where nothing is final, others an error. Neither is an outage.
func TestNothingIsFinalYet(t *testing.T) {
	c, _ := twoVersions(t)
	for name, say := range map[string]func(a *answer){
		"null": func(a *answer) { a.set(nil) },
		"geth": func(a *answer) { a.refuse(-32000, "finalized block not found") },
		"besu": func(a *answer) { a.refuse(-39001, "Unknown block") },
	} {
		w := newWire(t, c.url)
		w.bend(only("eth_getBlockByNumber", func(c call, a *answer) {
			if string(c.Params[0]) == `"finalized"` {
				say(a)
			}
		}))
		l := c.reader(via(w.URL), c.contract, "")
		if h, err := l.Head(within(t)); err != nil || h.Final.Height != 0 {
			t.Errorf("%s: %+v, %v", name, h, err)
		}
		wantLatest(t, l, "a", "second")
	}
}
