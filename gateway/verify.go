package gateway

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust"
	"github.com/ftagateway/ftagateway/trust/proof"
)

// Bundle is what somebody holds in hand and wants checked: a document, a record, both, or a record with the versions
// before it, oldest first.
type Bundle struct {
	Document json.RawMessage   `json:"document,omitempty"`
	Record   json.RawMessage   `json:"record,omitempty"`
	Previous []json.RawMessage `json:"previous,omitempty"`
}

// Verified is what can be said of a bundle without asking anybody.
type Verified struct {
	Document *trust.Verdict `json:"document,omitempty"`
	Record   *trust.Verdict `json:"record,omitempty"`
	Faults   schemas.Faults `json:"faults,omitempty"` // everything that is wrong, with pointers into the request
}

// inHand are the checks that must be valid of what somebody has in hand. Who vouches for the issuer is one of them: what a
// stranger signed is never valid.
var inHand = []string{trust.Schema, trust.Proof, trust.Authority}

// Verify checks a bundle. It does no I/O: what stands on a ledger, and whether a newer version does, is not known here,
// and the verdict says notOffered for it.
func (g *Gateway) Verify(b Bundle) (*Verified, error) {
	if len(b.Document) == 0 && len(b.Record) == 0 {
		return nil, badInput(schemas.Faults{schemas.NewFault("", nil, "must hold a document or a record", "")})
	}
	if len(b.Record) == 0 && len(b.Previous) > 0 {
		return nil, badInput(schemas.Faults{schemas.NewFault("/previous", nil, "must come with the record that follows it", "")})
	}
	out := &Verified{}
	record := g.verifyRecord(out, b)
	g.verifyDocument(out, b, record)
	return out, nil
}

func (g *Gateway) verifyRecord(out *Verified, b Bundle) *model.Parsed {
	if len(b.Record) == 0 {
		return nil
	}
	record, err := model.ParseRecord(b.Record)
	checks := []trust.Check{out.schema("/record", err)}
	if err == nil {
		checks = append(checks, out.proof("/record", record.Object), g.keyOf(record), out.chain(b.Previous, record))
	}
	verdict := trust.Judge(checks, inHand, trust.Subject{})
	out.Record = &verdict
	return record
}

func (g *Gateway) verifyDocument(out *Verified, b Bundle, record *model.Parsed) {
	if len(b.Document) == 0 {
		return
	}
	d, err := model.ParseDocument(b.Document)
	if err == nil {
		err = d.Check().Err()
	}
	checks := []trust.Check{out.schema("/document", err)}
	if d != nil {
		checks = append(checks, out.proof("/document", d.Object), g.keyOfDocument(d, record))
	}
	if d != nil && record != nil {
		checks = append(checks, out.pair(g.matches(d, record)))
	}
	verdict := trust.Judge(checks, inHand, trust.Subject{})
	out.Document = &verdict
}

// schema takes over the faults of reading a part.
func (v *Verified) schema(base string, err error) trust.Check {
	c := trust.Check{Name: trust.Schema, Outcome: trust.Valid, Method: "closed schema and rules"}
	var faults schemas.Faults
	if errors.As(under(base, err), &faults) {
		v.Faults.Append(faults)
		c.Outcome, c.Reason = trust.Invalid, faults[0].Pointer+": "+faults[0].Rule
	}
	return c
}

func (v *Verified) proof(base string, object map[string]any) trust.Check {
	c := trust.Check{Name: trust.Proof}
	signature, err := proof.Verify(object, proofPurpose)
	switch {
	case err == nil:
		c.Outcome, c.Method = trust.Valid, signature.Suite
	case errors.Is(err, proof.ErrUnsupported):
		c.Outcome, c.Reason = trust.Undetermined, "the proof is of a kind that is not known here"
	default:
		c.Outcome, c.Reason = trust.Invalid, "the proof is not the issuer's over these bytes"
		v.broken(c, under(base, proofFault(err)))
	}
	return c
}

// chain checks a record against the versions before it.
func (v *Verified) chain(previous []json.RawMessage, last *model.Parsed) trust.Check {
	c := trust.Check{Name: trust.Versions, Outcome: trust.NotOffered, Reason: "no version before it was given"}
	if len(previous) == 0 {
		return c
	}
	c = trust.Check{Name: trust.Versions, Outcome: trust.Valid, Method: "digest of the version before"}
	var first, before *model.Parsed
	for i, data := range previous {
		p, err := follow(before, data, schemas.Pointer("/previous", i))
		if err != nil {
			return v.broken(c, err)
		}
		if first == nil {
			first = p
		}
		before = p
	}
	if faults := model.CheckNext(before, last); len(faults) > 0 {
		return v.broken(c, within("/record", faults))
	}
	if first.Version > 1 {
		c.Outcome, c.Reason = trust.Undetermined, fmt.Sprintf("the versions before version %d were not given", first.Version)
	}
	return c
}

// follow reads a version, and holds it against the one before it, where there is one.
func follow(before *model.Parsed, data []byte, base string) (*model.Parsed, error) {
	p, err := model.ParseRecord(data)
	if err == nil && before != nil {
		err = model.CheckNext(before, p).Err()
	}
	return p, under(base, err)
}

func (v *Verified) broken(c trust.Check, err error) trust.Check {
	var faults schemas.Faults
	if errors.As(err, &faults) {
		v.Faults.Append(faults)
		c.Reason = faults[0].Pointer + ": " + faults[0].Rule
	}
	c.Outcome = trust.Invalid
	return c
}

// pair says whether the document is the one that the record is about.
func (v *Verified) pair(faults schemas.Faults) trust.Check {
	c := trust.Check{Name: trust.Evidence, Outcome: trust.Valid, Method: "digest of the document"}
	if len(faults) > 0 {
		return v.broken(c, faults)
	}
	return c
}
