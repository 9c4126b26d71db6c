package ethereum_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// lie is one thing that a node says and that is not so.
type lie struct {
	name  string
	bend  func(c call, a *answer)
	codes []driver.Code // what the newest version's read may fail with; "" stands for an entry with a Contradiction
}

// lies are told by the only endpoint of a ledger. Whatever can be noticed must be.
func lies() []lie {
	corrupt, away := []driver.Code{driver.Corrupt}, []driver.Code{driver.Unavailable}
	return []lie{
		{"an error inside a 200", func(_ call, a *answer) { a.refuse(-32603, "internal error") }, away},
		{"a limit inside a 200", func(_ call, a *answer) { a.refuse(-32005, "daily request count exceeded") }, []driver.Code{driver.ResourceExhausted}},
		{"an error about the final block", only("eth_getBlockByNumber", func(_ call, a *answer) { a.refuse(-32603, "internal error") }), away},
		{"nothing for everything", func(_ call, a *answer) { a.set(nil) }, []driver.Code{driver.Corrupt, driver.NotReady}},
		{"an empty object for everything", func(_ call, a *answer) { a.set(struct{}{}) }, corrupt},
		{"text for everything", func(_ call, a *answer) { a.set("0x") }, corrupt},
		{"neither result nor error", func(_ call, a *answer) { a.Result, a.Error = nil, nil }, corrupt},
		{"zeros in place of what the contract answers", only("eth_call", func(_ call, a *answer) { a.set("0x" + strings.Repeat("00", 96)) }), []driver.Code{""}},
		{"no bytes in place of what the contract answers", only("eth_call", func(_ call, a *answer) { a.set("0x") }), corrupt},
		{"the answer of another function", only("eth_call", func(_ call, a *answer) { a.set("0x" + aString("a text where numbers were expected")) }), corrupt},
		{"a version of too many bits", only("eth_call", func(_ call, a *answer) { a.set("0x" + strings.Repeat("ff", 32) + strings.Repeat("00", 64)) }), corrupt},
		{"the newest log left out", logs(func(all []logged) []logged { return all[:len(all)-1] }), []driver.Code{driver.Corrupt, ""}},
		{"all logs left out", logs(func([]logged) []logged { return []logged{} }), corrupt},
		{"an older log left out", logs(func(all []logged) []logged { return all[1:] }), corrupt},
		{"a log twice", logs(func(all []logged) []logged { return slices.Insert(all, 0, all[0]) }), corrupt},
		{"logs backwards", logs(func(all []logged) []logged { slices.Reverse(all); return all }), corrupt},
		{"a log of another contract", eachLog("address", "0x00000000000000000000000000000000000000aa"), corrupt},
		{"a log that was taken back", eachLog("removed", true), corrupt},
		{"logs of another block", eachLog("blockHash", "0x"+strings.Repeat("ab", 32)), []driver.Code{driver.Corrupt, driver.NotReady}},
		{"logs without data", eachLog("data", "0x"), corrupt},
		{"a log's body replaced", eachLog("data", "0x"+aString("another body")), []driver.Code{""}},
		{"logs with other topics", eachLog("topics", []string{"0x" + strings.Repeat("00", 32)}), corrupt},
		{"another transaction", only("eth_getTransactionByHash", func(_ call, a *answer) {
			change(a, func(tx map[string]any) any { tx["nonce"] = "0x7f"; return tx })
		}), corrupt},
		{"no transaction", only("eth_getTransactionByHash", func(_ call, a *answer) { a.set(nil) }), []driver.Code{driver.NotReady}},
		{"a block without time", block(func(b map[string]any) { delete(b, "timestamp") }), corrupt},
		{"a block without hash", block(func(b map[string]any) { delete(b, "hash") }), corrupt},
		{"another height than was asked for", func(c call, a *answer) {
			if c.Method == "eth_getBlockByNumber" && strings.HasPrefix(string(c.Params[0]), `"0x`) {
				change(a, func(b map[string]any) any { b["number"] = "0xffff"; return b })
			}
		}, corrupt},
	}
}

type logged = map[string]any

func logs(how func([]logged) []logged) func(c call, a *answer) {
	return only("eth_getLogs", func(_ call, a *answer) {
		change(a, func(all []logged) any {
			if len(all) == 0 {
				return all
			}
			return how(all)
		})
	})
}

func eachLog(member string, value any) func(c call, a *answer) {
	return logs(func(all []logged) []logged {
		for _, one := range all {
			one[member] = value
		}
		return all
	})
}

func block(how func(b map[string]any)) func(c call, a *answer) {
	return only("eth_getBlockByNumber", func(_ call, a *answer) {
		change(a, func(b map[string]any) any { how(b); return b })
	})
}

// aString is the ABI's form of one string or bytes, in hexadecimal.
func aString(text string) string {
	padded := append([]byte(text), make([]byte, (32-len(text)%32)%32)...)
	return fmt.Sprintf("%064x%064x%x", 32, len(text), padded)
}

// TestNoLieBecomesAnAnswer: a key with two versions is read through a node that lies, by a ledger that was opened while it
// was honest. The answer is right, or an error, or says that it is contradicted; and right again when the node is honest,
// without being opened again.
func TestNoLieBecomesAnAnswer(t *testing.T) {
	c := newChain(t, 1000)
	contract := c.reference()
	before := c.height()
	c.send(&contract, appended("a", 0, "first"))
	c.send(&contract, appended("a", 1, "second"))
	for _, lie := range lies() {
		t.Run(lie.name, func(t *testing.T) {
			w := newWire(t, c.url)
			resume := w.stop(before)
			var now clock
			l := open(t, via(w.URL), driver.Env{Native: reference(contract, `, "finality": "latest"`), Now: now.now})
			if _, err := l.Head(within(t)); err != nil {
				t.Fatal(err)
			}
			resume()
			w.bend(lie.bend)
			e, err := l.Get(within(t), driver.Ref{Key: key32("a")})
			if code := driver.CodeOf(err); !slices.Contains(lie.codes, code) {
				t.Errorf("%+v, %v; want one of %q", e, err, lie.codes)
			}
			if err == nil && e.Contradiction == "" {
				t.Errorf("%+v, and no contradiction", e)
			}
			w.bend(nil)
			now.pass(time.Minute)
			wantBody(t, l, "a", "second", 2)
		})
	}
}
