package faulty

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var receiptFaults = []Fault{{
	Name: "receipt-of-the-head", Breaks: "Dates a receipt by the block at which it was asked for.",
	Caught: "write/receipt-by-transaction",
	bend: func(b *bent) {
		b.receipt = func(ctx context.Context, tx string) (*driver.Receipt, error) {
			r, err := b.Ledger.Receipt(ctx, tx)
			if err != nil {
				return nil, err
			}
			h, err := b.Ledger.Head(ctx)
			r.Pos.Height, r.Pos.Time = h.Newest.Height, h.Newest.Time
			return r, err
		}
	},
}, {
	Name: "receipt-in-local-time", Breaks: "Tells in a receipt when it was asked for in the zone of the host.",
	Caught: "write/receipt-by-transaction",
	bend: func(b *bent) {
		b.receipt = func(ctx context.Context, tx string) (*driver.Receipt, error) {
			r, err := b.Ledger.Receipt(ctx, tx)
			if err == nil {
				r.Asked = r.Asked.In(newYork)
			}
			return r, err
		}
	},
}, {
	Name: "pending-for-unknown", Breaks: "Calls a transaction pending that was never sent.",
	Caught: "write/unknown-transaction-is-not-found",
	bend: func(b *bent) {
		b.receipt = func(ctx context.Context, tx string) (*driver.Receipt, error) {
			r, err := b.Ledger.Receipt(ctx, tx)
			if driver.CodeOf(err) == driver.NotFound {
				return &driver.Receipt{Tx: tx, State: driver.Pending}, nil
			}
			return r, err
		}
	},
}}
