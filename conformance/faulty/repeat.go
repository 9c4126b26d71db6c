package faulty

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var repeatFaults = []Fault{{
	Name: "repeat-is-a-conflict", Breaks: "Ignores idempotency keys, so that a repeat is in conflict with itself.",
	Caught: "write/repeat-is-the-first-write",
	bend: func(b *bent) {
		each := counter("write")
		b.writing(func(w *driver.Write) { w.IdempotencyKey = each() })
	},
}, {
	Name: "repeat-is-written-twice", Breaks: "Writes a repeat once more, as the next version.",
	Caught: "write/repeat-is-the-first-write",
	bend:   repeatIsWrittenTwice,
}, {
	Name: "no-key-no-repeat", Breaks: "Knows a repeat only where the caller named it.",
	Caught: "write/repeat-without-a-key",
	bend: func(b *bent) {
		each := counter("write")
		b.writing(func(w *driver.Write) {
			if w.IdempotencyKey == "" {
				w.IdempotencyKey = each()
			}
		})
	},
}, {
	Name: "version-before-repeat", Breaks: "Looks at the version first, and calls a repeat stale once others have written.",
	Caught: "write/repeat-after-newer-versions",
	bend: func(b *bent) {
		b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
			if w.Key != "" && b.stands(ctx, w.Key) > w.Expect+1 {
				return nil, driver.Errorf(driver.Conflict, "key stands elsewhere")
			}
			return b.Ledger.Append(ctx, w)
		}
	},
}, {
	Name: "first-receipt-for-other-bytes", Breaks: "Goes by the idempotency key alone, whatever the bytes.",
	Caught: "write/used-idempotency-key-is-a-conflict",
	bend:   firstReceiptForOtherBytes,
}, {
	Name: "idempotency-by-key-of-record", Breaks: "Keeps idempotency keys apart by record, so that one serves for two.",
	Caught: "write/used-idempotency-key-is-a-conflict",
	bend: func(b *bent) {
		b.writing(func(w *driver.Write) {
			if w.IdempotencyKey != "" {
				w.IdempotencyKey = w.Key + " " + w.IdempotencyKey
			}
		})
	},
}, {
	Name: "repeats-at-once-write-twice", Breaks: "Notes an idempotency key when the write is done, and not before.",
	Caught: "write/repeats-at-once-write-once",
	bend:   repeatsAtOnceWriteTwice,
}}

// counter gives another text at each call.
func counter(name string) func() string {
	var n atomic.Uint64
	return func() string { return fmt.Sprintf("%s %d", name, n.Add(1)) }
}

func repeatIsWrittenTwice(b *bent) {
	each := counter("write")
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		other := *w
		other.IdempotencyKey = each()
		if w.Key != "" && b.stands(ctx, w.Key) == w.Expect+1 {
			other.Expect++
		}
		return b.Ledger.Append(ctx, &other)
	}
}

// seen remembers the receipts of idempotency keys.
type seen struct {
	sync.Mutex
	receipts map[string]*driver.Receipt
}

func (s *seen) get(key string) *driver.Receipt {
	s.Lock()
	defer s.Unlock()
	return s.receipts[key]
}

func (s *seen) put(key string, r *driver.Receipt) {
	s.Lock()
	defer s.Unlock()
	if key != "" && r != nil {
		s.receipts[key] = r
	}
}

func firstReceiptForOtherBytes(b *bent) {
	s := &seen{receipts: map[string]*driver.Receipt{}}
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		if first := s.get(w.IdempotencyKey); first != nil {
			return b.Ledger.Receipt(ctx, first.Tx)
		}
		r, err := b.Ledger.Append(ctx, w)
		s.put(w.IdempotencyKey, r)
		return r, err
	}
}

func repeatsAtOnceWriteTwice(b *bent) {
	s := &seen{receipts: map[string]*driver.Receipt{}}
	each := counter("write")
	c := make(crowd)
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		if first := s.get(w.IdempotencyKey); first != nil {
			return b.Ledger.Receipt(ctx, first.Tx)
		}
		c.meet()
		other := *w
		other.IdempotencyKey = each()
		r, err := b.push(ctx, &other)
		s.put(w.IdempotencyKey, r)
		return r, err
	}
}
