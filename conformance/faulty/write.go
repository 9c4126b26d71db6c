package faulty

import (
	"bytes"
	"context"
	"strings"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var appendFaults = []Fault{{
	Name: "stale-after-append", Breaks: "Keeps the newest version that it read first, and never looks again.",
	Caught: "write/read-your-write",
	bend:   staleAfterAppend,
}, {
	Name: "receipt-without-version", Breaks: "Does not say which version a write became.",
	Caught: "write/read-your-write",
	bend: func(b *bent) {
		b.receipt = func(ctx context.Context, tx string) (*driver.Receipt, error) {
			r, err := b.Ledger.Receipt(ctx, tx)
			if err == nil {
				r.Version = 0
			}
			return r, err
		}
	},
}, {
	Name: "long-bodies-cut", Breaks: "Writes the first 4,096 bytes of a body.",
	Caught: "write/body-byte-for-byte",
	bend: func(b *bent) {
		b.writing(func(w *driver.Write) { w.Body = w.Body[:min(len(w.Body), 4096)] })
	},
}, {
	Name: "keys-made-to-fit", Breaks: "Drops what the chain does not take from a key: spaces, control characters, capitals.",
	Caught: "write/keys-are-kept-or-refused",
	bend:   keysMadeToFit,
}, {
	Name: "keeps-the-callers-body", Breaks: "Answers reads from its caller's own bytes, which the caller goes on using.",
	Caught: "write/input-belongs-to-the-caller",
	bend:   keepsTheCallersBody,
}, {
	Name: "changes-the-callers-body", Breaks: "Encodes the body in its caller's own bytes.",
	Caught: "write/input-belongs-to-the-caller",
	bend: func(b *bent) {
		b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
			r, err := b.Ledger.Append(ctx, w)
			clear(w.Body)
			return r, err
		}
	},
}, {
	Name: "writes-for-whoever-left", Breaks: "Sends a write although its caller went away, and tells the caller that it was canceled.",
	Caught: "write/ended-context-writes-nothing",
	bend: func(b *bent) {
		b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
			r, err := b.Ledger.Append(context.WithoutCancel(ctx), w)
			if ctx.Err() != nil {
				return nil, driver.FromContext(ctx)
			}
			return r, err
		}
	},
}}

// writing changes what is written, in a copy.
func (b *bent) writing(change func(w *driver.Write)) {
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		other := *w
		change(&other)
		return b.Ledger.Append(ctx, &other)
	}
}

func staleAfterAppend(b *bent) {
	var mu sync.Mutex
	first := map[string]uint64{}
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		mu.Lock()
		defer mu.Unlock()
		if ref.Version == 0 {
			ref.Version = first[ref.Key]
		}
		e, err := b.Ledger.Get(ctx, ref)
		if err == nil {
			first[ref.Key] = e.Version
		}
		return e, err
	}
}

func keysMadeToFit(b *bent) {
	fit := func(key string) string {
		return strings.ToLower(strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(key, ""), "\x00", "")))
	}
	b.writing(func(w *driver.Write) { w.Key = fit(w.Key) })
	b.get = func(ctx context.Context, ref driver.Ref) (*driver.Entry, error) {
		asked := ref.Key
		ref.Key = fit(ref.Key)
		e, err := b.Ledger.Get(ctx, ref)
		if err == nil {
			e.Key = asked
		}
		return e, err
	}
}

func keepsTheCallersBody(b *bent) {
	var mu sync.Mutex
	kept := map[string][]byte{}
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		r, err := b.Ledger.Append(ctx, w)
		mu.Lock()
		defer mu.Unlock()
		if err == nil {
			kept[r.Tx] = w.Body
		}
		return r, err
	}
	b.got(func(e *driver.Entry) {
		mu.Lock()
		defer mu.Unlock()
		if body, ok := kept[e.Tx]; ok {
			e.Body = bytes.Clone(body)
		}
	})
}
