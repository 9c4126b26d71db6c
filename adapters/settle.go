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

// settle finds out what the bytes alone tell: the record that they are, and the checks of schema and proof. The same
// bytes under the same mapping are looked at once. body is their digest.
func (l *Ledger) settle(e *driver.Entry, body ld.Digest) *finding {
	if e.Deleted {
		return l.translate(e) // there are no bytes to know it by
	}
	at := place{kindBody, body, l.config.Mapping.Digest()}
	if known, ok := l.checks.find(at); ok {
		return known
	}
	found := l.translate(e)
	l.checks.keep(at, found)
	return found
}

func (l *Ledger) translate(e *driver.Entry) *finding {
	record, err := l.config.Mapping.Record(e)
	if err != nil {
		var faults schemas.Faults
		errors.As(err, &faults)
		return &finding{checks: []trust.Check{
			{Name: trust.Schema, Outcome: trust.Invalid, Method: "Record", Reason: inWords(faults)},
		}}
	}
	return &finding{record: record, checks: []trust.Check{
		{Name: trust.Schema, Outcome: trust.Valid, Method: "Record"},
		signature(record),
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
