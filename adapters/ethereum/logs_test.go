package ethereum_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// span is how many blocks a question for logs spans.
func span(c call) uint64 {
	var filter struct{ FromBlock, ToBlock string }
	if c.Method != "eth_getLogs" || json.Unmarshal(c.Params[0], &filter) != nil {
		return 0
	}
	from, _ := strconv.ParseUint(filter.FromBlock, 0, 64)
	to, _ := strconv.ParseUint(filter.ToBlock, 0, 64)
	return to - from + 1
}

// TestLogsAreAskedForInPartsThatTheNodeTakes, in whichever words it refuses more.
func TestLogsAreAskedForInPartsThatTheNodeTakes(t *testing.T) {
	c, _ := twoVersions(t)
	c.grow(200)
	c.send(&c.contract, appended("a", 2, "third"))
	for name, refusal := range map[string]struct {
		code int
		text string
	}{
		"by the range":   {-32000, "exceed maximum block range: 7"},
		"by the results": {-32005, "query returned more than 10000 results"},
		"by the size":    {-32008, "Response size is larger than 150MB limit."},
		"by the time":    {-32000, "query timeout exceeded"},
		"in other words": {-32602, "try again with fewer of them"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWire(t, c.url)
			w.bend(func(c call, a *answer) {
				if span(c) > 7 {
					a.refuse(refusal.code, refusal.text)
				}
			})
			wantBody(t, c.reader(via(w.URL), c.contract, `, "finality": "latest"`), "a", "third", 3)
		})
	}
}

// TestLogsThatAreCutWithoutAWord: an answer that has as many logs as hosts cut at is asked for again in parts.
func TestLogsThatAreCutWithoutAWord(t *testing.T) {
	c, _ := twoVersions(t)
	c.grow(20)
	c.send(&c.contract, appended("b", 0, "b"))
	w := newWire(t, c.url)
	w.bend(func(asked call, a *answer) {
		if span(asked) > 8 {
			change(a, func(all []logged) any {
				many := []logged{}
				for i := range 5_000 { // the block of the first has so many that nothing of later ones is shown
					one := maps.Clone(all[0])
					one["logIndex"] = fmt.Sprintf("0x%x", i)
					many = append(many, one)
				}
				return many
			})
		}
	})
	l := c.reader(via(w.URL), c.contract, `, "finality": "latest"`)
	wantBody(t, l, "a", "second", 2)
	wantBody(t, l, "b", "b", 1)
}

// TestAPrunedStateIsReadFromLogs: where the node has forgotten the state at the final block, the logs alone tell.
func TestAPrunedStateIsReadFromLogs(t *testing.T) {
	c, _ := twoVersions(t)
	for _, text := range []string{
		"missing trie node 0ab1c2 (path ) state 0x0ab1c2 is not available, not found",
		"historical state 0ab1c2 is not available",
		"required historical state unavailable (reexec=128)",
		"distance to target block exceeds maximum proof window: state pruned",
		"project ID does not have access to archive state",
	} {
		w := newWire(t, c.url)
		w.bend(only("eth_call", func(_ call, a *answer) { a.refuse(-32000, text) }))
		wantBody(t, c.reader(via(w.URL), c.contract, `, "finality": "latest"`), "a", "second", 2)
		if w.count("eth_call") == 0 {
			t.Error("the contract was not asked")
		}
	}
}

// TestAStateThatWasPrunedIsWaitedFor: where a body is complete only with a state that the node has forgotten, it is told
// that it is gone, and not that nothing is there; a node that has it completes it.
func TestAStateThatWasPrunedIsWaitedFor(t *testing.T) {
	c, _ := twoVersions(t)
	native := section(`{"contract": %q, "finality": "latest",
		"abi": ["event Appended(bytes32 indexed key, uint64 indexed version, bytes body)",
			"function standing(bytes32 key) view returns (uint64 version, uint64 blockNumber, bytes23 digest)"],
		"events": [{"event": "Appended", "key": "key", "state": {"function": "standing", "arguments": ["key"]}}]}`, c.contract)
	w := newWire(t, c.url)
	w.bend(only("eth_call", func(_ call, a *answer) { a.refuse(-32000, "missing trie node") }))
	l := open(t, via(w.URL), driver.Env{Native: native})
	_, err := l.Get(within(t), driver.Ref{Key: key32("a")})
	wantCode(t, err, driver.Pruned)
	w.bend(nil)
	e, err := l.Get(within(t), driver.Ref{Key: key32("a")})
	if err != nil || e.Version != 2 || !strings.Contains(string(e.Body), `"state":{"blockNumber":`) {
		t.Errorf("%+v, %v", e, err)
	}
}
