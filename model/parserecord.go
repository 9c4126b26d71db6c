package model

import (
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// ParseRecord reads a record from foreign bytes: strictly, under its closed schema, and under the rules that need
// nothing but the record. The error is a schemas.Faults with everything that was found. The proof's arithmetic is not
// checked here; that is proof.Verify over Parsed.Object.
func ParseRecord(body []byte) (*Parsed, error) {
	obj, err := ld.Parse(body, RecordLimits)
	if err != nil {
		return nil, asFaults(err)
	}
	p := &Parsed{Object: obj}
	var faults schemas.Faults
	p.Bytes, faults = decode(obj, "Record", &p.Record)
	faults.Append(p.Record.check())
	if len(faults) > 0 {
		return nil, faults
	}
	p.Digest = ld.Sum(p.Bytes)
	return p, nil
}
