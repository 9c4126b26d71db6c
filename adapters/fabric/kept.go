package fabric

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// kept is a transaction that was signed, as it is kept before it is sent and as it is sent again.
type kept struct {
	Tx        string   `json:"tx"`
	Key       string   `json:"key"`
	Expect    uint64   `json:"expect"`
	Body      [32]byte `json:"body"` // SHA-256
	Payload   []byte   `json:"payload"`
	Signature []byte   `json:"signature"`
}

// is reports whether a write is the one that the transaction was signed for.
func (k *kept) is(w *driver.Write) bool {
	return k.Key == w.Key && k.Expect == w.Expect && k.Body == sha256.Sum256(w.Body)
}

// idempotencyKey is under which a write is kept.
func idempotencyKey(w *driver.Write) string {
	if w.IdempotencyKey != "" {
		return hashed("given", w.IdempotencyKey)
	}
	return hashed("made", w.Key, decimal(w.Expect), fmt.Sprintf("%x", sha256.Sum256(w.Body)))
}

// lasting names a row that no block could bring back.
func (x *index) lasting(kind byte, name string) string { return x.mark + string(kind) + name }

// keepSigned answers what was signed for a write, and has it endorsed and signs it where nothing was. A write that cannot
// succeed any more is a Conflict, and nothing is signed.
func (l *Ledger) keepSigned(ctx context.Context, n *network, w *driver.Write) (*kept, error) {
	if k, err := n.standing(w); k != nil || err != nil {
		return k, err
	}
	s, refused := l.endorsedInTime(ctx, n, w)
	mark := idempotencyKey(w)
	keeping := &l.keeping[int(mark[0])%len(l.keeping)]
	keeping.Lock()
	defer keeping.Unlock()
	// The same write may have come twice at the same time, and the other one may even be in a block. Only what is kept
	// is ever sent.
	if k, err := n.standing(w); k != nil || err != nil {
		return k, err
	}
	if refused != nil {
		return nil, refused
	}
	k := &kept{s.tx, w.Key, w.Expect, sha256.Sum256(w.Body), s.payload, s.signature}
	return k, n.keep(mark, k)
}

// How often, and after what pause, peers are asked again that have not the blocks yet which the index has.
const (
	endorseTries = 20
	endorsePause = 50 * time.Millisecond
)

// endorsedInTime has a write endorsed. Peers commit a block one after the other: one that has not the newest yet refuses
// the next version, or says something else than another peer. Nothing is signed then, and they are asked again, as long
// as the key stands where the writer believes.
func (l *Ledger) endorsedInTime(ctx context.Context, n *network, w *driver.Write) (*signed, error) {
	for try := 1; ; try++ {
		create, err := l.stands(ctx, n, w)
		if err != nil {
			return nil, err
		}
		s, err := l.endorsed(ctx, n, w, create)
		late := driver.CodeOf(err) == driver.Conflict || errors.Is(err, errPeersDiffer)
		if !late || try == endorseTries {
			return s, err
		}
		if err := pause(ctx, endorsePause); err != nil {
			return nil, err
		}
	}
}

// stands holds a write against the blocks: the key must stand where the writer believes. create says that nothing stands
// under it, because nothing ever did or because it was deleted.
func (l *Ledger) stands(ctx context.Context, n *network, w *driver.Write) (create bool, _ error) {
	if _, err := l.ready(ctx, n); err != nil {
		return false, err
	}
	newest, err := newestOf(n, w.Key)
	if err != nil || newest == 0 && w.Expect == 0 {
		return true, err
	}
	if newest != w.Expect {
		return false, driver.Errorf(driver.Conflict, "the key stands at version %d, and not at %d", newest, w.Expect)
	}
	e, err := n.version(w.Key, newest)
	return e != nil && e.Deleted, err
}

// standing answers what was signed for a write and may still have an effect, or has it. What a block holds as invalid has
// none and never will: whoever was told so, and writes the same again where the key has not moved on, is signed for anew.
func (x *index) standing(w *driver.Write) (*kept, error) {
	k, err := x.kept(w)
	if k == nil || err != nil {
		return nil, err
	}
	o, err := x.outcome(k.Tx)
	if err != nil || o != nil && !o.valid() {
		return nil, err
	}
	return k, nil
}

// kept answers what was signed for a write, nil for nothing, and Conflict where it was for another write.
func (x *index) kept(w *driver.Write) (*kept, error) {
	k, err := x.keptUnder(idempotencyKey(w))
	if k != nil && !k.is(w) {
		return nil, driver.Errorf(driver.Conflict, "idempotency key: was used for another write")
	}
	return k, err
}

func (x *index) keptUnder(mark string) (*kept, error) {
	var k kept
	found, err := getJSON(x, x.lasting('s', mark), &k)
	if !found {
		return nil, err
	}
	return &k, nil
}

func (x *index) keep(mark string, k *kept) error {
	value, err := json.Marshal(k)
	if err != nil {
		return damaged("keep a signed transaction: %w", err)
	}
	err = x.kv.Apply(
		driver.Change{Key: []byte(x.lasting('s', mark)), Value: value},
		driver.Change{Key: []byte(x.lasting('x', hashed(k.Tx))), Value: []byte(mark)},
	)
	if err != nil {
		return damaged("keep a signed transaction: %w", err)
	}
	return nil
}

// keptAs answers what was signed and has this id; nil for nothing.
func (x *index) keptAs(tx string) (*kept, error) {
	mark, err := x.get(x.lasting('x', hashed(tx)))
	if mark == nil || err != nil {
		return nil, err
	}
	return x.keptUnder(string(mark))
}
