package model

import (
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
)

// ParseRecord reads a record from foreign bytes: strictly, under its closed schema, and under the rules that need
// nothing but the record. The error is a schemas.Faults with everything that was found. The proof's arithmetic is not
// checked here; that is proof.Verify over Parsed.Object.
func ParseRecord(body []byte) (*Parsed, error) {
	p := &Parsed{}
	var faults schemas.Faults
	p.Object, p.Bytes, faults = read(body, RecordLimits, "Record", &p.Record)
	if p.Object == nil {
		return nil, faults
	}
	faults.Append(p.Record.check())
	if len(faults) > 0 {
		return nil, faults
	}
	p.Digest = ld.Sum(p.Bytes)
	return p, nil
}
