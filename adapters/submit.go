package adapters

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust"
)

// ReadOnly is why nothing is written to a ledger whose mapping derives.
const ReadOnly = "a ledger without records of ours is read only here"

// Submit writes a signed record as the next version of its id, and waits for its block until the budget ends: a receipt
// in state Pending is no error, and Receipt tells how it goes on. The same record again, under the same idempotency
// key, answers the first receipt; the empty key stands for the record itself.
//
// Unsupported where the ledger's mapping derives. What is no record, has a wrong proof, names another home ledger or must
// not be disclosed to this one is Invalid with schemas.Faults, and nothing is sent. Whether the issuer may take this step is not asked here.
func (l *Ledger) Submit(ctx context.Context, p *model.Parsed, idempotencyKey string) (*driver.Receipt, error) {
	return call(ctx, l, "Submit", 0, func(ctx context.Context) (*driver.Receipt, error) {
		w, err := l.write(ctx, p)
		if err != nil {
			return nil, err
		}
		w.IdempotencyKey = idempotencyKey
		receipt, err := received(l.chain.Append(ctx, w))
		return receipt, l.inRecord(err)
	})
}

// Receipt answers what became of a transaction. NotFound if the ledger never heard of it.
func (l *Ledger) Receipt(ctx context.Context, tx string) (*driver.Receipt, error) {
	return call(ctx, l, "Receipt", 0, func(ctx context.Context) (*driver.Receipt, error) {
		return received(l.chain.Receipt(ctx, tx))
	})
}

func received(r *driver.Receipt, err error) (*driver.Receipt, error) {
	if err == nil && r == nil {
		return nil, driver.Errorf(driver.Corrupt, "the driver answered neither a receipt nor an error")
	}
	return r, err
}

// write translates a record, and refuses what this ledger would have to call invalid when it is read again. It judges
// the bytes that leave, and not the struct that they came in.
func (l *Ledger) write(ctx context.Context, p *model.Parsed) (*driver.Write, error) {
	body, lookups, err := l.body(p)
	if err != nil {
		return nil, err
	}
	found, err := l.settle(&driver.Entry{Body: body}, ld.Sum(body))
	if err != nil {
		return nil, err
	}
	if found.record == nil {
		return nil, driver.Errorf(driver.Corrupt, "the mapping does not read what it writes: %s", found.checks[0].Reason)
	}
	uri, err := l.uri(ctx)
	if err != nil {
		return nil, err
	}
	if faults := refusal(found, uri); len(faults) > 0 {
		return nil, driver.Errorf(driver.Invalid, "ledger %s refuses the record: %w", l.config.Slug, faults)
	}
	key, err := l.key(found.record.ID)
	if err != nil {
		return nil, err
	}
	return &driver.Write{Key: key, Expect: found.record.Version - 1, Body: body, Lookups: lookups}, nil
}

// body translates a record.
func (l *Ledger) body(p *model.Parsed) ([]byte, []driver.Lookup, error) {
	if l.Derives() {
		return nil, nil, driver.Errorf(driver.Unsupported, "%s", ReadOnly)
	}
	body, lookups, err := l.config.Mapping.Body(p)
	if err != nil {
		return nil, nil, driver.Errorf(driver.Invalid, "translating the record: %w", err)
	}
	return body, lookups, nil
}

func refusal(found *finding, uri string) schemas.Faults {
	var faults schemas.Faults
	for _, c := range found.checks {
		if c.Outcome != trust.Valid {
			faults.Add("/proof", nil, c.Reason, "") // a record has kept its schema
		}
	}
	if home := found.record.Ledger; home != uri {
		faults.Add("/ledger", home, "must be this ledger: "+uri, "FTA record")
	}
	return faults
}
