package adapters

import (
	"context"
	"errors"

	"github.com/ftagateway/ftagateway/adapters/disclosure"
	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
)

// disclosure says what the ledger may hold. Of the mapping it takes over which field stands where, and no more.
func (c Config) disclosure() disclosure.Rules {
	r := disclosure.Rules{Policy: c.Policy, Allow: c.Allow}
	written := c.Mapping.Written()
	if written == nil {
		return r
	}
	r.Shape = make(disclosure.Shape, len(written))
	for i, p := range written {
		r.Shape[i] = disclosure.Place{Native: p.Native, Model: p.Model, Codes: p.Codes, Beside: p.Beside}
	}
	return r
}

// WithDocument has Disclosable and Submit look for what a record's document says in the bytes that would be written, and
// refuse them where they find it. The document is kept no longer than the context.
func WithDocument(ctx context.Context, d *model.Document) context.Context {
	return disclosure.WithDocument(ctx, d.Object)
}

// Disclosable says whether a record may be written to this ledger as far as its policy is concerned, and does no I/O: a
// submission that is kept to be sent later would be sent without its document at hand. The error is that of Submit.
func (l *Ledger) Disclosable(ctx context.Context, p *model.Parsed) error {
	body, lookups, err := l.body(p)
	if err != nil {
		return err
	}
	key, err := l.key(p.ID)
	if err != nil {
		return err
	}
	return l.inRecord(l.last.Inspect(ctx, &driver.Write{Key: key, Expect: p.Version - 1, Body: body, Lookups: lookups}))
}

// inRecord words what was found in a body of another shape for whoever sent a record: a pointer into the body would be
// taken for one into the record.
func (l *Ledger) inRecord(err error) error {
	var found schemas.Faults
	if l.config.Mapping.Written() == nil || !errors.As(err, &found) {
		return err
	}
	worded := make(schemas.Faults, len(found))
	for i, f := range found {
		worded[i] = schemas.NewFault("", nil, "native "+f.Pointer+": "+f.Rule, f.Source)
	}
	return driver.Errorf(driver.CodeOf(err), "not to be disclosed to the ledger: %w", worded)
}
