package webledger

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

// kept is an operation that was signed, as it is kept before it is sent and as it is sent again.
type kept struct {
	Tx        string          `json:"tx"`
	Key       string          `json:"key"`
	Expect    uint64          `json:"expect"`
	Body      ld.Digest       `json:"body"`
	Operation json.RawMessage `json:"operation"` // canonical form
}

// is reports whether a write is the one that the operation was signed for.
func (k *kept) is(w *driver.Write) bool {
	return k.Key == w.Key && k.Expect == w.Expect && k.Body == ld.Sum(w.Body)
}

// idempotencyKey is under which a write is kept.
func idempotencyKey(w *driver.Write) string {
	if w.IdempotencyKey != "" {
		return valueMark("given|" + w.IdempotencyKey)
	}
	return valueMark(fmt.Sprintf("made|%s|%d|%s", w.Key, w.Expect, ld.Sum(w.Body)))
}

// keepSigned answers what was signed for a write, and signs it where nothing was. A write that cannot succeed any more
// is a Conflict, and nothing is signed.
func (l *Ledger) keepSigned(ctx context.Context, x *index, w *driver.Write, record ld.Object) (*kept, error) {
	if k, err := x.kept(w); k != nil || err != nil {
		return k, err
	}
	if _, err := l.catchUp(ctx); err != nil {
		return nil, err
	}
	creator, err := l.creator(ctx)
	if err != nil {
		return nil, err
	}
	op, refused := l.sign(x, w, record, creator)
	l.keeping.Lock()
	defer l.keeping.Unlock()
	// The same write may have come twice at the same time, and the other one may even be in a block. Only what is kept
	// is ever sent.
	if k, err := x.kept(w); k != nil || err != nil {
		return k, err
	}
	if refused != nil {
		return nil, refused
	}
	k := &kept{Tx: op.Hash, Key: w.Key, Expect: w.Expect, Body: ld.Sum(w.Body), Operation: op.Bytes}
	return k, x.keep(idempotencyKey(w), k)
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
		return driver.Errorf(driver.Unknown, "keep a signed operation: %w", err)
	}
	err = x.kv.Apply(
		driver.Change{Key: []byte(x.lasting('s', mark)), Value: value},
		driver.Change{Key: []byte(x.lasting('x', k.Tx)), Value: []byte(mark)},
	)
	if err != nil {
		return driver.Errorf(driver.Unknown, "keep a signed operation: %w", err)
	}
	return nil
}

// sign makes the operation that turns what the index holds into the record.
func (l *Ledger) sign(x *index, w *driver.Write, record ld.Object, creator string) (*protocol.Operation, error) {
	newest, at, err := x.newest(w.Key)
	if err != nil {
		return nil, err
	}
	if newest != w.Expect {
		return nil, driver.Errorf(driver.Conflict, "the record stands at version %d, and not at %d", newest, w.Expect)
	}
	from := protocol.Sender{Signer: l.signer, Creator: creator, Now: l.now}
	if newest == 0 {
		return signed(protocol.NewCreate(record, from))
	}
	now, err := x.entry(at)
	if err != nil {
		return nil, err
	}
	old, err := ld.Parse(now.Body, ld.Limits{Bytes: len(now.Body)})
	if err != nil {
		return nil, damaged("record: %w", err)
	}
	return signed(protocol.NewUpdate(old, record, newest-1, from))
}

func signed(op *protocol.Operation, err error) (*protocol.Operation, error) {
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "body: %w", err)
	}
	return op, nil
}
