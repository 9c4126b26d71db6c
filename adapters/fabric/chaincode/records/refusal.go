package records

import (
	"errors"
	"fmt"
)

// The statuses of refusals, as HTTP has them. From 400 on a peer does not endorse.
const (
	statusInvalid   = 400
	statusForbidden = 403
	statusAbsent    = 404
	statusConflict  = 409
	statusTooLarge  = 413
	statusInternal  = 500
)

// refusal is an answer to the caller: the input or the ledger's state is the reason. Every other error is the peer's.
type refusal struct {
	status  int32
	message string
}

func (r *refusal) Error() string { return r.message }

func refuse(status int32, format string, args ...any) error {
	return &refusal{status, fmt.Sprintf(format, args...)}
}

func asRefusal(err error) *refusal {
	var r *refusal
	if errors.As(err, &r) {
		return r
	}
	return &refusal{statusInternal, "the peer failed: " + err.Error()}
}
