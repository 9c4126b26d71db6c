// Package budget bounds a whole call on a ledger: everything it asks of the chain, with every attempt, and the work on
// the answers.
package budget

import (
	"context"
	"errors"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// Budget is the time that a call may take.
type Budget time.Duration

// Around gives work the budget, and as much longer as the caller asked to wait. A call that runs out of it answers
// DeadlineExceeded; one whose caller went away or had less time keeps the error of the work.
func (b Budget) Around(
	ctx context.Context, _ string, wait time.Duration, work func(context.Context) error,
) error {
	limit := time.Duration(b) + max(0, wait)
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errSpent)
	defer cancel()
	err := work(ctx)
	if err != nil && driver.IsOutage(err) && errors.Is(context.Cause(ctx), errSpent) {
		return driver.Errorf(driver.DeadlineExceeded, "the budget of %s is spent", limit)
	}
	return err
}

// errSpent tells the budget's end from that of a caller's patience.
var errSpent = errors.New("the budget is spent")
