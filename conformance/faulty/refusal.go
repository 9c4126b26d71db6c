package faulty

import (
	"bytes"
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var refusalFaults = []Fault{{
	Name: "empty-body-accepted", Breaks: "Writes an empty object where the body is empty.",
	Caught: "write/empty-is-invalid",
	bend: func(b *bent) {
		b.writing(func(w *driver.Write) {
			if len(w.Body) == 0 {
				w.Body = []byte("{}")
			}
		})
	},
}, {
	Name: "max-body-ignored", Breaks: "Describes a limit, and takes what is above it.",
	Caught: "write/max-body",
	bend:   func(b *bent) { b.described(func(d *driver.Description) { d.MaxBody = 2048 }) },
}, {
	Name: "max-body-refused", Breaks: "Refuses a body that is as large as its own limit.",
	Caught: "write/max-body",
	bend:   maxBodyRefused,
}, {
	Name: "size-before-form", Breaks: "Looks at the size of a body before it looks whether there is a key.",
	Caught: "write/order-of-refusals",
	bend:   sizeBeforeForm,
}, {
	Name: "version-before-size", Breaks: "Asks the chain for the version before it looks at the size.",
	Caught: "write/order-of-refusals",
	bend: func(b *bent) {
		b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
			if w.Key != "" && w.Expect > b.stands(ctx, w.Key) {
				return nil, driver.Errorf(driver.Conflict, "key stands elsewhere")
			}
			return b.Ledger.Append(ctx, w)
		}
	},
}, {
	Name: "lost-update", Breaks: "Writes on top of whatever stands there.",
	Caught: "write/stale-version-is-a-conflict",
	bend:   lostUpdate,
}, {
	Name: "same-body-is-no-conflict", Breaks: "Takes a stale write for a repeat because the newest body is the same.",
	Caught: "write/stale-version-is-a-conflict",
	bend:   sameBodyIsNoConflict,
}}

func maxBodyRefused(b *bent) {
	most := b.Ledger.Describe().MaxBody
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		if len(w.Body) == most {
			return nil, driver.Errorf(driver.TooLarge, "body has %d bytes", most)
		}
		return b.Ledger.Append(ctx, w)
	}
}

func sizeBeforeForm(b *bent) {
	most := b.Ledger.Describe().MaxBody
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		if len(w.Body) > most {
			return nil, driver.Errorf(driver.TooLarge, "body has more than %d bytes", most)
		}
		return b.Ledger.Append(ctx, w)
	}
}

func lostUpdate(b *bent) {
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		r, err := b.Ledger.Append(ctx, w)
		if driver.CodeOf(err) != driver.Conflict {
			return r, err
		}
		other := *w
		other.Expect = b.stands(ctx, w.Key)
		return b.Ledger.Append(ctx, &other)
	}
}

func sameBodyIsNoConflict(b *bent) {
	b.write = func(ctx context.Context, w *driver.Write) (*driver.Receipt, error) {
		r, err := b.Ledger.Append(ctx, w)
		if driver.CodeOf(err) != driver.Conflict {
			return r, err
		}
		e, failed := b.Ledger.Get(ctx, driver.Ref{Key: w.Key, Finality: driver.Latest})
		if failed == nil && bytes.Equal(e.Body, w.Body) {
			return b.Ledger.Receipt(ctx, e.Tx)
		}
		return r, err
	}
}
