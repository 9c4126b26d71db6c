package gateway

import (
	"errors"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/schemas"
)

// badInput makes a problem of faults in what the caller sent.
func badInput(err error) *Problem {
	p := &Problem{Code: BadInput, Err: err}
	if !errors.As(err, &p.Faults) {
		p.Detail = err.Error()
	}
	return p
}

// under moves faults to where the faulty part stands in the request. Other errors stay as they are.
func under(base string, err error) error {
	var faults schemas.Faults
	if !errors.As(err, &faults) {
		return err
	}
	return within(base, faults)
}

func within(base string, faults schemas.Faults) schemas.Faults {
	moved := make(schemas.Faults, len(faults))
	for i, f := range faults {
		moved[i] = f
		moved[i].Pointer = base + f.Pointer
	}
	return moved
}

// checkID refuses what no record's id can be.
func checkID(id string) error {
	if u, err := uuid.Parse(id); err != nil || u.URN() != id {
		return badInput(schemas.Faults{schemas.NewFault("/id", id, "must be a urn:uuid in lower case", "RFC 9562")})
	}
	return nil
}
