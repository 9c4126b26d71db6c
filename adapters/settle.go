package adapters

import (
	"errors"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// settle finds out what the bytes alone tell: what they say, and the checks of schema and proof. The same bytes under the
// same mapping are looked at once. body is their digest. It is an error where that could not be found out.
func (l *Ledger) settle(e *driver.Entry, body ld.Digest) (*finding, error) {
	if e.Deleted {
		return l.translate(e) // there are no bytes to know it by
	}
	at := place{kindBody, body, l.under}
	if known, ok := l.checks.find(at); ok {
		return known, nil
	}
	found, err := l.translate(e)
	if err != nil {
		return nil, err
	}
	found.size = len(e.Body)
	l.checks.keep(at, found)
	return found, nil
}

func (l *Ledger) translate(e *driver.Entry) (*finding, error) {
	if l.Derives() {
		return l.derive(e)
	}
	record, err := l.config.Mapping.Record(e)
	if err != nil {
		return unreadable("Record", err), nil
	}
	return &finding{record: record, says: StatementOf(record), checks: []trust.Check{
		{Name: trust.Schema, Outcome: trust.Valid, Method: "Record"},
		signature(record),
	}}, nil
}

// unsigned is why no proof is ever checked of what is derived.
const unsigned = "nobody signed it as a record: the ledger has a shape of its own, and the chain says who wrote"

func (l *Ledger) derive(e *driver.Entry) (*finding, error) {
	method := "mapping " + l.config.Mapping.Name()
	d, err := l.config.Mapping.DeriveBody(e)
	var faults schemas.Faults
	switch {
	case errors.As(err, &faults):
		return unreadable(method, err), nil
	case err != nil:
		return nil, driver.Errorf(driver.Unknown, "deriving: %w", err)
	}
	return &finding{derived: d, checks: []trust.Check{
		{Name: trust.Schema, Outcome: trust.Valid, Method: method},
		{Name: trust.Proof, Outcome: trust.NotOffered, Reason: unsigned},
	}}, nil
}

// unreadable is what is found of bytes that the mapping cannot read.
func unreadable(method string, err error) *finding {
	var faults schemas.Faults
	errors.As(err, &faults)
	return &finding{checks: []trust.Check{
		{Name: trust.Schema, Outcome: trust.Invalid, Method: method, Reason: inWords(faults)},
	}}
}

// signature checks the issuer's proof over the record.
func signature(r *model.Parsed) trust.Check {
	c := trust.Check{Name: trust.Proof, Outcome: trust.Valid}
	signed, err := proof.Verify(r.Object, proof.AssertionMethod)
	switch {
	case errors.Is(err, proof.ErrInvalid):
		c.Outcome, c.Reason = trust.Invalid, "the issuer's signature over this record is wrong"
	case err != nil:
		c.Outcome, c.Reason = trust.Undetermined, "the proof is of a kind that cannot be checked here"
	case signed.Key != r.Issuer:
		c.Outcome, c.Method, c.Reason = trust.Invalid, signed.Suite, "the proof is by another key than the issuer's"
	default:
		c.Method = signed.Suite
	}
	return c
}
