package ethereum

import (
	"context"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Prove is not offered yet.
func (l *Ledger) Prove(context.Context, *driver.Entry) (*driver.Proof, error) {
	return nil, driver.Errorf(driver.Unsupported, "no proofs")
}
