package ethereum_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/ethereum/account"
)

// clock is one that can be set forward.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *clock) pass(d time.Duration) { c.ahead.Add(int64(d)) }

// TestAStuckTransactionIsReplaced under its nonce, by one that pays more and no more than the ceiling.
func TestAStuckTransactionIsReplaced(t *testing.T) {
	c := newChain(t, 1000)
	c.contract = c.reference()
	w, kv := newWire(t, c.url), newStore(t)
	var time_ clock
	var sent sync.Map
	w.turn(func(asked *call) {
		if tx := raw(asked); tx != "" {
			sent.Store(tx, true)
		}
	})
	native := reference(c.contract, `, "fees": {"maxFeeGwei": 5, "replaceSeconds": 60}`)
	l := open(t, via(w.URL), driver.Env{Native: native, Signer: account.Local(c.key), Store: kv, Now: time_.now})
	before := c.used()
	c.mu.Lock() // no more blocks
	ctx, cancel := context.WithTimeout(within(t), 300*time.Millisecond)
	defer cancel()
	r, err := l.Append(ctx, write("a", 0, "body"))
	if err != nil || r.State != driver.Pending {
		t.Fatalf("%+v, %v", r, err)
	}
	for range 12 {
		time_.pass(2 * time.Minute)
		if again, err := l.Receipt(within(t), r.Tx); err != nil || again.State != driver.Pending {
			t.Errorf("%+v, %v", again, err)
		}
	}
	c.mu.Unlock()
	fees := feesOf(t, &sent)
	if len(fees) < 3 {
		t.Errorf("%d transactions were sent, want several", len(fees))
	}
	for nonce, fee := range fees {
		if fee > 5e9 {
			t.Errorf("%s pays %d a gas, above the ceiling", nonce, fee)
		}
	}
	r, err = l.Append(within(t), write("a", 0, "body"))
	wantIncluded(t, r, err, 1)
	if used := c.used() - before; used != 1 {
		t.Errorf("%d transactions, want 1", used)
	}
}

// TestAnAccountWithoutMoney: the write is kept, and made when the account can pay.
func TestAnAccountWithoutMoney(t *testing.T) {
	c := newChain(t, 1000)
	c.contract = c.reference()
	poor := newWriter(t)
	acc, err := account.New(poor)
	if err != nil {
		t.Fatal(err)
	}
	c.send(&c.contract, admitted(acc.Address))
	l := open(t, via(c.url), driver.Env{Native: reference(c.contract, ""), Signer: poor})
	_, err = l.Append(within(t), write("a", 0, "body"))
	wantCode(t, err, driver.ResourceExhausted)
	c.give(acc.Address)
	c.watch(acc.Address)
	r, err := l.Append(within(t), write("a", 0, "body"))
	wantIncluded(t, r, err, 1)
}

// TestWhatNodesSayOfATransaction that they were given: whatever it is, the write is made once, and not told to be refused.
func TestWhatNodesSayOfATransaction(t *testing.T) {
	c := newChain(t, 1_000_000)
	c.contract = c.reference()
	for i, said := range []string{
		"already known", "nonce too low: next nonce 7, tx nonce 6", "replacement transaction underpriced",
		"transaction underpriced: tip needed 1, tip permitted 0", "internal error", "", "the pool is full",
	} {
		t.Run(said, func(t *testing.T) {
			w := newWire(t, c.url)
			var times atomic.Int32
			w.bend(only("eth_sendRawTransaction", func(_ call, a *answer) {
				if times.Add(1) == 1 { // the transaction has arrived all the same
					a.refuse(-32000, said)
				}
			}))
			l, name := c.writing(via(w.URL), c.contract, "", nil), fmt.Sprint("key ", i)
			r, err := l.Append(within(t), write(name, 0, "body"))
			if driver.CodeOf(err) == driver.Unavailable { // told as an outage: it is asked for again
				r, err = l.Append(within(t), write(name, 0, "body"))
			}
			wantIncluded(t, r, err, 1)
			if e, err := l.Get(within(t), driver.Ref{Key: key32(name), Finality: driver.Latest}); err != nil || e.Version != 1 {
				t.Errorf("%+v, %v", e, err)
			}
		})
	}
}

// TestAForgedReceipt: a node says of a transaction that waits that a final block has it, and that the contract refused it.
// The block is not on the chain, so that nothing is believed.
func TestAForgedReceipt(t *testing.T) {
	c := newChain(t, 1000)
	c.contract = c.reference()
	w := newWire(t, c.url)
	l := c.writing(via(w.URL), c.contract, `, "finality": "latest"`, nil)
	c.mu.Lock()
	w.bend(only("eth_getTransactionReceipt", func(asked call, a *answer) {
		a.set(map[string]any{
			"transactionHash": asked.Params[0], "blockNumber": "0x1", "blockHash": "0x" + strings.Repeat("ab", 32), "status": "0x0",
			"transactionIndex": "0x0", "cumulativeGasUsed": "0x1", "gasUsed": "0x1", "logs": []any{}, "logsBloom": hexutil.Encode(make([]byte, 256)),
			"type": "0x2", "contractAddress": nil, "effectiveGasPrice": "0x1",
		})
	}))
	ctx, cancel := context.WithTimeout(within(t), 300*time.Millisecond)
	defer cancel()
	r, err := l.Append(ctx, write("a", 0, "body"))
	if err != nil || r.State != driver.Pending {
		t.Errorf("%+v, %v; want pending", r, err)
	}
	c.mu.Unlock()
	r, err = l.Append(within(t), write("a", 0, "body"))
	wantIncluded(t, r, err, 1)
}

// TestOneOfThreeRefusesTheCall: what one endpoint says against a write is not believed.
func TestOneOfThreeRefusesTheCall(t *testing.T) {
	c := newChain(t, 1_000_000)
	c.contract = c.reference()
	for i := range 3 {
		wires := []*wire{newWire(t, c.url), newWire(t, c.url), newWire(t, c.url)}
		wires[i].bend(only("eth_estimateGas", func(_ call, a *answer) {
			a.Result, a.Error = nil, &refusal{Code: 3, Message: "execution reverted", Data: "0x"}
		}))
		l := c.writing(at(wires[0].URL, "&endpoint="+wires[1].URL+"&endpoint="+wires[2].URL), c.contract, "", nil)
		r, err := l.Append(within(t), write(fmt.Sprint(i), 0, "body"))
		wantIncluded(t, r, err, 1)
	}
}
