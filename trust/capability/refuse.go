package capability

import (
	"errors"
	"fmt"

	"github.com/ftagateway/ftagateway/trust/proof"
)

// ErrRefused is the error for everything that is wrong with an invocation or a capability. Callers answer all of them
// alike: what is told apart, can be probed. The text says more, is for the log, and holds nothing that was sent.
var ErrRefused = errors.New("capability refused")

func refuse(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrRefused, fmt.Sprintf(format, args...))
}

// verdict is what may be told of a proof's error.
func verdict(err error) error {
	if errors.Is(err, proof.ErrUnsupported) {
		return proof.ErrUnsupported
	}
	return proof.ErrInvalid
}
