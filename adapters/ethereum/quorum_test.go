package ethereum_test

import (
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// several are endpoints of one chain, each behind a wire of its own, and what the log says of them.
type several struct {
	wires []*wire
	log   journal
	driver.Ledger
}

func (c *chain) several(t *testing.T, of int, more string) *several {
	t.Helper()
	s := &several{}
	params := more
	for i := range of {
		s.wires = append(s.wires, newWire(t, c.url))
		if i > 0 {
			params += "&endpoint=" + s.wires[i].URL
		}
	}
	s.Ledger = open(t, at(s.wires[0].URL, params), driver.Env{Native: reference(c.contract, `, "finality": "latest"`), Log: s.log.log()})
	return s
}

func (s *several) host(i int) string { return strings.TrimPrefix(s.wires[i].URL, "http://") }

// told waits until the log says something of an endpoint: that may be after the answer has been given.
func (s *several) told(t *testing.T, i int, words ...string) {
	t.Helper()
	eventually(t, "the log names the endpoint with "+strings.Join(words, ", "), func() bool {
		_, _ = s.Head(within(t))
		return s.log.says(append(words, s.host(i))...)
	})
}

// twoVersions is a chain with a key that has two versions.
func twoVersions(t *testing.T) (c *chain, before uint64) {
	t.Helper()
	c = newChain(t, 1000)
	c.contract = c.reference()
	before = c.height()
	c.send(&c.contract, appended("a", 0, "first", keccak("led")))
	c.send(&c.contract, appended("a", 1, "second"))
	return c, before
}

// TestOneOfThreeThatLies is outvoted, whatever the lie is, and named in the log.
func TestOneOfThreeThatLies(t *testing.T) {
	c, _ := twoVersions(t)
	for _, lie := range lies() {
		t.Run(lie.name, func(t *testing.T) {
			for i := range 3 {
				s := c.several(t, 3, "")
				s.wires[i].bend(lie.bend)
				wantBody(t, s, "a", "second", 2)
				s.told(t, i)
			}
		})
	}
}

// TestOneOfThreeIsAway: the others answer, and the log says so when it goes and when it comes back.
func TestOneOfThreeIsAway(t *testing.T) {
	c, _ := twoVersions(t)
	for name, fault := range spoilt {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := c.several(t, 3, "")
			restore := s.wires[1].fail(t, fault.do)
			wantBody(t, s, "a", "second", 2)
			s.told(t, 1, "level=WARN")
			restore()
		})
	}
}

// TestTwoThatDisagree: which of them is right is not known, so that nothing is answered.
func TestTwoThatDisagree(t *testing.T) {
	c, _ := twoVersions(t)
	s := c.several(t, 2, "")
	s.wires[1].bend(eachLog("data", "0x"+aString("another body")))
	_, err := s.Get(within(t), driver.Ref{Key: key32("a")})
	wantCode(t, err, driver.Unavailable)
	if !s.log.says("level=ERROR", "disagree", "logs") {
		t.Error("the log does not say that they disagree")
	}
	s.wires[1].bend(nil)
	wantBody(t, s, "a", "second", 2)
}

// TestOneThatLags: the head is the highest that a quorum has, and who is behind is named.
func TestOneThatLags(t *testing.T) {
	c, before := twoVersions(t)
	c.grow(100)
	s := c.several(t, 3, "")
	resume := s.wires[0].stop(before)
	wantBody(t, s, "a", "second", 2)
	s.told(t, 0, "behind")
	if h, err := s.Head(within(t)); err != nil || h.Newest.Height != c.height() {
		t.Errorf("%+v, %v; want height %d", h, err, c.height())
	}
	resume()
	eventually(t, "the log says that it agrees again", func() bool {
		_, _ = s.Head(within(t))
		return s.log.says("agrees again", s.host(0))
	})
}

// TestMostLag: what only one endpoint has shown is not believed yet, and it is said how far the chain was read.
func TestMostLag(t *testing.T) {
	c, before := twoVersions(t)
	c.grow(100)
	s := c.several(t, 3, "")
	for _, w := range s.wires[:2] {
		w.stop(before)
	}
	h, err := s.Head(within(t))
	if err != nil || h.Final.Height != before {
		t.Errorf("%+v, %v; want final height %d", h, err, before)
	}
	_, err = s.Get(within(t), driver.Ref{Key: key32("a")})
	wantCode(t, err, driver.NotFound)
}

// TestTheOnlyOneLags: a node that stands below what the ledger has seen is an outage. Nothing that was known is lost.
func TestTheOnlyOneLags(t *testing.T) {
	c, before := twoVersions(t)
	c.grow(100)
	s := c.several(t, 1, "")
	wantBody(t, s, "a", "second", 2)
	h, err := s.Head(within(t))
	if err != nil {
		t.Fatal(err)
	}
	resume := s.wires[0].stop(before)
	for name, read := range reads {
		if got, err := read(within(t), s); name != "Receipt" && driver.CodeOf(err) != driver.Unavailable {
			t.Errorf("%s: %q, %v; want unavailable", name, got, err)
		}
	}
	resume()
	wantBody(t, s, "a", "second", 2)
	if _, err := s.Changes(within(t), h.Cursor, 0, 0); err != nil {
		t.Errorf("a cursor from before: %v", err)
	}
}

// TestANewIndexBehindACursor: a replica that begins with an empty index, or an endpoint that lags, is no reason to tell a
// follower that its cursor is void.
func TestANewIndexBehindACursor(t *testing.T) {
	c, before := twoVersions(t)
	c.grow(100)
	h, err := c.several(t, 1, "").Head(within(t))
	if err != nil {
		t.Fatal(err)
	}
	s := c.several(t, 1, "")
	resume := s.wires[0].stop(before)
	_, err = s.Changes(within(t), h.Cursor, 0, 0)
	wantCode(t, err, driver.NotReady)
	resume()
	if _, err := s.Changes(within(t), h.Cursor, 0, 0); err != nil {
		t.Error(err)
	}
}

// TestOneOfThreeIsOfAnotherChain, from the start or later.
func TestOneOfThreeIsOfAnotherChain(t *testing.T) {
	c, _ := twoVersions(t)
	other := newChain(t, 2000)
	other.reference()
	for _, i := range []int{0, 2} {
		s := c.several(t, 3, "")
		s.wires[i].leads(other.url)
		wantBody(t, s, "a", "second", 2)
		s.told(t, i, "disagrees")
	}
}
