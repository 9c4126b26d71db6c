package ethereum_test

import (
	"bytes"
	"context"
	"crypto"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// watched is a store that knows what it was given, and fails when it is told to.
type watched struct {
	driver.KV
	mu    sync.Mutex
	given []byte
	fails atomic.Bool
}

func (w *watched) Apply(changes ...driver.Change) error {
	if w.fails.Load() {
		return errors.New("the disk is full")
	}
	if err := w.KV.Apply(changes...); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range changes {
		w.given = append(w.given, c.Value...)
	}
	return nil
}

func (w *watched) has(text string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return bytes.Contains(w.given, []byte(text))
}

// signing counts what is signed.
type signing struct {
	crypto.Signer
	times atomic.Int32
}

func (s *signing) Sign(r io.Reader, digest []byte, o crypto.SignerOpts) ([]byte, error) {
	s.times.Add(1)
	return s.Signer.Sign(r, digest, o)
}

// raw is the transaction that a call sends; empty for other calls.
func raw(c *call) string {
	if c.Method != "eth_sendRawTransaction" {
		return ""
	}
	return strings.Trim(string(c.Params[0]), `"`)
}

func write(name string, expect uint64, body string) *driver.Write {
	return &driver.Write{Key: key32(name), Expect: expect, Body: []byte(body)}
}

func wantIncluded(t *testing.T, r *driver.Receipt, err error, version uint64) {
	t.Helper()
	if err != nil || r.State != driver.Included && r.State != driver.Finally || r.Version != version {
		t.Errorf("%+v, %v; want version %d in a block", r, err, version)
	}
}

// used is how many transactions of the writer are on the chain.
func (c *chain) used() uint64 {
	c.t.Helper()
	n, err := c.backend.Client().NonceAt(context.Background(), c.writer, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return n
}

// TestWhatIsSignedIsKeptBeforeItIsSent, and nothing is sent that could not be kept.
func TestWhatIsSignedIsKeptBeforeItIsSent(t *testing.T) {
	c := newChain(t, 1000)
	c.contract = c.reference()
	w, kv := newWire(t, c.url), &watched{KV: newStore(t)}
	var sent atomic.Int32
	w.turn(func(asked *call) {
		if tx := raw(asked); tx != "" {
			sent.Add(1)
			if !kv.has(tx) {
				t.Error("sent before it was kept")
			}
		}
	})
	l := c.writing(via(w.URL), c.contract, "", kv)
	r, err := l.Append(within(t), write("a", 0, "first"))
	wantIncluded(t, r, err, 1)
	kv.fails.Store(true)
	before := sent.Load()
	if _, err := l.Append(within(t), write("a", 1, "second")); err == nil || sent.Load() != before {
		t.Errorf("%v; %d were sent", err, sent.Load()-before)
	}
	kv.fails.Store(false)
	r, err = l.Append(within(t), write("a", 1, "second"))
	wantIncluded(t, r, err, 2)
}

// TestACrashAtAnyMomentNeitherLosesNorDoubles: the process ends, as far as others can tell, when it has asked the node n
// questions, for each n until a write needs no more. Started again on the same store, the same write is made, once.
func TestACrashAtAnyMomentNeitherLosesNorDoubles(t *testing.T) {
	c := newChain(t, 1_000_000)
	c.contract = c.reference()
	for n, done := int32(0), false; !done; n++ {
		name, kv, before := fmt.Sprintf("key %d", n), newStore(t), c.used()
		w := newWire(t, c.url)
		first := c.writing(via(w.URL), c.contract, `, "finality": "latest"`, kv)
		if _, err := first.Head(within(t)); err != nil { // so that only the write's own questions count
			t.Fatal(err)
		}
		ctx, crash := context.WithCancel(within(t))
		var asked atomic.Int32
		w.turn(func(*call) {
			if asked.Add(1) > n {
				crash() // what was asked still arrives
			}
		})
		_, err := first.Append(ctx, write(name, 0, "body"))
		done = err == nil && asked.Load() <= n
		crash()
		w.turn(nil)
		if err := first.Close(); err != nil {
			t.Error(err)
		}
		again := c.writing(via(c.url), c.contract, `, "finality": "latest"`, kv)
		r, err := again.Append(within(t), write(name, 0, "body"))
		wantIncluded(t, r, err, 1)
		if used := c.used() - before; used != 1 {
			t.Errorf("crashed after %d questions: %d transactions, want 1", n, used)
		}
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	}
}
